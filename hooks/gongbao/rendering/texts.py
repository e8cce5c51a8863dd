"""The records' texts as HTML, each rendered once and then fitted into the pages that carry it."""

from __future__ import annotations

from markupsafe import Markup

from ..archive import addresses
from ..archive.filing import Archive
from ..archive.link_targets import PublishedTargets
from ..problems.problem import Mark, Problem
from ..records.record import Record
from ..text import prose
from ..text.fills import filled


def has_links(text: str) -> bool:
    """Whether a text may have links. The HTML of a link depends on its target."""
    return "](" in text or "]:" in text or "][" in text or "<" in text


class Unrenderable(Exception):
    """A record's text can't be rendered; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


class Texts:
    """The records' texts, each rendered once. Links start at the site's root until a text is put on a page."""

    def __init__(self, archive: Archive) -> None:
        self.vocabulary = archive.vocabulary
        self.targets = PublishedTargets(archive)
        self._present = {record.digest for record in (*archive.records, *archive.withdrawn)}
        self._rendered: dict[bytes, str] = {}

    def of(self, record: Record) -> str:
        """Return a record's text as HTML. Raises Unrenderable."""
        if record.digest not in self._rendered:
            self._rendered[record.digest] = self._render(record)
        return self._rendered[record.digest]

    def _render(self, record: Record) -> str:
        start, is_old = record.content_path, record.digest not in self._present

        def resolve(link: str) -> str | None:
            target = self.targets.of(start, link)
            return "" if target is None and is_old else target  # what an old text links to may be gone

        try:
            return prose.render(filled(record, self.vocabulary), resolve)
        except RecursionError:
            raise Unrenderable(Problem(record.path, Mark(record.text_line), "text.nested")) from None

    def on_page(self, record: Record, address: str) -> Markup:
        """Return a text for the record's own page, or a page like it. Raises Unrenderable."""
        return Markup(prose.rebase(self.of(record), addresses.relative(address, addresses.HOME)))

    def within_page(self, record: Record, address: str, below: int) -> Markup:
        """Return a text for a page of several records, below a heading of this level. Raises Unrenderable."""
        return Markup(prose.embed(self.on_page(record, address), f"{record.slug}.", below - 1))
