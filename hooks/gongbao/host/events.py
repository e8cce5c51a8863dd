"""MkDocs' events. Each hands over to one step of a `SiteBuild`; decided here is only what ends a build.

A build ends with an error before the site is touched. In a preview the site that stands is shown on, with the problems
above every page.
"""

from __future__ import annotations

import gc
import logging
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage

from ..building import CONTENT, Build, read, render_edited
from ..cache.store import folder_of, hold
from ..output import Output
from ..problems.catalogue import Language, label
from ..problems.problem import Problem, errors, in_order
from ..problems.terminal import Meter
from ..reading.content import ReadCache
from ..rendering.environment import TEMPLATES
from ..search.index import Indexing
from ..search.index_files import search_output
from ..site.folder import SiteFolder
from ..word.document_cache import FOLDER
from . import frame, handwritten, placeholder
from .hosted_page import HostedPage
from .notices import banner, say_once
from .preview import PreviewSearch, Stages, look_often, show_above
from .settings import project_of, put_straight, settings_problems
from .site_build import ASSETS, SiteBuild, read_project
from .trouble import count, line_of, problems_of, tell, warned

_COLLECT_AFTER = 200_000  # new objects between two collections
# Seconds for which a thread may keep Python when another wants it. Whoever looks at the watched files wants it back
# after each: with Python's own 5 ms that takes seconds while the search's index is made behind the page.
_GIVE_WAY_AFTER = 0.00005

log = get_plugin_logger("gongbao")


