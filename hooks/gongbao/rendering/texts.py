"""The records' texts as HTML, each rendered once and then fitted into the pages that carry it."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ..archive import addresses
from ..archive.filing import Archive
from ..problems.problem import Mark, Problem
from ..records.record import RECORD_ENDINGS, Record
from ..text import prose
from ..text.fills import filled


def has_links(text: str) -> bool:
    """Whether a text may have links, of which what they lead to decides what becomes of them."""
    return "](" in text or "]:" in text or "][" in text or "<" in text


class Unrenderable(Exception):
    """A record whose text can't be rendered, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


class Texts:
    """The records' texts, each rendered once, with links from the site's root until they are put on a page."""

    def __init__(self, archive: Archive) -> None:
        self.vocabulary = archive.vocabulary
        every = (*archive.records, *archive.withdrawn)
        self.targets = {record.content_path: f"/{addresses.record(record)}" for record in every}
        for record in archive.records:
            self.targets |= {path: f"/{addresses.attachment(record, path)}" for path in record.attachments}
        self._rendered: dict[str, str] = {}

    def of(self, record: Record) -> str:
        """Return a text as HTML.

        Raises Unrenderable.
        """
        if record.id not in self._rendered:
            self._rendered[record.id] = self._render(record)
        return self._rendered[record.id]

    def _render(self, record: Record) -> str:
        start = record.content_path
        try:
            return prose.render(filled(record, self.vocabulary), lambda link: self.target_of(start, link))
        except RecursionError:
            raise Unrenderable(Problem(record.path, Mark(record.text_line), "text.nested")) from None

    def as_far_as_possible(self, record: Record) -> tuple[str, str] | Problem:
        """Return a record's id and text, for `take`; or why it can't be rendered."""
        try:
            return record.id, self._render(record)
        except Unrenderable as error:
            return error.problem

    def take(self, rendered: Iterable[tuple[int, tuple[str, str]]]) -> None:
        """Take over texts, numbered somehow, that were rendered elsewhere, for all processes that are forked later."""
        self._rendered |= dict(text for _, text in rendered)

    def target_of(self, start: str, link: str) -> str | None:
        """Return where a link in the file ``start`` leads; one to a record that nobody may see is taken away."""
        target = addresses.link_target(start, link)
        return self.targets.get(target, "" if target.endswith(RECORD_ENDINGS) else None)

    def on_page(self, record: Record, address: str) -> Markup:
        """Return a text for the record's own page, or one like it."""
        return Markup(prose.rebase(self.of(record), addresses.relative(address, addresses.HOME)))

    def within_page(self, record: Record, address: str, below: int) -> Markup:
        """Return a text for a page that holds several records, where it stands below a heading of this level."""
        return Markup(prose.embed(self.on_page(record, address), f"{record.slug}.", below - 1))
