"""MkDocs' events, handed over to the core and carried back; nothing is decided here.

In a build everything is read, checked and rendered in ``on_config``, before MkDocs empties ``site/``: whatever is
wrong, the old site stays. In the preview nothing is raised, since MkDocs' server would then hold back every
request: the last good site is shown again, with the problems on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage

from .. import addresses
from ..building import CACHE, CONTENT, build, read, relative_to
from ..history import last_changes
from ..navigation import Item, navigation
from ..page import Page
from ..problems import Mark, Problem, describe, errors, in_order, report
from ..rendering import TEMPLATES, Site, compiled_templates, template_problem
from ..wording import Language, label
from .carrier import Carrier
from .settings import PACKAGE, settings_problems

THEME, ASSETS = PACKAGE / "theme", PACKAGE / "assets"
STYLES, SCRIPTS = ("assets/gongbao.css",), ("assets/gongbao.js",)

log = get_plugin_logger("gongbao")


@dataclass
class _Run:
    """What lasts from one event, and in the preview from one build, to the next."""

    preview: bool = False
    site: Site | None = None  # the last good one
    problems: tuple[Problem, ...] = ()
    language: Language = "zh"
    on_disk: Mapping[str, str] = field(default_factory=dict)  # attachment: its name on the disk
    changes: Mapping[str, str] = field(default_factory=dict)  # file: the day of its last commit
    environment: Environment | None = None  # the last good one for the frame
    frame: tuple[object, ...] = ()  # all that the frame around the pages depends on
    # By address: what the frame shows around a page, the page's HTML, and both together.
    framed: dict[str, tuple[object, str, str]] = field(default_factory=dict)


_run = _Run()


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Learn whether this is the preview."""
    del dirty
    _run.preview = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Build the whole site in memory; in a build, stop here if anything is wrong."""
    project = _project(config)
    if wrong := in_order(settings_problems(config, on_config)):
        language = read(project).vocabulary.language
        _tell(wrong, language)
        raise Abort(_count(wrong, language))
    own = [Path(config.theme.custom_dir) / "gongbao"] if config.theme.custom_dir else []
    built = build(project, preview=_run.preview, folders=own, site_url=config.site_url or "")
    problems = built.problems
    if built.site:
        problems = in_order([*problems, *_taken(built.site, Path(config.docs_dir), project)])
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))  # behind the site's own templates
    problems = in_order([*problems, *relative_to(project, _broken_frame(config))])
    _run.language = built.content.vocabulary.language
    _run.problems = problems
    _tell(problems, _run.language)
    if errors(problems) or (config.strict and problems):
        if not _run.preview:
            raise Abort(_count(problems, _run.language))
    else:
        _run.site, _run.on_disk = built.site, built.content.on_disk
    if _run.site:
        config.site_name = _run.site.archive.vocabulary.site.name.text(_run.language)
    config.theme["language"] = _run.language
    config.extra_css = [*STYLES, *config.extra_css]
    config.extra_javascript = [*SCRIPTS, *config.extra_javascript]
    return config


def _tell(problems: Iterable[Problem], language: Language) -> None:
    for problem in problems:
        tell = log.error if problem.severity == "error" else log.warning
        tell(describe(problem, language))


def _count(problems: Iterable[Problem], language: Language) -> str:
    return report(problems, language).split("\n")[-1]


def _host_theme(config: MkDocsConfig) -> str:
    """Return the folder of the theme that ours stands on."""
    return next(folder for folder in config.theme.dirs if folder not in (str(THEME), config.theme.custom_dir))


def _broken_frame(config: MkDocsConfig) -> Iterator[Problem]:
    """Find out before anything is written whether the frame's template can be used."""
    try:
        config.theme.get_env().get_template("main.html")
    except TemplateError as error:
        if problem := template_problem(error):
            yield problem


