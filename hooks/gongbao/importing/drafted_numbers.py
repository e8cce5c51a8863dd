"""The numbers of a report's items: which are figures, which are promises' targets, and which stay in the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..records.periods import Period
from ..records.vocabulary import Vocabulary
from .accounts import NumberPlace, NumberUse
from .documents import SourceText
from .doubts import Doubt, doubt
from .marks import Span
from .naming import latin
from .number_words import SourceNumber, numbers_of
from .own_reports import figures_of_own_table, is_figure_table, promises_of_own_table
from .promises import DraftPromise, promises_of
from .report_items import ReportItem
from .told_figures import UNKNOWN_LABEL, DraftFigure, figures_in_table, figures_of, told_key

_CELL_UNIT = re.compile(r"[（(](?P<unit>[^（()）]{1,6})[）)]")


@dataclass(slots=True)
class DraftedNumbers:
    """Finds figures and promises, and notes in ``places`` where every number went; ``general`` promises have none.

    ``due`` is the period in which its plans are due.
    """

    source: SourceText
    vocabulary: Vocabulary
    due: Period
    places: list[NumberPlace] = field(default_factory=list)
    general: int = 0
    _told: set[tuple[Decimal, str]] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The text of the source."""
        return self.source.text

    def tell(
        self, item: ReportItem, path: str, notes: list[Doubt]
    ) -> tuple[tuple[DraftFigure, ...], tuple[tuple[str, DraftPromise], ...]]:
        """Return the figures and promises of an item; its numbers are noted with where they went."""
        found = [(span, numbers_of(self.text, span)) for span in item.paragraphs]
        every = [number for _, numbers in found for number in numbers]
        if item.form == "front":  # what somebody wrote around a collection of reports
            self._note(every, (), "text", path)
            return (), ()
        if item.kind == "plan":
            promises, general = self._promises(item, every)
            self.general += general
            used = {promise.number.start for promise in promises if promise.number and promise.number.unit}
            self._note(every, used, "commitments", path)
            if not promises and not self.source.is_own:
                notes.append(doubt("plan-general"))
            ids: set[str] = set()
            named = []
            for promise in promises:
                ids.add(name := latin(promise.text, lambda slug: slug in ids, other="plan"))
                named.append((name, promise))
            return (), tuple(named)
        figures = [one for span, numbers in found for one in figures_of(self.text, span, numbers, self.vocabulary)]
        used = {number.start for one in figures for number in _within(one)}
        self._note(every, used, "figures", path)
        self._told |= {told_key(number) for one in figures for number in _within(one)}
        for table in item.tables:
            figures += self._of_table(table, path, notes)
        notes += [doubt("figure-no-unit", number=one.number.printed) for one in figures if not _has_unit(one)]
        notes += [doubt("figure-no-name", number=one.number.printed) for one in figures if one.label == UNKNOWN_LABEL]
        labelled = [part for one in figures for part in (one, *one.among) if not part.indicator]
        notes += [doubt("figure-name-cut", number=one.number.printed) for one in labelled if one.is_cut]
        return tuple(figures), ()

    def _promises(self, item: ReportItem, numbers: Sequence[SourceNumber]) -> tuple[list[DraftPromise], int]:
        """Return an item's promises; in a document of our own, they stand in its table and nowhere else."""
        if not self.source.is_own:
            return promises_of(self.text, item.paragraphs, numbers, self.due)
        return [one for table in item.tables for one in promises_of_own_table(self._rows(table))], 0

    def _rows(self, table: Sequence[Span]) -> list[list[str]]:
        return [self.text[slice(*row)].split("\t") for row in table]

    def _note(self, numbers: Sequence[SourceNumber], used: Collection[int], went: NumberUse, path: str) -> None:
        self.places += [NumberPlace(one, went if one.start in used else "text", path) for one in numbers]

    def _of_table(self, table: Sequence[Span], path: str, notes: list[Doubt]) -> list[DraftFigure]:
        """Return the figures of a table that the text does not tell already."""
        rows = self._rows(table)
        if self.source.is_own and is_figure_table(rows):
            return [*figures_of_own_table(rows)]
        units = [found["unit"] if (found := _CELL_UNIT.search(cell)) else "" for cell in rows[0]]
        cells: list[list[SourceNumber | None]] = []
        repeated = 0
        for row in table:
            line = list[SourceNumber | None]()
            for column, span in enumerate(cell_spans(self.text, row)):
                number = _only_number(self.text, span, units[column] if column < len(units) else "")
                if number and told_key(number) in self._told:
                    repeated += 1
                    self.places.append(NumberPlace(replace(number, reason="repeated"), "text", path))
                    number = replace(number, role="none")
                elif number and number.unit:
                    self.places.append(NumberPlace(number, "figures", path))
                elif number:
                    self.places.append(NumberPlace(replace(number, reason="unitless"), "text", path))
                    number = replace(number, role="none")
                line.append(number)
            cells.append(line)
        if repeated:
            notes.append(doubt("table-repeats", count=str(repeated)))
        kept = [figure for figure in figures_in_table(rows, cells, units) if figure.number.role != "none"]
        self._told |= {told_key(figure.number) for figure in kept}
        return kept


def cell_spans(text: str, row: Span) -> Iterator[Span]:
    """Yield the places of the cells of a table's row, between which are tabs."""
    at = row[0]
    for cell in text[slice(*row)].split("\t"):
        yield at, at + len(cell)
        at += len(cell) + 1


def _within(figure: DraftFigure) -> Iterator[SourceNumber]:
    yield figure.number
    yield from (part.number for part in figure.among)
    if figure.target:
        yield figure.target


def _has_unit(figure: DraftFigure) -> bool:
    return bool(figure.number.unit) or figure.number.role == "rank"


def _only_number(text: str, span: Span, unit: str) -> SourceNumber | None:
    """Return the number of a cell that holds a number and nothing else, or None."""
    cell = text[slice(*span)]
    found = numbers_of(text, span)
    if len(found) != 1 or found[0].reason not in ("", "unitless"):
        return None
    rest = cell.replace(text[found[0].start : found[0].end], "", 1).strip()
    if rest and found[0].reason:
        return None
    if found[0].reason:
        digits = re.sub(r"[,，\s]", "", found[0].printed)
        if not re.fullmatch(r"\d+(?:\.\d+)?", digits):
            return None
        return replace(found[0], value=Decimal(digits), unit=unit, role="value", reason="")
    return found[0]
