"""Pages rendered: each page's part of the HTML, without the frame that a host puts around it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, TemplateError, TemplateSyntaxError

from ..archive import addresses
from ..archive.derived import Derived
from ..archive.filing import Archive
from ..cache.shelf import Shelf, Shelved, pack
from ..data.package import DATA_FILES, data_files
from ..data.rows import open_data
from ..pages.layout import lay_out
from ..pages.of_records import record_page
from ..pages.page import Page
from ..parallel import WORTH_IT, Progress, as_done, each, progress_callback
from ..problems.problem import Mark, Problem
from ..publishing.feed_content import feed_content
from ..publishing.feeds import feed_files, plan_feeds
from ..publishing.head import head_tags
from ..publishing.pictures import Font, draw_page, is_pictured, picture_address
from ..publishing.publication import Publishing
from ..publishing.robots import robots
from ..records.record import Record
from .compiled import Compiled, compile_ahead
from .environment import Templates, make_environment, read_templates
from .keys import Keys, PageKeys, Stands
from .rendered import Made, Rendered
from .texts import Texts, Unrenderable

T = TypeVar("T")
_TEMPLATES = "templates"
_PICTURES = 20  # that are worth a process: one takes as long as ten pages


@dataclass(frozen=True)
class Site:
    """Everything that a build writes: pages, files that records bring along, open data, feeds, pictures, documents."""

    publishing: Publishing
    pages: tuple[Rendered, ...]
    attachments: Mapping[str, str]  # address: path in content/
    files: Mapping[str, str] = field(default_factory=dict)  # address: text
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    keys: Keys = field(default_factory=dict)  # of pages, files and pictures, by address
    shown: bytes = b""  # one key of all pages
    # Renders pages that were left out.
    rendered: Callable[[Sequence[Page]], list[Rendered]] = field(default=lambda _: [], repr=False)
    documents: tuple[str, ...] = ()  # addresses of Word documents that fit their pages
    feed_contents: Mapping[bytes, str] = field(default_factory=dict, repr=False)  # by key, for the next time

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
    standing: Callable[[Archive], Stands] | None = None,
    documents: Callable[[Page, str, bytes], bool] | None = None,
    feed_contents: Mapping[bytes, str] | None = None,
    progress: Progress | None = None,
) -> tuple[Site | None, list[Problem]]:
    """Render all pages; templates in ``folders`` go before the package's own.

    ``cache`` is a folder for compiled templates and for what is put aside meanwhile, ``site_url`` the site's absolute
    address, where it is known, ``first_seen`` the day on which each record's file was first seen and ``changes`` that
    of its last change, ``font`` what pictures are drawn with. What is ``standing`` already, by address and key, is not
    made again: such pages have no HTML. ``documents`` tells whether there is a Word document at an address for a page
    with a key. ``feed_contents`` are what feeds carry of pages, by the pages' keys, as far as it is known.
    A broken template is a problem, and the site then is None.
    """
    stands = standing(archive) if standing else Stands()
    public_url = "" if archive.preview else site_url
    publishing = Publishing(archive, public_url, changes or {}, pictured=bool(public_url and font))
    shelf, texts, templates, environment = _prepared(archive, folders, site_url, cache)
    pages = tuple(lay_out(archive, first_seen, changes))
    keys = PageKeys(publishing, site_url, templates, texts)
    if documents:
        pages = _with_documents(pages, keys, documents)
    shown = keys.all_pages(pages, first_seen or {})
    known_keys = stands.outputs if stands.shown == shown else {}
    made = _Making({page.address: known_keys.get(page.address) or keys.page(page) for page in pages}, stands.outputs)
    feeds = plan_feeds(pages, publishing)
    feeds_due = [
        feed
        for feed in feeds
        if made.plan(feed.addresses, keys.of(made.keys[feed.page.address], [made.keys[one] for one in feed.entries]))
    ]
    known = feed_contents or {}
    entries = {address: made.keys[address] for feed in feeds for address in feed.entries}
    contents = {address: known[key] for address, key in entries.items() if key in known}
    unknown = {address for feed in feeds_due for address in feed.entries} - contents.keys()
    due = [page for page in pages if made.is_due(page.address) or page.address in unknown]
    render = partial(_render_all, environment, publishing, texts, shelf, progress)
    try:
        rendered = render(due)
    except _Broken as error:
        return None, [error.problem]
    by_address = {one.page.address: one for one in rendered}
    contents |= _feed_contents([by_address[address] for address in unknown], publishing)
    attachments = {
        addresses.attachment(record, path): path for record in archive.records for path in record.attachments
    }
    data_key = keys.of([keys.record(record) for record in (*archive.records, *archive.withdrawn)])
    files = Shelved[str](shelf)
    if made.plan(DATA_FILES if archive.records else (), data_key):
        files.put_all(data_files(open_data(Derived(archive), site_url)))
    files.put_all(feed_files(feeds_due, contents, publishing))
    if made.plan(robots(public_url), keys.of("robots")):
        files.put_all(robots(public_url))
    drawn = [page for page in pages if is_pictured(page, publishing)]
    undrawn = [
        page for page in drawn if made.plan([picture_address(page)], keys.of("picture", font, made.keys[page.address]))
    ]
    images = each(lambda page: draw_page(page, publishing, font), undrawn, worth_it=_PICTURES) if font else []
    pictures = {picture_address(page): image for page, image in zip(undrawn, images, strict=True)}
    linked = tuple(page.document for page in pages if page.document)
    all_pages = tuple(by_address.get(page.address) or Rendered(page) for page in pages)
    kept = {entries[address]: content for address, content in contents.items()}
    return Site(publishing, all_pages, attachments, files, pictures, made.keys, shown, render, linked, kept), []


def render_alone(
    records: Iterable[Record],
    archive: Archive,
    folders: Sequence[Path],
    site_url: str,
    cache: Path,
    changes: Mapping[str, str],
) -> list[Rendered]:
    """Render the pages of some records and nothing else, for a preview; none of them where a template is broken."""
    shelf, texts, _, environment = _prepared(archive, folders, site_url, cache)
    derived = Derived(archive)
    pages = [record_page(derived, record) for record in records]
    try:
        return _render_all(environment, Publishing(archive, "", changes, pictured=False), texts, shelf, None, pages)
    except _Broken:
        return []


def _prepared(
    archive: Archive, folders: Sequence[Path], site_url: str, cache: Path | None
) -> tuple[Shelf, Texts, Templates, Environment]:
    """Return what rendering needs; the cache's folder, which anybody may have taken away meanwhile, is there then."""
    if cache:
        cache.mkdir(exist_ok=True)
    shelf, templates = Shelf(cache), read_templates(folders)
    texts = Texts(archive, shelf)
    environment = make_environment(archive, texts, templates, site_url)
    environment.bytecode_cache = Compiled(cache / _TEMPLATES) if cache else None
    return shelf, texts, templates, environment