def _project(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _taken(site: Site, docs: Path, project: Path) -> Iterator[Problem]:
    """Find hand-written pages at addresses that the site makes itself; MkDocs would replace them silently."""
    ours = {rendered.page.address for rendered in site.pages}
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs).with_suffix("")
        if path.suffix not in (".md", ".html") or not path.is_file():
            continue
        address = name.parent if name.name in ("index", "README") else name
        if (f"{address.as_posix()}/" if address.parts else addresses.HOME) in ours:
            shown = path.relative_to(project).as_posix() if path.is_relative_to(project) else str(path)
            yield Problem(shown, Mark(), "page.taken", written=f"/{address.as_posix()}/".replace("/./", "/"))


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, the records' attachments and our styles, and set the menus."""
    project = _project(config)
    for asset in (*STYLES, *SCRIPTS):
        files.append(File.generated(config, asset, abs_src_path=str(ASSETS / Path(asset).name)))
    if _run.site is None:
        title = label("preview-nothing", _run.language)
        files.append(File.generated(config, "index.md", content=f"# {title}\n"))
        return files
    changes = _run.changes = last_changes(project)
    menus = navigation(_run.site.archive)
    titles = dict(_titles(menus))
    for rendered in _run.site.pages:
        address = rendered.page.address
        if rendered.page.template == "moved.html":
            files.append(File.generated(config, f"{address}index.html", content=rendered.html))
            continue
        file = File.generated(config, f"{address}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
        if rendered.page.source:
            file.edit_uri = f"../{rendered.page.source}"  # edit_uri leads to docs/, the records lie beside it
        page = rendered.page
        title, date = titles.get(address, page.title), _date(page, changes)
        Carrier(rendered, file, config, menu_title=title, date=date, changed=changes.get(page.source, ""))
        files.append(file)
    for address, path in _run.site.attachments.items():
        files.append(File.generated(config, address, abs_src_path=str(project / CONTENT / _run.on_disk[path])))
    by_hand = config.nav if config.nav is not None else _hand_written(files)
    config.nav = [*(_menu(item) for item in menus), *([{label("about", _run.language): by_hand}] if by_hand else [])]
    return files


def _hand_written(files: Files) -> list[Any]:
    """List the pages of ``docs/`` in path order, those of a folder below the title of its index."""
    pages = sorted((f for f in files.documentation_pages() if f.generated_by is None), key=lambda f: f.src_uri)
    top: list[Any] = [file.src_uri for file in pages if "/" not in file.src_uri]
    folders = dict.fromkeys(file.src_uri.split("/")[0] for file in pages if "/" in file.src_uri)
    for folder in folders:
        inside = [file for file in pages if file.src_uri.startswith(f"{folder}/")]
        index = next((file for file in inside if file.name == "index"), inside[0])
        heading = re.search(r"^(?:title:|#) *(.+)$", index.content_string, re.MULTILINE)
        listed = list(dict.fromkeys(file.src_uri for file in [index, *inside]))
        top.append({heading[1] if heading else folder: listed})
    return top


def _titles(menus: Iterable[Item]) -> Iterator[tuple[str, str]]:
    for item in menus:
        if item.address or not item.below:
            yield item.address, item.title
        yield from _titles(item.below)


def _menu(item: Item) -> dict[str, Any]:
    """Write a menu entry as MkDocs' configuration has it."""
    page = f"{item.address}index.md"
    if not item.below:
        return {item.title: page}
    index = [page] if item.address else []
    return {item.title: [*index, *(_menu(below) for below in item.below)]}


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Hang the pages that are in no menu below the menu entry above them, so that it shows where they are."""
    frame = _frame(nav, config)
    if frame != _run.frame:
        _run.frame = frame
        _run.framed.clear()
    sections = {page.file.src_uri: page.parent for page in nav.pages}
    for file in files.documentation_pages():
        if isinstance(file.page, Carrier) and file.page.parent is None and (crumbs := file.page.rendered.page.crumbs):
            file.page.parent = sections.get(f"{crumbs[-1][1]}index.md")
            if file.src_uri not in sections:
                file.page.menu_key = (crumbs[-1][1], file.url.count("/"))
    return nav


def _frame(nav: Navigation, config: MkDocsConfig) -> tuple[object, ...]:
    """Return all that the frame around every page depends on."""
    folders = [THEME, *([Path(config.theme.custom_dir)] if config.theme.custom_dir else [])]
    files = [Path(config.config_file_path), *(path for folder in folders for path in sorted(folder.rglob("*")))]
    stamps = tuple((str(path), path.stat().st_mtime_ns) for path in files)
    return (str(nav), config.site_name, _run.language, _run.problems, stamps)


def on_post_page(output: str, *, page: HostPage, config: MkDocsConfig) -> str:
    """In the preview, keep the framed page: as long as it and its frame stay the same, it is not framed again."""
    del config
    if _run.preview and isinstance(page, Carrier):
        _run.framed[page.rendered.page.address] = (page.around, page.rendered.html, output)
    return output


def on_pre_page(page: HostPage, *, config: MkDocsConfig, files: Files) -> HostPage:
    """Hand back a page of the preview that is the same as when it was framed before."""
    del config, files
    if isinstance(page, Carrier):
        around, html, framed = _run.framed.get(page.rendered.page.address, (None, "", ""))
        if around == page.around and framed.count(html) == 1:
            page.framed = framed.replace(html, page.rendered.html)
    return page


def on_page_markdown(markdown: str, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
    """Give hand-written pages the date of their last change; MkDocs would take the clock's."""
    del files
    if not isinstance(page, Carrier) and page.file.abs_src_path:
        source = Path(page.file.abs_src_path).relative_to(_project(config)).as_posix()
        page.update_date = _run.changes.get(source, _newest_day())
    return markdown


def _date(page: Page, changes: Mapping[str, str]) -> str:
    """Return when a page last changed: when git last saw its records change, else the end of their last period."""
    seen = [changes[record.path] for record in page.records if record.path in changes]
    ends = [record.period.last_day.isoformat() for record in page.records if record.period.last_day]
    return max(seen or ends or [_newest_day()])


def _newest_day() -> str:
    """A date for pages that have none of their own: the last day of the newest period."""
    newest = _run.site.archive.newest if _run.site else None
    return newest.last_day.isoformat() if newest and newest.last_day else "1970-01-01"


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Watch the records and the templates too."""
    del builder
    for folder in (_project(config) / CONTENT, TEMPLATES, THEME, ASSETS):
        server.watch(str(folder))
    return server


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Give the frame's template what it says of problems; where that template is broken, the last good one stands."""
    del files
    if any(_broken_frame(config)) and _run.environment:
        env = _run.environment
    _run.environment = env
    env.bytecode_cache = compiled_templates(_project(config) / CACHE / "frame")
    env.globals["gongbao_menus"] = {}  # kept for this build: see partials/nav.html
    env.loader = ChoiceLoader(
        [PrefixLoader({"host": FileSystemLoader(_host_theme(config))}), FileSystemLoader(config.theme.dirs)]
    )
    env.globals["gongbao_problems"] = (
        [describe(problem, _run.language) for problem in _run.problems] if _run.preview else []
    )
    env.globals["gongbao_not_found"] = [label(name, _run.language) for name in ("not-found", "not-found-lead")]
    env.globals["gongbao_problems_title"] = label("preview-broken", _run.language)
    return env
