"""The search beside the host's build: its index in a process of its own, its box in the theme's header."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from ..archive.filing import Archive
from ..cache.store import folder_of
from ..problems.catalogue import Language, label
from ..search.index import Indexing, SearchFailed
from ..search.index_files import install_index

_CACHE = "search"
_SHOWN = ("search-box", "search-clear", "search-failed", "search-filters", "search-open", "search-page", "search-wait")


class Search:
    """The index of a build, made beside it; in the preview, made behind it."""

    def __init__(self) -> None:
        self.job: Indexing | None = None
        self.discarded = False
        self.behind: Thread | None = None
        self.made: Indexing | None = None

    def begin(self, archive: Archive, project: Path) -> None:
        """Begin with the index of an archive, while its pages are made."""
        folder = folder_of(project) / _CACHE / "site"
        self.job = Indexing(archive, folder)
        self.discarded = False
        try:
            self.job.begin()
        except OSError:  # what lies there is none of ours: once more, with nothing there
            self.discarded = True
            shutil.rmtree(folder, ignore_errors=True)
            try:
                self.job.begin()
            except OSError as error:
                raise Abort(label("search-not-made", archive.vocabulary.language, reason=error)) from None

    def stop(self) -> None:
        """Give up what is under way: it was for an earlier state, or the build has come to nothing."""
        if self.job:
            self.job.stop()

    def wait(self, language: Language, say: Callable[[str], None]) -> None:
        """Wait for the index."""
        if self.job is None:
            return
        try:
            self.discarded |= self.job.finish()
        except SearchFailed as error:
            raise Abort(label("search-not-made", language, reason=error)) from None
        self.made = self.job
        if self.discarded:
            say(label("search-cache-discarded", language))

    def place(self, site: Path) -> None:
        """Put the index that was made last into the site."""
        if self.made:
            install_index(self.made, site)

    def finish_behind(self, archive: Archive, project: Path, site: Path) -> None:
        """Show the last index until the new one is there; in the preview nobody waits for it."""
        self.stop()
        if self.behind:
            self.behind.join()
        self.place(site)
        self.job = job = Indexing(archive, folder_of(project) / _CACHE / "preview", behind=True)

        def make() -> None:
            try:
                job.begin()
                job.finish()
                install_index(job, site)
            except (SearchFailed, OSError):
                return  # given up for a newer one, or the preview has ended
            self.made = job

        self.behind = Thread(target=make, daemon=True)
        self.behind.start()


class Shown:
    """The settings as the theme's header reads them: with its search switched on, whose place ours takes."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self.plugins = {**config.plugins, "material/search": SimpleNamespace(config=SimpleNamespace(enabled=True))}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._config, name)


def words(language: Language) -> dict[str, str]:
    """Return what the box in the header says."""
    return {name: label(name, language) for name in _SHOWN}
