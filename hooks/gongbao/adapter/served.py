"""The preview's pages as they are sent to the browser: with the problems above them while something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from mkdocs.livereload import LiveReloadServer

_PLACE = b'<div data-md-component="announce">'  # in the theme's frame

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


def show_above(server: LiveReloadServer, banner: Callable[[], str]) -> None:
    """Have a server put what ``banner`` returns on every page that it sends."""
    server.set_app(_with(server.get_app(), banner))


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