def _feed_contents(pages: Sequence[Rendered], publishing: Publishing) -> Mapping[str, str]:
    """Return what feeds carry of pages, by address."""
    contents = each(lambda one: feed_content(one.html, publishing.url(one.page.address)), pages)
    return {one.page.address: content for one, content in zip(pages, contents, strict=True)}


def _with_documents(
    pages: Sequence[Page], keys: PageKeys, documents: Callable[[Page, str, bytes], bool]
) -> tuple[Page, ...]:
    """Tell the bulletins' pages, and those that repeat them, of their documents."""
    there = {page.address: page.word for page in pages if page.word and documents(page, page.word, keys.page(page))}
    return tuple(replace(page, document=there.get(page.canonical or page.address, "")) for page in pages)


class _Making:
    """The keys of everything that a site consists of, and what of it stands already."""

    def __init__(self, pages: Keys, standing: Keys) -> None:
        self.keys: dict[str, bytes] = dict(pages)
        self.standing = standing

    def is_due(self, address: str) -> bool:
        """Whether an output has to be made."""
        return self.standing.get(address) != self.keys[address]

    def plan(self, names: Iterable[str], key: bytes) -> bool:
        """Note outputs that are made together; return whether they have to be."""
        names = list(names)
        self.keys |= dict.fromkeys(names, key)
        return any(self.is_due(name) for name in names)


class _Broken(Exception):
    """A template that can't be used, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def _render_all(
    environment: Environment,
    publishing: Publishing,
    texts: Texts,
    shelf: Shelf,
    progress: Progress | None,
    pages: Sequence[Page],
) -> list[Rendered]:
    """Render pages on every core, onto the shelf; raise the problem of the first that can't be.

    The texts come first: each stands on several pages, which may fall to different processes.
    """
    parts = environment.list_templates(filter_func=lambda name: name.startswith("_"))
    compile_ahead(environment, [*parts, *sorted({page.template for page in pages})])
    if len(pages) > WORTH_IT:
        records = publishing.archive.records
        texts.take(_sound(as_done(texts.as_far_as_possible, records, progress_callback("texts", records, progress))))

    def task(page: Page) -> tuple[bytes, bool] | Problem:
        try:
            html = environment.get_template(page.template).render(page=page, **page.view)
        except Unrenderable as error:
            return error.problem
        except Exception as error:
            if problem := template_problem(error):
                return problem
            raise  # not a template's fault but ours
        made = Made(html, head_tags(page, publishing))
        return pack(made), made.is_headed

    made = {
        at: Rendered(pages[at], shelf.put(packed), headed)
        for at, (packed, headed) in _sound(as_done(task, pages, progress_callback("pages", pages, progress)))
    }
    return [made[at] for at in range(len(pages))]


def _sound(results: Iterable[tuple[int, T | Problem]]) -> Iterator[tuple[int, T]]:
    """Yield results as they come; where there are problems among them, raise the first one's in the end."""
    broken: dict[int, Problem] = {}
    for at, result in results:
        if isinstance(result, Problem):
            broken[at] = result
        else:
            yield at, result
    if broken:
        raise _Broken(broken[min(broken)])


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
