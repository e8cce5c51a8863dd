"""MkDocs' events, handed over to the core and carried back; nothing is decided here.

In a build everything is read, checked and rendered in ``on_config``, before MkDocs empties ``site/``: whatever is
wrong, the old site stays. In the preview nothing is raised, since MkDocs' server would then hold back every
request: the last good site is shown again, with the problems on every page.
"""

from __future__ import annotations

import gc
import logging
import signal
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from watchdog.observers.polling import PollingObserver

from ..archive.filing import Archive
from ..building import CONTENT, Built, build, build_edited, read, relative_to
from ..cache.store import folder_of, hold
from ..git.history import History, read_history
from ..pages.navigation import Item, navigation
from ..problems.catalogue import Language, label
from ..problems.problem import Problem, describe, errors, in_order, report
from ..problems.terminal import Meter
from ..reading.content import Known
from ..rendering.compiled import Compiled, keep_compiled
from ..rendering.environment import TEMPLATES
from ..rendering.keys import Stands
from ..rendering.render import Site
from ..word.document_cache import FOLDER
from . import frame, handwritten, rule_guide
from .carrier import Carrier
from .documents import Documents
from .notices import banner, say_once
from .searching import Search, Shown, words
from .served import Stages, look_by, show_above
from .settings import PACKAGE, others_take_part, project_of, put_straight, settings_in, settings_problems
from .standing import Standing
from .writing import Writing

ASSETS = PACKAGE / "host" / "assets"
_FRAME = "frame"  # the frame's compiled templates
_LOOK_EVERY = 0.2  # seconds between two looks at the watched files; MkDocs' half a second is felt
_COLLECT_AFTER = 200_000  # new objects between two collections
_SETTLED_AFTER = 0.05  # seconds without a further change, and the build begins
# Seconds for which a thread may keep Python when another wants it. Whoever looks at the watched files wants it back
# after each: with Python's own 5 ms that takes seconds while the search's index is made behind the page.
_GIVE_WAY_AFTER = 0.00005
STYLES = tuple(f"assets/gongbao{part}.css" for part in ("", "-text", "-parts", "-print"))
SCRIPTS = ("assets/gongbao.js",)
LATER = ("assets/gongbao-search.js", "assets/gongbao-words.js")  # loaded by the first script when they are needed

log = get_plugin_logger("gongbao")


@dataclass
class _Run:
    """What lasts from one event, and in the preview from one build, to the next."""

    preview: bool = False
    site: Site | None = None  # the last good one
    problems: tuple[Problem, ...] = ()
    language: Language = "zh"
    on_disk: Mapping[str, str] = field(default_factory=dict)  # attachment: its name on the disk
    known: Known | None = None  # what the last build of a preview has read
    stages: Stages | None = None  # of the preview
    history: History = field(default_factory=History)
    held: IO[bytes] | None = None  # the cache, which two builds at once would take from each other
    frame_is_broken: bool = False
    environment: Environment | None = None  # the last good one for the frame
    writing: Writing | None = None
    search: Search = field(default_factory=Search)


_run = _Run()


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Learn whether this is the preview."""
    del dirty
    _run.preview = command == "serve"
    if not _run.preview and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # and put the last site back
    # A build makes many objects and few circles: looking for those costs it a fifth.
    if _run.preview:
        gc.set_threshold(_COLLECT_AFTER, 50, 100)
        sys.setswitchinterval(_GIVE_WAY_AFTER)
    else:
        gc.disable()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Build the whole site in memory; in a build, stop here if anything is wrong."""
    put_straight(config)
    project = project_of(config)
    if wrong := in_order(settings_problems(config, on_config)):
        language = read(project).vocabulary.language
        _tell(wrong, language)
        raise Abort(_count(wrong, language))
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(frame.THEME))  # behind the site's own templates
    if not _run.preview:
        _let_go()
        _run.held = hold(folder_of(project))
    _run.history = read_history(project)
    if _run.writing is None or not _run.preview:
        progress = Meter() if not _run.preview and log.isEnabledFor(logging.INFO) else None
        _run.writing = Writing(Standing(project, Path(config.site_dir), remember=not _run.preview), progress)
    _run.writing.begin(config)
    built = _built(config, project, _run.writing)
    _run.language = config.theme["language"] = built.content.vocabulary.language
    problems = [*built.problems, *(handwritten.by_hand_problems(config, built.site) if built.site else ())]
    _run.frame_is_broken = any(problem.rule == "template.broken" for problem in problems)
    if built.site:
        environment = _dressed(config)
        if fault := frame.fault(environment, config):
            _run.frame_is_broken = True
            problems += relative_to(project, [fault])
        keep_compiled(environment)
    _run.problems = in_order(problems)
    _tell(_run.problems, _run.language)
    if _is_bad(_run.problems, config):
        if not _run.preview:
            raise Abort(_count(_run.problems, _run.language))
    else:
        _run.site, _run.on_disk = built.site, built.content.on_disk
    if _run.site:
        config.site_name = escape(_run.site.archive.vocabulary.site.name.text(_run.language))
    unpictured = _run.site and _run.site.publishing.site_url and not _run.site.publishing.pictured
    no_url, no_font = "" if config.site_url else "no-site-url", "no-font" if unpictured else ""
    for missing in (_run.history.missing, no_url, no_font):
        if missing:
            say_once(missing, _run.language)
    config.extra_css = [*STYLES, *config.extra_css]
    config.extra_javascript = [*SCRIPTS, *config.extra_javascript]
    return config


