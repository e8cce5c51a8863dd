"""Pages rendered: each page's part of the HTML, without the frame that a host puts around it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from . import addresses, display, figure_views
from .archive import Archive
from .books import Books
from .data import open_data
from .data_files import data_files
from .feeds import feed_files
from .page import Page
from .pages import lay_out
from .pictures import Font, pictures
from .problems import Mark, Problem
from .publishing import Publishing
from .records import Record
from .robots import robots
from .sharing import head
from .texts import Texts, Unrenderable
from .typography import unbroken
from .wording import label

TEMPLATES = Path(__file__).parent / "templates"
_HEADING = re.compile(r'<h([1-4])[^>]*? id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ASIDE = re.compile(r'<small.*?</small>|<span class="gb-mark.*?</span>|<[^>]+>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its level (1 to 4), anchor and words."""

    level: int
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page with its HTML, its headings, and the tags for its head."""

    page: Page
    html: str
    headings: tuple[Heading, ...]
    head: str = ""


@dataclass(frozen=True)
class Site:
    """Everything that a build writes: pages, files that records bring along, open data, feeds, and pictures."""

    publishing: Publishing
    pages: tuple[Rendered, ...]
    attachments: Mapping[str, str]  # address: path in content/
    files: Mapping[str, str] = field(default_factory=dict)  # address: text
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def archive(self) -> Archive:
        """What the site shows."""
        return self.publishing.archive


def render_site(
    archive: Archive,
    folders: Sequence[Path] = (),
    site_url: str = "",
    cache: Path | None = None,
    first_seen: Mapping[str, str] | None = None,
    changes: Mapping[str, str] | None = None,
    font: Font | None = None,
) -> tuple[Site | None, list[Problem]]:
    """Render all pages; templates in ``folders`` go before the package's own.

    ``cache`` is a folder for compiled templates, ``site_url`` the site's absolute address, where it is known,
    ``first_seen`` the day on which each record's file was first seen and ``changes`` that of its last change, ``font``
    what pictures are drawn with. A broken template is a problem, and the site then is None.
    """
    public_url = "" if archive.preview else site_url
    publishing = Publishing(archive, public_url, changes or {}, pictured=bool(public_url and font))
    environment = make_environment(archive, folders, site_url)
    environment.bytecode_cache = compiled_templates(cache) if cache else None
    try:
        pages = tuple(render(page, environment, publishing) for page in lay_out(archive, first_seen, changes))
    except Unrenderable as error:
        return None, [error.problem]
    except Exception as error:
        problem = template_problem(error)
        if problem is None:
            raise  # not a template's fault but ours
        return None, [problem]
    attachments = {
        addresses.attachment(record, path): path for record in archive.records for path in record.attachments
    }
    files = data_files(open_data(Books(archive), site_url)) if archive.records else {}
    files = {**files, **feed_files(((one.page, one.html) for one in pages), publishing), **robots(public_url)}
    drawn = pictures((one.page for one in pages), publishing, font)
    return Site(publishing, pages, attachments, files, drawn), []


def compiled_templates(folder: Path) -> BytecodeCache:
    """Keep compiled templates in a folder: jinja checks them against their source, its own and Python's version."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def template_problem(error: Exception) -> Problem | None:
    """Name the template and line in which an error arose; None for an error outside of templates."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    if isinstance(error, TemplateSyntaxError):
        place = (error.filename or error.name or "templates", error.lineno)
    elif frames:
        place = (frames[-1].filename, frames[-1].lineno or 1)
    elif isinstance(error, TemplateError):
        place = ("templates", 1)
    else:
        return None
    return Problem(place[0], Mark(place[1]), "template.broken", written=str(error) or type(error).__name__)


def render(page: Page, environment: Environment, publishing: Publishing) -> Rendered:
    """Render one page."""
    html = environment.get_template(page.template).render(page=page, **page.view)
    return Rendered(page, html, tuple(_headings(html)), head(page, publishing))


def _headings(html: str) -> Iterable[Heading]:
    for level, anchor, inner in _HEADING.findall(html):
        yield Heading(int(level), anchor, Markup(_ASIDE.sub("", inner)).unescape().strip())


def make_environment(archive: Archive, folders: Sequence[Path], site_url: str) -> Environment:
    """Make the templates' environment: autoescaping, strict, with the words and addresses that they need."""
    vocabulary, language = archive.vocabulary, archive.vocabulary.language
    environment = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    texts = Texts(archive)

    def say(name: str, /, **values: object) -> str:
        return label(name, language, **values)

    def count(name: str, number: int) -> str:
        one = f"{name}-one"
        return say(one) if number == 1 and language == "en" and name == "record-count" else say(name, count=number)

    @pass_context
    def link(context: Context, target: str) -> str:
        return addresses.relative(context["page"].address, target)

    @pass_context
    def full_text(context: Context, record: Record) -> Markup:
        return texts.on_page(record, context["page"].address)

    @pass_context
    def text_within(context: Context, record: Record, below: int) -> Markup:
        return texts.within_page(record, context["page"].address, below)

    environment.globals |= {
        "say": say,
        "count": count,
        "link": link,
        "absolute": lambda target: addresses.absolute(site_url, target) if site_url else "",
        "addresses": addresses,
        "feeds": bool(site_url) and not archive.preview,
        "archive": archive,
        "vocabulary": vocabulary,
        "language": language,
    }
    environment.filters |= {
        "in_language": lambda words: words.text(language) if words else "",
        "topic_title": lambda slug: vocabulary.topics[slug].title.text(language),
        "unit_title": lambda slug: vocabulary.units[slug].title.text(language),
        "unit_short": lambda slug: (vocabulary.units[slug].short or vocabulary.units[slug].title).text(language),
        "period_title": lambda period: display.period_title(period, language),
        "part_title": lambda part: label(f"part-{part}", language),
        "year_title": lambda name: display.year_title(name, language),
        "date_title": lambda date: display.date_title(date, language),
        "due_title": lambda due: display.due_title(due, language),
        "figure_view": lambda figure: figure_views.figure_view(figure, vocabulary),
        "quantity_of": lambda target: figure_views.target_quantity(target, vocabulary),
        "name_of": lambda measured: figure_views.measured_name(measured, vocabulary),
        "decimal": display.number,
        "heading_id": addresses.heading_id,
        "unbroken": lambda words: Markup(unbroken(str(escape(words)))),
        "full_text": full_text,
        "text_within": text_within,
    }
    return environment
