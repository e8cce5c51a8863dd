"""The preview as it is sent to the browser, and its search, which nobody waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread, Timer
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig

from ..output import Output
from ..search.index import Indexing, SearchFailed
from ..search.index_files import finished_output, index_files, tidy
from ..site.folder import SiteFolder

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # slow to import, and only a preview needs it

_PLACE = b'<div data-md-component="announce">'  # in the theme's frame
_LOOK_EVERY = 0.2  # seconds between two looks at the watched files; MkDocs' half a second is felt
_SETTLED_AFTER = 0.05  # seconds without a further change, and the build begins
_SHOWN_FOR = 0.3  # seconds in which the browser loads an edited page, before the whole site is built

StartResponse = Callable[..., Any]


def look_often(server: LiveReloadServer, config: MkDocsConfig, folders: Iterable[Path]) -> None:
    """Have a server that has not begun yet watch more folders, and look at all that it watches more often."""
    from watchdog.observers.polling import PollingObserver  # only a preview needs it

    server.build_delay = _SETTLED_AFTER
    watched: list[Any] = [config.docs_dir, config.config_file_path, *config.theme.dirs]
    again: list[str] = []
    for path in watched:
        with suppress(KeyError):  # not watched
            server.unwatch(path)
            again.append(path)
    server.observer = PollingObserver(timeout=_LOOK_EVERY)
    for path in (*again, *folders):
        server.watch(str(path))


class Stages:
    """A server's builds, in which an edited page is shown before the whole site is built.

    The server announces what is new when a build returns. So a first build puts the edited page in its place and soon
    changes a file of ours that is watched too. That makes the server build again, and then everything is built.
    """

    def __init__(self, server: LiveReloadServer, show_edited: Callable[[], bool], build: Callable[[], None]) -> None:
        self._show_edited, self._build = show_edited, build
        self._folder = TemporaryDirectory(prefix="gongbao-")
        self._pages_only = False
        server.watch(self._folder.name)
        server.builder = self._in_stages

    def _in_stages(self) -> None:
        self._pages_only = not self._pages_only and self._show_edited()
        if self._pages_only:
            Timer(_SHOWN_FOR, self._build_again).start()
        else:
            self._build()

    def _build_again(self) -> None:
        with suppress(OSError):  # the preview has ended
            (Path(self._folder.name) / "edited").write_text("", encoding="utf-8")


class PreviewSearch:
    """The search's index of a preview: the last one stays until the new one is made behind it."""

    def __init__(self) -> None:
        self.job: Indexing | None = None  # the newest, finished or not
        self._last: Indexing | None = None
        self._behind: Thread | None = None

    def output(self) -> Output:
        """Return the last index as an output."""
        return finished_output(self._last) if self._last else Output.nothing()

    def begin(self, job: Indexing, site: SiteFolder) -> None:
        """Make an index, and put it into a site when it is there."""
        self.job = job

        def make() -> None:
            with suppress(SearchFailed, OSError):  # given up for a newer one, or the preview has ended
                job.begin()
                job.finish()
                for name, content in index_files(job).items():
                    site.replace(name, content)
                self._last = job
                tidy(job)

        self._behind = Thread(target=make, daemon=True)
        self._behind.start()

    def stop(self) -> None:
        """Give up what is under way: it was for an earlier state."""
        if self.job and self._behind:
            self.job.stop()
            self._behind.join()


def answer_at(server: LiveReloadServer, address: str, text: Callable[[str], str]) -> None:
    """Have a server answer with what ``text`` returns for a query, which is JSON, at an address of the site."""
    application: Any = server.get_app()

    def answer(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].endswith(f"/{address}"):
            found: Iterable[bytes] = application(environ, start_response)
            return found
        start_response("200 OK", [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
        return [text(environ.get("QUERY_STRING", "")).encode()]

    server.set_app(answer)


def show_above(server: LiveReloadServer, banner: Callable[[], str]) -> None:
    """Have a server put what ``banner`` returns on every page that it sends."""
    application: Any = server.get_app()

    def answer(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        told: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            told.extend((status, headers, *more))

        result = application(environ, start)
        status, headers, *more = told
        if not dict(headers).get("Content-Type", "").startswith("text/html") or not (shown := banner()):
            start_response(status, headers, *more)
            return list(result) if isinstance(result, list) else result
        page = b"".join(result)
        place = _PLACE if _PLACE in page else b"<body>"
        page = page.replace(place, place + shown.encode(), 1)
        kept = [(name, value) for name, value in headers if name != "Content-Length"]
        start_response(status, [*kept, ("Content-Length", str(len(page)))], *more)
        return [page]

    server.set_app(answer)
