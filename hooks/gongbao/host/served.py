"""The preview as it is sent to the browser: with the problems above a page while something is wrong, in two stages.

A page that was edited is shown as soon as it is there, while the rest of the site is still being built. MkDocs holds
back every request from the first change to the end of a build, and has no event or setting for less: `Stages` is the
one place that moves the numbers by which it does so, and `look_by` the one that asks what is watched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

_PLACE = b'<div data-md-component="announce">'  # in the theme's frame

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


def look_by(server: LiveReloadServer, observer: PollingObserver) -> None:
    """Have a server that has not begun yet look at all that it watches by another observer."""
    watched = [path for path, times in server._watched_paths.items() for _ in range(times)]
    for path in watched:
        server.unwatch(path)
    server.observer = observer
    for path in watched:
        server.watch(path)


def show_above(server: LiveReloadServer, banner: Callable[[], str]) -> None:
    """Have a server put what ``banner`` returns on every page that it sends."""
    server.set_app(_with(server.get_app(), banner))


class Stages:
    """A server's builds in two stages: ``first`` puts what it can in place and tells whether it did, then all is built.

    Raises AttributeError for a server that does not hold back requests as MkDocs' does.
    """

    def __init__(self, server: LiveReloadServer, first: Callable[[], bool]) -> None:
        self._server, self._first, self._build = server, first, server.builder
        _ = server._epoch_cond, server._visible_epoch, server._wanted_epoch  # all there, or fail here
        server.builder = self._in_stages

    def _in_stages(self) -> None:
        if self._first():
            with self._server._epoch_cond:
                self._server._visible_epoch = self._server._wanted_epoch
                self._server._epoch_cond.notify_all()
        self._build()

    def hold(self) -> None:
        """Hold back requests from now until the build is done: the site is being replaced."""
        with self._server._epoch_cond:
            if self._server._visible_epoch == self._server._wanted_epoch:
                self._server._wanted_epoch += 1


def _with(application: Any, banner: Callable[[], str]) -> Application:
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

    return answer
