"""The frame around every page: the theme's templates, of which a site may replace any in its ``custom_dir``."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterator, Set
from pathlib import Path
from urllib.parse import urlsplit

import mkdocs
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem

from .. import GENERATOR
from ..cache.store import folder_of
from ..problems.catalogue import Language, label
from ..problems.problem import Mark, Problem
from ..rendering.compiled import Compiled
from ..rendering.fast_jinja import speed_up
from ..rendering.renderer import template_problem
from ..rendering.template_files import TEMPLATES
from .contents import contents_of
from .search_box import ConfigWithSearch, search_words
from .settings import CONTENT_TEMPLATES, PACKAGE, others_take_part, project_of

THEME = PACKAGE / "host" / "theme"
_COMPILED = "frame"  # the file in the cache
_PLACE_IN_MEMORY = re.compile(" at 0x[0-9a-f]+")  # of a function that settings name: in every process another
_OF_THE_PAGE = re.compile("page|nav|toc|url|active|parent")
_TELLING = (  # events in which another plugin may change what pages show
    *("config", "pre_build", "files", "nav", "env", "pre_template", "template_context"),
    *("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page"),
)


def own_folders(config: MkDocsConfig) -> list[Path]:
    """Return the folders whose templates a site's makers may edit, the first of a name counting."""
    return [*([Path(config.theme.custom_dir)] if config.theme.custom_dir else []), THEME]


def put_first(config: MkDocsConfig) -> None:
    """Put our templates before the theme's, and behind the site's own. Let MkDocs look for files in fewer folders."""
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
    make: Callable[[], Environment] = config.theme.get_env

    def environment() -> Environment:
        made = make()
        made.loader = _WithoutHidden(config.theme.dirs)
        return made

    config.theme.get_env = environment  # type: ignore[method-assign]


class _WithoutHidden(FileSystemLoader):
    """Lists nothing whose name begins with a dot. MkDocs copies no such files, and the theme has ten thousand icons."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for place, below, names in os.walk(folder):
                if place == folder:
                    below[:] = [name for name in below if not name.startswith(".")]
                found.update(Path(place, name).relative_to(folder).as_posix() for name in names)
        return sorted(found)


def signature(config: MkDocsConfig, menus: object, missing_styles: Set[str] | None) -> bytes:
    """Return a digest of all that the frame around every page depends on: settings, templates, menus, styles."""
    settings = _PLACE_IN_MEMORY.sub("", repr(config.user_configs))
    styles = missing_styles and sorted(missing_styles)
    about = (settings, menus, styles, mkdocs.__version__)  # the version of the host, whichever that is
    digest = hashlib.sha256(repr(about).encode())
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


def unreadable(config: MkDocsConfig) -> Iterator[Problem]:
    """Find templates of the frame that have wrong syntax, also those that no page uses yet."""
    environment = config.theme.get_env()
    for name, text in _own_templates(config).items():
        try:
            environment.parse(text, name, str(_path_of(name, config)))
        except TemplateSyntaxError as error:
            if problem := template_problem(error):
                yield problem


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


def loader(config: MkDocsConfig) -> BaseLoader:
    """Return what finds the frame's templates; those of ``host/`` are the theme's that ours stands on."""
    host = PrefixLoader({"host": FileSystemLoader(config.theme.dirs[len(own_folders(config))])})
    return ChoiceLoader([host, FileSystemLoader(config.theme.dirs)])


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


def dress(environment: Environment, config: MkDocsConfig, language: Language, tabs: Collection[str]) -> Environment:
    """Give the frame's templates what they show, and a cache for what is made of them.

    ``tabs`` are the titles of the menu's entries that stand at the top of every page, as the templates have them.
    """
    environment.loader = loader(config)
    environment.lstrip_blocks = True  # the indentation before the theme's `{% … %}`: a twentieth of a record's page
    # A filter of somebody else's may be asked while a template is compiled, and say something else the next time;
    # somebody else's globals may come later.
    if not others_take_part(config, "env"):
        speed_up(environment)
        environment.bytecode_cache = Compiled(folder_of(project_of(config)) / _COMPILED)
    environment.filters["url"] = way_to
    environment.auto_reload = False  # a build has an environment of its own
    environment.globals |= {
        "gongbao_generator": GENERATOR,
        "gongbao_menus": {},  # kept for this build: see partials/nav.html
        "gongbao_address": address,
        "gongbao_contents": contents_of,
        "gongbao_entry": entry,
        "gongbao_with_search": ConfigWithSearch(config),
        "gongbao_tabs": tabs,
        "gongbao_search": search_words(language),
        "gongbao_larger": label("larger-type", language),
        "gongbao_usual": label("usual-type", language),
        "gongbao_not_found": [label(name, language) for name in ("not-found", "not-found-lead")],
    }
    return environment
