"""The frame around every page: the theme's templates, tried on a few pages before anything is written.

A site may replace any of them in its ``custom_dir``. What is broken there becomes a problem; in the preview the
last frame that worked is used instead.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import mkdocs
from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, FileSystemLoader, PrefixLoader, pass_context
from jinja2.runtime import Context
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as HostPage
from mkdocs.structure.toc import TableOfContents

from ..pages.page import Page
from ..problems.catalogue import label
from ..problems.problem import Mark, Problem
from ..rendering.environment import TEMPLATES
from ..rendering.render import template_problem
from ..rendering.rendered import Made, Rendered
from .carrier import Carrier
from .settings import CONTENT_TEMPLATES, PACKAGE, others_take_part

THEME = PACKAGE / "host" / "theme"
_PLACE_IN_MEMORY = re.compile(" at 0x[0-9a-f]+")  # of a function that settings name: in every process another
_OF_THE_PAGE = re.compile("page|nav|toc|url|active|parent")
_TELLING = (  # events in which another plugin may change what pages show
    *("config", "pre_build", "files", "nav", "env", "pre_template", "template_context"),
    *("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page"),
)


def own_folders(config: MkDocsConfig) -> list[Path]:
    """Return the folders whose templates a site's makers may edit, the first of a name counting."""
    return [*([Path(config.theme.custom_dir)] if config.theme.custom_dir else []), THEME]


def signature(config: MkDocsConfig, menus: object) -> bytes:
    """Return a digest of all that the frame around every page depends on: settings, templates, menus, styles."""
    settings = _PLACE_IN_MEMORY.sub("", repr(config.user_configs))
    digest = hashlib.sha256(repr((settings, menus, mkdocs.__version__)).encode())  # the host's, whichever that is
    for folder in own_folders(config):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            if not name.startswith(f"{CONTENT_TEMPLATES}/"):  # on these, the pages' own keys depend
                digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


def foreseen(config: MkDocsConfig) -> bool:
    """Whether nobody else has a hand in the frame or in what is put into it, so that it is known what it depends on."""
    return not others_take_part(config, *_TELLING)


def is_of_ones_own(config: MkDocsConfig) -> bool:
    """Whether the site has templates of its own whose text may be another one on each page."""
    folder = config.theme.custom_dir
    own = (
        [
            path
            for path in Path(folder).rglob("*.html")
            if path.is_file() and Path(folder, CONTENT_TEMPLATES) not in path.parents
        ]
        if folder
        else []
    )
    return any(_OF_THE_PAGE.search(path.read_text(encoding="utf-8", errors="replace")) for path in own)


def undecodable(config: MkDocsConfig) -> Iterator[Problem]:
    """Find templates, of the frame or of our part of the page, that are not UTF-8."""
    for folder in (*own_folders(config), TEMPLATES):
        for path in sorted(path for path in folder.rglob("*.html") if not path.is_dir()):
            try:
                path.read_bytes().decode("utf-8")
            except UnicodeDecodeError as error:
                mark = Mark(error.object.count(b"\n", 0, error.start) + 1)
                yield Problem(str(path), mark, "template.broken", written=str(error))
            except OSError as error:
                yield Problem(str(path), Mark(), "template.broken", written=error.strerror or "")


def fault(environment: Environment, config: MkDocsConfig) -> Problem | None:
    """Try the frame: read every template of the site's own, then put it around a few pages.

    Where another plugin adds to what templates are given, they are only read.
    """
    try:
        for name, text in _own_templates(config).items():
            environment.parse(text, name, str(_path_of(name, config)))
        if not others_take_part(config, "env", "pre_template", "template_context", "page_context"):
            _put_around(environment, config)
    except Exception as error:  # whatever a template may raise
        return template_problem(error) or Problem("templates", Mark(), "template.broken", written=repr(error))
    return None


