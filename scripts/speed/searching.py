"""The cost of a reader's search: fetched bytes and seconds, for the first query of a visit and for later ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, Error

from gongbao.search.mirror import searched_texts
from gongbao.search.words import words_of

from .browsing import browser
from .corpus import published
from .measuring import Failed
from .serving import served

VISITS, QUERIES = 30, 6  # visits of the site, and queries in each
LONGEST = 10  # letters of a query
_TOUCH = "document.querySelector('[data-gb-search] input').focus()"
# Type a query at once, as an input method for Chinese does, and wait for the list. A response counts as `transferSize`
# of Resource Timing (W3C) has it: the bytes of its compressed content, and 300 bytes for its header.
_ASK = """query => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`the search never answered ${query}`)), 60000)
    const place = document.querySelector("[data-gb-search]")
    const input = place.querySelector("input"), list = place.querySelector("ol")
    const watch = new MutationObserver(() => {
        if (list.dataset.total === undefined || input.value !== query) return
        const seconds = (performance.now() - start) / 1000
        watch.disconnect()
        setTimeout(() => {
            const bytes = performance.getEntriesByType("resource").reduce((sum, one) => sum + one.transferSize, 0)
            performance.clearResourceTimings()
            resolve([bytes, seconds])
        }, 50)
    })
    delete list.dataset.total
    watch.observe(list, { attributes: true })
    input.value = query
    const start = performance.now()
    input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: query }))
})"""


@dataclass(frozen=True)
class Asked:
    """The cost of one query: fetched bytes, and seconds from its last letter until the list of results."""

    fetched: float
    waited: float


@dataclass(frozen=True)
class Searched:
    """The costs of queries: each visit's first one, which fetches all that the search needs, and the later ones."""

    first: Sequence[Asked]
    later: Sequence[Asked]

    @property
    def rows(self) -> Iterator[tuple[str, Sequence[Asked]]]:
        yield "第一次", self.first
        yield "以后各次", self.later


def largest(values: Iterable[float]) -> float:
    """Return the 95th percentile: at most one value in twenty is larger."""
    ordered = sorted(values)
    return ordered[(len(ordered) * 19 + 19) // 20 - 1]


def search_costs(folder: Path, visits: int = VISITS) -> Searched:
    """Visit the built site of a corpus ``visits`` times, each time with an empty cache, and search. Raises Failed."""
    drawn = queries(folder)
    with browser() as running, served(folder / "site", packed=True) as address:
        each = [_visit(running, address, [next(drawn) for _ in range(QUERIES)]) for _ in range(visits)]
    return Searched([first for first, *_ in each], [one for _, *later in each for one in later])


def _visit(running: Browser, address: str, asked: Sequence[str]) -> list[Asked]:
    """Open the first page, touch the box, and ask at once. Raises Failed if no answer comes."""
    with running.new_context() as context:
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        page.evaluate("performance.clearResourceTimings()")
        page.evaluate(_TOUCH)
        try:
            return [Asked(*page.evaluate(_ASK, query)) for query in asked]
        except Error as error:
            raise Failed(str(error)) from error


def queries(folder: Path) -> Iterator[str]:
    """Yield pieces of one to ten letters from the records' texts, always the same for the same corpus, without end."""
    archive = published(folder)
    every = [text for one in archive.records for text in searched_texts(one, archive.vocabulary) if text]
    draw, drawn = Random(11), {""}
    while True:
        text, length = draw.choice(every), draw.randint(1, LONGEST)
        at = draw.randrange(max(1, len(text) - length + 1))
        piece = text[at : at + length]
        if words_of(piece) and '"' not in piece and piece not in drawn:
            drawn.add(piece)
            yield piece