def _built(config: MkDocsConfig, project: Path, writing: Writing) -> Built:
    """Build the site in memory, unless there are templates that can't be read."""
    if unreadable := relative_to(project, frame.undecodable(config)):
        content = read(project)
        return Built(content, None, in_order([*content.problems, *unreadable]))
    told, documents = settings_in(config), Documents(project, written=not _run.preview)

    def standing(archive: Archive) -> Stands:
        if not _run.preview:
            _run.search.begin(archive, project)
        return writing.standing(archive)

    built = build(
        project,
        preview=_run.preview,
        folders=told.templates,
        site_url=told.site_url,
        first_seen=_run.history.first,
        changes=_run.history.last,
        standing=standing,
        documents=documents.fitting if documents.known else None,
        known=_run.known,
        progress=writing.progress,
    )
    _run.known = built.content.known if _run.preview else None
    documents.report(built.content.vocabulary.language)
    return built


def _is_bad(problems: Sequence[Problem], config: MkDocsConfig) -> bool:
    return bool(errors(problems) or (config.strict and problems))


def _tell(problems: Iterable[Problem], language: Language) -> None:
    for problem in problems:
        tell = log.error if problem.severity == "error" else log.warning
        tell(describe(problem, language))


def _count(problems: Iterable[Problem], language: Language) -> str:
    return report(problems, language).split("\n")[-1]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, the records' attachments and our styles, and set the menus."""
    project = project_of(config)
    for asset in (*STYLES, *SCRIPTS, *LATER):
        files.append(File.generated(config, asset, abs_src_path=str(ASSETS / Path(asset).name)))
    if _run.site is None:
        title = label("preview-nothing", _run.language)
        files.append(File.generated(config, "index.md", content=f"# {title}\n"))
        return files
    menus = navigation(_run.site.archive)
    for page in _writing().known(_run.site, menus, files):
        files.append(_writing().carrier(page).file)
    for address, path in _run.site.attachments.items():
        files.append(File.generated(config, address, abs_src_path=str(project / CONTENT / _run.on_disk[path])))
    for address in _run.site.documents:
        files.append(File.generated(config, address, abs_src_path=str(project / FOLDER / address)))
    rule_guide.add(files, config)
    by_hand = config.nav if config.nav is not None else handwritten.listed(files)
    config.nav = [*(_menu(item) for item in menus), *([{label("about", _run.language): by_hand}] if by_hand else [])]
    return files


def _menu(item: Item) -> dict[str, Any]:
    """Write a menu entry as MkDocs' configuration has it."""
    page, title = f"{item.address}index.md", escape(item.title)
    if not item.below:
        return {title: page}
    index = [page] if item.address else []
    return {title: [*index, *(_menu(below) for below in item.below)]}


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Take from MkDocs the pages that it needed for its menus: they are written when the others are."""
    del config
    if _run.site:
        _writing().take(nav, files)
    return nav


def on_page_markdown(markdown: str, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
    """Give hand-written pages the date of their last change, for which MkDocs would take the clock's, and a head."""
    del files
    if not isinstance(page, Carrier):
        source = handwritten.path_in_project(page.file.abs_src_path, config)
        handwritten.introduce(page, markdown, _run.history.last.get(source, ""), _run.site)
    return markdown