class Host:
    """What lasts from one event to the next, and in a preview from one build to the next."""

    def __init__(self) -> None:
        self.preview = False
        self.serving = False  # whether the server of a preview is there
        self.language: Language = "zh"
        self.problems: tuple[Problem, ...] = ()
        self.failure = ""  # in a preview, what else was wrong with the last build
        self.cached: ReadCache | None = None  # in a preview, what the last build has read
        self.building: SiteBuild | None = None
        self.shown: SiteBuild | None = None  # in a preview, the last one that was written
        self.site: SiteFolder | None = None
        self.search = PreviewSearch()
        self.held: IO[bytes] | None = None  # the cache, which two builds at once would take from each other

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is a preview. The garbage collector finds next to nothing, and costs a build a fifth."""
        del dirty
        self.preview = command == "serve"
        if self.preview:
            gc.set_threshold(_COLLECT_AFTER, 50, 100)
            sys.setswitchinterval(_GIVE_WAY_AFTER)
        else:
            gc.disable()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the project, and stop here if anything is wrong; else begin with the site."""
        if self.preview and not self.serving:
            return placeholder.make_plain(config)
        self._end()
        self.problems = ()
        put_straight(config)
        project = project_of(config)
        if twice := in_order(settings_problems(config, self.on_config)):
            self.language = read(project).vocabulary.language
            self._check(twice, config)
        frame.put_first(config)
        if not self.preview:
            self.held = hold(folder_of(project))
        progress = Meter() if not self.preview and log.isEnabledFor(logging.INFO) else None
        found = read_project(config, self.preview, self.cached, progress)
        self.cached = found.content.cache if self.preview else None
        self.language = config.theme["language"] = found.content.vocabulary.language
        if not found.edition:
            self._check(found.problems, config)
            raise Abort(count(found.problems, self.language))
        search = self.search.output() if self.preview else self._search(found)
        building = SiteBuild(config, found, found.edition, self._site(config), search, progress)
        self._check([*found.problems, *building.problems()], config)
        self._notice(found, config)
        self.building = building
        building.begin()
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add what MkDocs has to know of ours."""
        if not self.building:
            return placeholder.one_page(files, config)
        self.building.add_files(files)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Take back the pages that MkDocs needed for its menus only."""
        del config
        if self.building:
            self.building.take_pages(nav, files)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the frame's templates what they show."""
        if self.building:
            env = frame.dress(env, config, self.language)
            self.building.take_environment(env, files)
        return env

    def on_page_markdown(self, markdown: str, *, page: HostPage, config: MkDocsConfig, files: Files) -> str:
        """Give hand-written pages a head and the day of their last change, for which MkDocs would take the clock's."""
        del files
        if self.building and not isinstance(page, HostedPage):
            handwritten.introduce(page, markdown, config, self.building.edition.publishing)
        return markdown

    @event_priority(-100)  # after whatever other plugins and hooks do to the site
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the site, and put it in the place of the previous one."""
        if not self.building:
            return
        if said := warned():
            raise Abort(f"Aborted with {said} in strict mode!")
        self.search.stop()
        self.building.write(lambda: say_once("site-not-at-once", self.language))
        if self.preview:
            self.shown = self.building
            folder = folder_of(project_of(config)) / "search" / "preview"
            self.search.begin(self.shown.edition.archive, folder, self.shown.site)
        self._end()
        if not self.preview:
            gc.freeze()  # or Python looks through everything once more as it ends, which takes as long as a small build

    def on_build_error(self, *, error: Exception) -> None:
        """Tell what went wrong, where it is a fault of the site's files or of the disk."""
        project = self.building.build.project if self.building else Path()
        self._end()
        if found := problems_of(error, project):
            self.problems = in_order([*self.problems, *found])
            tell(found, self.language)
            raise Abort(count(self.problems, self.language))
        if said := line_of(error, self.language):
            raise Abort(said)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Build the first site. Watch the records and the templates too, and look more often than MkDocs does."""
        self.serving = True
        look_often(server, config, [project_of(config) / CONTENT, TEMPLATES, ASSETS, *frame.own_folders(config)])
        show_above(server, lambda: banner(self.problems, self.failure, self.language))
        Stages(server, self._show_edited, lambda: self._build(builder))
        self._build(builder)
        return server

    def on_shutdown(self) -> None:
        """End what is under way, also where MkDocs was interrupted."""
        self._end()
        if self.preview and self.site:
            self.search.stop()
            shutil.rmtree(self.site.next, ignore_errors=True)

    def _check(self, problems: Iterable[Problem], config: MkDocsConfig) -> None:
        """Tell problems. Raises Abort where they stop a build."""
        self.problems = in_order(problems)
        tell(self.problems, self.language)
        if errors(self.problems) or (config.strict and self.problems):
            raise Abort(count(self.problems, self.language))

    def _notice(self, found: Build, config: MkDocsConfig) -> None:
        """Say once what the site lacks because of where it is built."""
        publishing = found.edition.publishing if found.edition else None
        unpictured = publishing and publishing.site_url and not publishing.pictured
        no_url, no_font = "" if config.site_url else "no-site-url", "no-font" if unpictured else ""
        for name in filter(None, (found.options.history.missing, no_url, no_font)):
            say_once(name, self.language)
        if found.documents and found.documents.is_damaged:
            say_once("word-wrong", self.language, folder=FOLDER)
        if found.documents and found.documents.stale:
            say_once("word-stale", self.language, count=found.documents.stale)

    def _site(self, config: MkDocsConfig) -> SiteFolder:
        if self.preview:
            self.site = self.site or SiteFolder(Path(config.site_dir), Path(config.site_dir).with_suffix(".spare"))
            return self.site
        cache = folder_of(project_of(config))
        return SiteFolder(Path(config.site_dir), cache / "site-next", cache / "site")

    def _search(self, found: Build) -> Output:
        assert found.edition
        folder = folder_of(found.project) / "search" / "site"
        told = label("search-cache-discarded", self.language)
        return search_output(Indexing(found.edition.archive, folder), lambda: log.info(told))

    def _build(self, builder: Any) -> None:
        """Build in a preview: whatever is wrong, the last site is shown on."""
        self.failure = ""
        try:
            builder()
        except MkDocsException as error:
            log.error(str(error))
            self.failure = "" if self.problems else str(error)
        except Exception as error:
            log.exception("Gongbao")
            self.failure = repr(error)

    def _show_edited(self) -> bool:
        """Put the pages of edited records in their places before everything is built; tell whether there are any.

        Where a warning keeps a site back, all has to be built to know of any.
        """
        shown = self.shown
        self.search.stop()  # the last index would only take time from the page that its author waits for
        if not shown or not self.cached or shown.config.strict or self.failure or errors(self.problems):
            return False
        if any(frame.undecodable(shown.config)):
            return False
        pages = render_edited(shown.build.project, self.cached, shown.edition, shown.build.options)
        shown.put_in_place(pages)
        return bool(pages)

    def _end(self) -> None:
        """End a build and let others begin."""
        if self.building:
            self.building.end()
            self.building = None
        if self.held:
            self.held.close()
            self.held = None
