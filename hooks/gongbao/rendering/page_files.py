"""The pages as an output: one pass renders each page, puts it into its frame and writes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from ..output import Keys, Output, Put, file_name
from ..pages.page import Page
from ..parallel import Progress, as_done, progress_callback
from ..problems.problem import Problem
from ..publishing.feed_content import FeedContents
from .keys import digest_of
from .rendered import Rendered
from .renderer import Renderer, sound


@dataclass(frozen=True)
class Frame:
    """The frame of every page: ``around`` puts a page into it, and ``key`` is a digest of all that it depends on."""

    around: Callable[[Page, Rendered], str]
    key: bytes = b""


NO_FRAME = Frame(lambda _, rendered: rendered.html)


def page_output(
    pages: Iterable[Page],
    keys: Mapping[str, bytes],
    renderer: Renderer,
    frame: Frame,
    contents: FeedContents,
    progress: Progress | None,
) -> Output:
    """Return pages as an output.

    ``keys`` are the keys of the pages without their frame, by address. The same pass makes the contents of feeds that
    ``contents`` lacks. The output's ``make`` raises `Unbuildable`.
    """
    by_name = {file_name(page.address): page for page in pages}

    def file_keys() -> Keys:
        return {
            name: digest_of(keys[page.address], frame.key) if page.framed else keys[page.address]
            for name, page in by_name.items()
        }

    def make(due: Collection[str], put: Put) -> None:
        making = sorted((by_name[name] for name in due), key=_period)
        renderer.prepare(making)

        def task(page: Page) -> tuple[str, str] | Problem | None:
            rendered = renderer.render(page)
            if isinstance(rendered, Problem):
                return rendered
            html = frame.around(page, rendered) if page.framed else rendered.html
            put(file_name(page.address), html.encode("utf-8", errors="xmlcharrefreplace"))
            return contents.made_of(page.address, rendered.html) if contents.lacks(page.address) else None

        for _, content in sound(as_done(task, making, progress_callback("pages", making, progress), kin=_period)):
            if content:
                contents.take(*content)

    return Output(file_keys, make)


def _period(page: Page) -> str:
    """Return the period of a page's first record. Nearly all pages that show a text are of its period."""
    return page.records[0].period.id if page.records else ""
