"""One command of MkDocs, a build or a preview, from its first step to its last.

A build ends with an error before the site is touched. In a preview the site that stands is shown on, with the problems
above every page.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import get_plugin_logger

from ..archive import addresses
from ..building import render_edited
from ..cache.store import folder_of, hold
from ..problems.catalogue import Language, label
from ..problems.problem import Problem, errors, in_order
from ..problems.terminal import Meter, never_fail_to_print
from ..problems.text_report import summary
from ..project import CONTENT, read
from ..reading.content import ReadCache
from ..rendering.template_files import TEMPLATES
from ..site.files import UMASK
from ..site.folder import SiteFolder
from . import frame
from .mkdocs_commands import first_page
from .notices import NOTICE, banner, notice_missing, say_once, told_to_editor
from .preview import PreviewSearch, Stages, answer_at, look_often, show_above
from .settings import plugin_at_fault, project_of, put_straight, settings_problems
from .site_build import ASSETS, SiteBuild, index_output, indexing, read_project
from .trouble import count, line_of, problems_of, tell, warned

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # slow to import, and only a preview needs it

_COLLECT_AFTER = 200_000  # new objects between two collections
# Seconds for which a thread may keep Python when another wants it. The thread that looks at the watched files wants it
# back after each: with Python's own 5 ms that takes seconds while the search's index is made behind the page.
_GIVE_WAY_AFTER = 0.00005

log = get_plugin_logger("gongbao")


class Run:
    """What lasts from step to step, and in a preview from build to build.

    ``has_placeholder`` tells that MkDocs builds what a preview shows before its first site is there.
    """

    def __init__(self, *, preview: bool) -> None:
        self.preview = self.has_placeholder = preview
        self.language: Language = "zh"
        self.problems: tuple[Problem, ...] = ()
        self.checked: tuple[Problem, ...] = ()  # what the last check found, while the next one is under way
        self.failure = ""  # what else was wrong with the last build of a preview
        self.cached: ReadCache | None = None  # what the last build of a preview has read
        self.shown: SiteBuild | None = None  # the last build of a preview that was written
        self._building: SiteBuild | None = None
        self._site: SiteFolder | None = None
        self._search = PreviewSearch()
        self._held: IO[bytes] | None = None  # the cache, which two builds at once would take from each other

    @property
    def site_build(self) -> SiteBuild:
        """The build that is under way."""
        assert self._building is not None, "MkDocs reads its settings first"
        return self._building

    def tune(self) -> None:
        """Set Python for much work in a short time: its garbage collector finds next to nothing, and costs a fifth.

        What is said must reach a terminal of any encoding.
        """
        never_fail_to_print()
        if self.preview:
            gc.set_threshold(_COLLECT_AFTER, 50, 100)
            sys.setswitchinterval(_GIVE_WAY_AFTER)
        else:
            gc.disable()

    def begin(self, config: MkDocsConfig, on_config: Callable[..., object]) -> None:
        """Read the project that settings belong to, and begin with its site. Raises Abort if anything is wrong.

        ``on_config`` is our own event, which may be called once only.
        """
        self._end()
        self.problems = ()
        os.umask(UMASK)  # a site is for everybody to read, whoever builds it
        put_straight(config)
        project = project_of(config)
        if twice := in_order(settings_problems(config, on_config)):
            self.language = read(project).vocabulary.language
            self._check(twice, config)
        frame.put_first(config)
        if not self.preview:
            self._held = hold(folder_of(project))
        progress = Meter() if not self.preview and log.isEnabledFor(logging.INFO) else None
        found = read_project(config, self.preview, self.cached, progress)
        self.cached = found.content.cache if self.preview else None
        self.language = config.theme["language"] = found.content.vocabulary.language
        if not found.edition:
            self._check(found.problems, config)
            raise Abort(count(found.problems, self.language))
        self._search.stop()
        search = self._search.output() if self.preview else index_output(found.edition, project)
        self._building = building = SiteBuild(config, found, found.edition, self._site_folder(config), search, progress)
        search.begin()  # beside all that follows
        self._check([*found.problems, *building.problems()], config)
        notice_missing(found, self.language)
        building.begin()

    def write(self) -> None:
        """Write the site and put it in the place of the previous one. Raises Abort where a strict build has warned."""
        if said := warned():
            raise Abort(f"Aborted with {said} in strict mode!")
        building = self.site_build
        building.write(lambda: say_once("site-not-at-once", self.language))
        self._end()
        if self.preview:
            self.shown = building
            archive, before = building.edition.archive, self._search.job
            job = indexing(archive, building.build.project, "preview", behind=True, before=before)
            self._search.begin(job, building.site)
        else:
            gc.freeze()  # or Python looks through everything once more as it ends, which takes as long as a small build

    def fail(self, error: Exception) -> None:
        """End a build that failed. Raises Abort, which tells how, where files, plugins or the disk are at fault."""
        building = self._building
        project = building.build.project if building else Path()
        self._end()
        if found := problems_of(error, project):
            self.problems = in_order([*self.problems, *found])
            tell(found, self.language)
            raise Abort(count(self.problems, self.language))
        if building and (plugin := plugin_at_fault(error.__traceback__, building.config)):
            log.debug("Gongbao", exc_info=error)
            raise Abort(label("plugin-failed", self.language, plugin=plugin, reason=str(error) or type(error).__name__))
        if said := line_of(error, self.language):
            raise Abort(said)

    def serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> None:
        """Build the first site of a preview. Watch records and templates too, and look more often than MkDocs does."""
        self.has_placeholder = False
        look_often(server, config, [project_of(config) / CONTENT, TEMPLATES, ASSETS, *frame.own_folders(config)])
        server.url = urljoin(server.url, first_page())
        answer_at(server, addresses.EDIT_PROBLEMS, lambda query: self._to_editor(project_of(config), query))
        show_above(server, lambda: banner(self.problems, self.failure, self.language))
        Stages(server, self._show_edited, lambda: self._rebuild(builder))
        self._rebuild(builder)

    def close(self) -> None:
        """End what is under way."""
        self._end()
        if self.preview and self._site:
            self._search.stop()
            shutil.rmtree(self._site.next, ignore_errors=True)

    def _check(self, problems: Iterable[Problem], config: MkDocsConfig) -> None:
        """Tell problems. Raises Abort where they stop a build."""
        self.problems = self.checked = in_order(problems)
        tell(self.problems, self.language)
        if errors(self.problems) or (config.strict and self.problems):
            raise Abort(count(self.problems, self.language))
        if self.problems and not self.preview:
            log.log(NOTICE, summary(self.problems, self.language))

    def _site_folder(self, config: MkDocsConfig) -> SiteFolder:
        place, cache = Path(config.site_dir), folder_of(project_of(config))
        if not self.preview:
            return SiteFolder(place, cache / "site-next", cache / "site")
        self._site = self._site or SiteFolder(place, cache / "preview-next")
        return self._site

    def _rebuild(self, builder: Callable[[], None]) -> None:
        """Build in a preview: whatever is wrong, the last site is shown on."""
        self.failure = ""
        try:
            builder()
        except MkDocsException as error:
            log.error(str(error))
            self.failure = "" if errors(self.problems) else str(error)
        except Exception as error:
            log.exception("Gongbao")
            self.failure = repr(error)

    def _to_editor(self, project: Path, query: str) -> str:
        """Return what the check says, for the editor. Right after a record is ``saved`` the project is read for it.

        A build would tell the same, but only once it has laid out the pages.
        """
        if query == "saved":
            self.checked = read(project, cached=self.cached).problems
        return told_to_editor(self.checked, self.failure, self.language)

    def _show_edited(self) -> bool:
        """Put the pages of edited records in their places before everything is built; tell whether there are any.

        Where a warning keeps a site back, all has to be built to know of any.
        """
        shown = self.shown
        self._search.stop()  # the last index would only take time from the page that its author waits for
        if not shown or not self.cached or shown.config.strict or self.failure or errors(self.problems):
            return False
        if any(frame.undecodable(shown.config)):
            return False
        pages = render_edited(shown.build.project, self.cached, shown.edition, shown.build.options)
        shown.put_in_place(pages)
        return bool(pages)

    def _end(self) -> None:
        """End a build and let others begin."""
        if self._building:
            self._building.end()
            self._building = None
        if self._held:
            self._held.close()
            self._held = None