def on_pre_build(*, config: MkDocsConfig) -> None:
    """Put the last site aside, which MkDocs would delete."""
    del config
    if _run.stages:
        _run.stages.hold()
    _writing().put_aside(_run.site)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write our pages, and put the search's index into the site; the preview shows that as soon as it is there."""
    if _run.site:
        _writing().write(_run.site)
        if not _run.preview:
            _run.search.wait(_run.language, log.info)
    _writing().join()  # all that may fail is behind us
    if not _run.preview:
        _run.search.place(Path(config.site_dir))
        _let_go()
        gc.freeze()  # or Python looks through everything once more when it ends, which takes as long as a small build
    elif _run.site:
        _run.search.finish_behind(_run.site.archive, project_of(config), Path(config.site_dir))


def on_build_error(*, error: Exception) -> None:
    """Put the last site back."""
    del error
    _run.search.stop()
    if _run.writing:
        _run.writing.take_back()
    _let_go()


def _let_go() -> None:
    """Let other builds begin."""
    if _run.held:
        _run.held.close()
        _run.held = None


def _writing() -> Writing:
    assert _run.writing is not None, "MkDocs reads its settings first"
    return _run.writing


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Watch the records and the templates too, and look more often than MkDocs does."""
    del builder
    look_by(server, PollingObserver(timeout=_LOOK_EVERY))
    server.build_delay = _SETTLED_AFTER
    for folder in (project_of(config) / CONTENT, TEMPLATES, ASSETS, *frame.own_folders(config)):
        server.watch(str(folder))
    show_above(server, lambda: banner(_run.problems, _run.language))
    _run.stages = Stages(server, lambda: _show_edited(project_of(config)))
    return server


def _show_edited(project: Path) -> bool:
    """Put the pages of records that were edited in their places, before everything is built; tell whether there are.

    Where a warning keeps a site back, all has to be built to know of any.
    """
    _run.search.stop()  # the last index would only take time from the page that its author waits for
    site, writing = _run.site, _writing()
    held = writing.config.strict or errors(_run.problems) or any(frame.undecodable(writing.config))
    if not site or not _run.known or held:
        return False
    told = settings_in(writing.config)
    changes = site.publishing.changes
    pages = build_edited(project, _run.known, site.archive, told.templates, told.site_url, changes)
    writing.put_in_place(pages)
    return bool(pages)


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Give the frame's templates what they show; where they are broken, the last good ones stand."""
    if _run.frame_is_broken:
        env = _run.environment or _fallback(config)
    else:
        env.loader = frame.kept(config) if _run.preview else frame.loader(config)
        _run.environment = env
    env = _dressed(config, env)
    if _run.site:
        _writing().prepare(env, files, _run.site)
    return env


def _fallback(config: MkDocsConfig) -> Environment:
    """Return the first frame that works without templates of the site's own, or else with none but the theme's."""
    environment = _dressed(config)
    for passed_over in range(1, len(frame.own_folders(config)) + 1):
        environment = _dressed(config)
        environment.loader = frame.loader(config, passed_over)
        if not frame.fault(environment, config):
            break
    return environment


def _dressed(config: MkDocsConfig, environment: Environment | None = None) -> Environment:
    """Give the frame's templates what they show, and a cache for what is made of them."""
    env = environment or frame.environment(config)
    env.lstrip_blocks = True  # the indentation before the theme's `{% … %}`: a twentieth of a record's page
    # A filter of somebody else's may be asked while a template is compiled, and say something else the next time.
    kept = Compiled(folder_of(project_of(config)) / _FRAME) if not others_take_part(config, "env") else None
    env.bytecode_cache = kept
    env.filters["url"] = frame.way_to
    env.auto_reload = False  # a build has an environment of its own
    env.globals["gongbao_menus"] = {}  # kept for this build: see partials/nav.html
    env.globals |= {"gongbao_address": frame.address, "gongbao_entry": frame.entry}
    env.globals |= {"gongbao_with_search": Shown(config), "gongbao_search": words(_run.language)}
    env.globals["gongbao_not_found"] = [label(name, _run.language) for name in ("not-found", "not-found-lead")]
    return env