def _own_templates(config: MkDocsConfig) -> dict[str, str]:
    """Return the frame's templates of the site's own by name."""
    found: dict[str, str] = {}
    for folder in own_folders(config):
        for path in sorted(path for path in folder.rglob("*.html") if path.is_file()):
            name = path.relative_to(folder).as_posix()
            if not name.startswith(f"{CONTENT_TEMPLATES}/"):
                found.setdefault(name, path.read_text(encoding="utf-8"))
    return found


def _path_of(name: str, config: MkDocsConfig) -> Path:
    return next(folder / name for folder in own_folders(config) if (folder / name).is_file())


def _put_around(environment: Environment, config: MkDocsConfig) -> None:
    """Frame the home page, a page below it, one written by hand, and what is made without a page."""
    home, below, by_hand = (File.generated(config, f"{name}.md", content="") for name in ("index", "a", "b"))
    first = Page("", "", config.site_name, dict)
    other = Page("a/", "", "1", dict, source="content/a.md", full=True)
    for ours, file in ((first, home), (other, below)):
        rendered = Rendered(ours, lambda: Made('<h1 id="gb-top">1</h1>'))
        Carrier(rendered, file, config, menu_title="1", date="2000-01-01", changed="2000-01-01")
    page = HostPage("1", by_hand, config)
    page.markdown, page.content, page.toc, page.meta = "", "<p>1</p>", TableOfContents([]), {}
    pages = [file.page for file in (home, below, by_hand) if file.page]
    section = Section(label("about", config.theme["language"]), [*pages[1:]])
    for one in pages[1:]:
        one.parent = section
    nav, files = Navigation([pages[0], section], pages), Files([home, below, by_hand])
    nav.homepage = pages[0]
    for one in pages:
        if isinstance(one, Carrier):
            one.read_source(config)
            one.render(config, files)
        one.active = True
        environment.get_template("main.html").render(get_context(nav, files, config, one))
        one.active = False
    for name in sorted(config.theme.static_templates):
        environment.get_template(name).render(get_context(nav, files, config, base_url="/"))


def loader(config: MkDocsConfig, passed_over: int = 0) -> BaseLoader:
    """Return what finds the frame's templates; those of ``host/`` are the theme's that ours stands on.

    As many of the site's own folders as ``passed_over`` says are left out.
    """
    ours = len(own_folders(config))
    host = PrefixLoader({"host": FileSystemLoader(config.theme.dirs[ours])})
    return ChoiceLoader([host, FileSystemLoader(config.theme.dirs[passed_over:])])


def kept(config: MkDocsConfig) -> BaseLoader:
    """Return a loader that goes on giving the site's own templates as they are now, whatever becomes of the files."""
    return ChoiceLoader([DictLoader(_own_templates(config)), loader(config)])


@pass_context
def way_to(context: Context, url: str) -> str:
    """Write the way from a page to a place in the site by the page's depth alone: MkDocs' filter ``url``, but for that.

    All pages that lie equally deep then have the same frame.
    """
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or url.startswith(("/", "#")):
        return url
    base: str = context["base_url"]
    return f"{base.rstrip('/')}/{url.removeprefix('./')}" if url not in ("", ".") else f"{base.rstrip('/')}/"


@pass_context
def address(context: Context, item: StructureItem) -> str:
    """Write the way from a page to an entry of the menus; to one that has entries below it, that to the first."""
    while below := getattr(item, "children", None):
        item = below[0]
    return way_to(context, getattr(item, "url", ""))


@pass_context
def entry(context: Context, item: StructureItem) -> str:
    """Write an entry of the menus that the reader is not in: the same on all pages that lie equally deep."""
    written: dict[object, str] = context["gongbao_menus"]
    key = (id(item), context["base_url"])
    if key not in written:
        written[key] = f'<li><a href="{address(context, item)}">{item.title}</a></li>'
    return written[key]


def environment(config: MkDocsConfig) -> Environment:
    """Make an environment for the frame."""
    environment = config.theme.get_env()
    environment.loader = loader(config)
    return environment
