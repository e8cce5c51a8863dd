"""The search beside the host's build: its index in a process of its own, its box in the theme's header."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from ..archive import Archive
from ..search_index import Indexing, SearchFailed, begin, finish, place
from ..wording import Language, label

CACHE = ".cache/search"
_SHOWN = ("search-box", "search-clear", "search-failed", "search-filters", "search-open", "search-page")


class Search:
    """The index of the build under way; in the preview also the last one that was made."""

    def __init__(self) -> None:
        self.job: Indexing | None = None
        self.last: Indexing | None = None
        self.behind: Thread | None = None

    def begin(self, archive: Archive, project: Path, *, preview: bool) -> None:
        """Begin with the index of an archive; one that is still being made for an earlier state is given up."""
        if self.behind and self.job and self.job.process:
            self.job.process.kill()
            self.behind.join()
        self.job = begin(archive, project / CACHE / ("preview" if preview else "site"))

    def finish(self, site: Path, language: Language, say: Callable[[str], None]) -> None:
        """Wait for the index and put it into the site."""
        if self.job is None:
            return
        try:
            if finish(self.job, site):
                say(label("search-cache-discarded", language))
        except SearchFailed as error:
            raise Abort(label("search-not-made", language, reason=error)) from None

    def finish_behind(self, site: Path) -> None:
        """Show the last index until the new one is there; in the preview nobody waits for it."""
        job, last = self.job, self.last
        if job is None:
            return
        if last:
            place(last, site)

        def wait() -> None:
            try:
                finish(job, site)
            except SearchFailed:
                return  # given up for a newer one
            self.last = job

        self.behind = Thread(target=wait, daemon=True)
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
