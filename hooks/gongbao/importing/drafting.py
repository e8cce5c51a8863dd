"""The drafts of one report: what each item tells, and where every stretch and number of it went."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..parallel import Progress
from ..records.fields import RESERVED_SLUGS
from ..records.vocabulary import Vocabulary
from .accounts import NumberPlace, PlacedSpan
from .documents import SourcePicture, SourceText
from .doubts import Doubt, doubt
from .marks import Span
from .naming import is_taken, latin, title_of, topics_of
from .number_words import SourceNumber, numbers_of
from .promises import DraftPromise, promises_of
from .record_files import ORIGIN, RecordDraft, source_value
from .report_items import ReportItem, items_of
from .report_nodes import ReportTree
from .told_figures import UNKNOWN_LABEL, DraftFigure, figures_in_table, figures_of, told_key
from .whose import Whose

_IMPORTED = re.compile(rf"^{ORIGIN} .* · (?P<digest>[0-9a-f]{{12}})$", re.MULTILINE)
_SOURCE = re.compile(r"^来源:\n  标题: (?P<title>.*)\n(?:  章节: (?P<place>.*)\n)?", re.MULTILINE)
_CELL_UNIT = re.compile(r"[（(](?P<unit>[^（()）]{1,6})[）)]")
_JOINT = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")


@dataclass(slots=True)
class TakenNames:
    """The paths and slugs that are taken, and what was imported before, by digest and by place in a source."""

    paths: set[str]
    digests: Mapping[str, str]
    places: Mapping[tuple[str, str], str]
    units: dict[str, str] = field(default_factory=dict)  # slug by name, of units that the word list lacks

    @classmethod
    def of(cls, existing: Mapping[str, str]) -> TakenNames:
        digests = {found["digest"]: path for path, text in existing.items() if (found := _IMPORTED.search(text))}
        places = {
            (found["title"], found["place"] or '""'): path
            for path, text in existing.items()
            if (found := _SOURCE.search(text))
        }
        return cls({path.casefold() for path in existing}, digests, places)

    def earlier(self, draft: RecordDraft) -> str:
        """Return the file of the same place in the same source, or an empty text."""
        key = (source_value(draft.source["title"]), source_value(draft.source.get("section", "")))
        return self.places.get(key, "")

    def of_source(self, title: str) -> set[str]:
        """Return the files that were made of a source, by its title."""
        of_it = {path for (known, _), path in self.places.items() if known == source_value(title)}
        return of_it & {*self.digests.values()}


@dataclass(slots=True)
class Drafting:
    """Makes the drafts of one report, and notes where every stretch and number of it went."""

    source: SourceText
    vocabulary: Vocabulary
    names: TakenNames
    tree: ReportTree
    whose: Whose
    pictures: Sequence[SourcePicture]
    progress: Progress | None
    drafts: list[RecordDraft] = field(default_factory=list)
    placed: list[PlacedSpan] = field(default_factory=list)
    numbers: list[NumberPlace] = field(default_factory=list)
    told: set[tuple[Decimal, str]] = field(default_factory=set)
    digests: set[str] = field(default_factory=set)
    general: int = 0

    def draft_all(self) -> None:
        items = items_of(self.tree, self.source, self.whose)
        unit = self.whose.unit or self._new_unit()
        starts = [_start(item) for item in items]
        for at, item in enumerate(items):
            if self.progress:
                self.progress("import-files", len(self.source.text), starts[at])
            begin = starts[at] if at else 0
            end = starts[at + 1] if at + 1 < len(items) else len(self.source.text) + 1
            here = tuple(one for one in self.pictures if begin <= one.at < end)
            self._draft(item, unit, here, last=item is items[-1])
        self._mark_instalments()
        if self.drafts:
            self.placed += [PlacedSpan(span, self.drafts[0].path) for span in self.tree.titles]
            self.placed += [PlacedSpan(span, self.drafts[-1].path) for span in self.tree.signature]

    def _new_unit(self) -> str:
        name = self.whose.name
        if name not in self.names.units:
            taken = {unit.slug for unit in self.vocabulary.units} | set(self.names.units.values()) | set(RESERVED_SLUGS)
            self.names.units[name] = latin(name, lambda slug: slug in taken, words=4, other="unit")
        return self.names.units[name]

    def _draft(self, item: ReportItem, unit: str, pictures: tuple[SourcePicture, ...], *, last: bool) -> None:
        text = self.source.text
        paragraphs = tuple(self._words(span) for span in item.paragraphs)
        rows = tuple(tuple(tuple(text[slice(*row)].split("\t")) for row in table) for table in item.tables)
        title, doubts = title_of(item.heading, " ".join(_without_greetings(paragraphs)) or " ".join(rows[0][0]))
        notes = [*item.doubts, *doubts]
        topic = ""
        if item.kind != "overview":
            topic, doubts = topics_of((*item.above, item.heading), title, " ".join(paragraphs), self.vocabulary)
            notes += doubts
        digest = self._digest(unit, paragraphs, rows)
        path = self.names.digests.get(digest) or self._path(title, beside=bool(pictures))
        notes += [doubt("picture-words")] if pictures else []
        figures, promises = self._tell(item, path, notes)
        if item.order == 1:
            notes += self.whose.doubts
        origin = f"{self.source.name} {self._line(item)}"
        self.drafts.append(
            RecordDraft(
                path,
                digest,
                origin,
                title,
                unit,
                item.kind,
                topic,
                item.order,
                self.whose.signed if item.kind in ("plan", "overview") and self._signs_well() else "",
                self._evidence(),
                self._source(item, last=last),
                figures,
                promises,
                frozenset(),
                paragraphs,
                rows,
                pictures,
                tuple(notes),
            )
        )
        self.placed += [PlacedSpan(span, path) for span in (*item.paragraphs, *self._cells(item), *item.heads)]

    def _cells(self, item: ReportItem) -> Iterator[Span]:
        for start, end in (row for table in item.tables for row in table):
            at = start
            for cell in self.source.text[start:end].split("\t"):
                yield at, at + len(cell)
                at += len(cell) + 1

    def _digest(self, unit: str, paragraphs: Sequence[str], rows: object) -> str:
        said = re.sub(r"\s", "", f"{self.whose.period.id}{unit}{paragraphs}{rows}")
        count = 0
        while (digest := hashlib.sha256(f"{said}{count}".encode()).hexdigest()[:12]) in self.digests:
            count += 1
        self.digests.add(digest)
        return digest

    def _path(self, title: str, *, beside: bool) -> str:
        """Return the path of a new draft; one with files beside it has a folder."""
        folder = self.whose.period.folder
        slug = latin(title, lambda slug: is_taken(folder, slug, self.names.paths))
        path = f"{folder}/{slug}{'/index' if beside else ''}.md"
        self.names.paths.add(path.casefold())
        return path

    def _line(self, item: ReportItem) -> int:
        first = min((span[0] for span in (*item.paragraphs, *(row for rows in item.tables for row in rows))), default=0)
        return bisect_right(self.source.lines, first, key=lambda line: line.start)

    def _signs_well(self) -> bool:
        """Whether the date of signing is one that a record of the period may have: up to two months after it."""
        period, signed = self.whose.period, self.whose.signed
        if period.year is None or len(signed) < 7:
            return False
        first, last = (period.year * 12 + month for month in period.months)
        return first <= int(signed[:4]) * 12 + int(signed[5:7]) <= last + 2

    def _evidence(self) -> tuple[Doubt, ...]:
        return self.whose.evidence if self.whose.period.year is None else ()

    def _words(self, span: Span) -> str:
        """Return a stretch of the source in one line."""
        return " ".join(_JOINT.sub("", self.source.text[slice(*span)]).split("\n")).strip()

    def _source(self, item: ReportItem, *, last: bool) -> Mapping[str, str]:
        title = "".join(self._words(span) for span in self.tree.titles)
        signed = " ".join(self._words(span) for span in self.tree.signature) if last else ""
        named = {"title": title or self.source.name, "section": item.place}
        return {name: words for name, words in {**named, "note": signed}.items() if words}

    def _tell(
        self, item: ReportItem, path: str, notes: list[Doubt]
    ) -> tuple[tuple[DraftFigure, ...], tuple[tuple[str, DraftPromise], ...]]:
        """Return the figures and promises of an item; its numbers are noted with where they went."""
        text = self.source.text
        found = [(span, numbers_of(text, span)) for span in item.paragraphs]
        every = [number for _, numbers in found for number in numbers]
        if item.form == "front":  # what somebody wrote around a collection of reports
            self._note(every, (), "text", path)
            return (), ()
        if item.kind == "plan":
            promises, general = promises_of(text, item.paragraphs, every, self.whose.due)
            self.general += general
            used = {promise.number.start for promise in promises if promise.number and promise.number.unit}
            self._note(every, used, "commitments", path)
            if not promises:
                notes.append(doubt("plan-general"))
            ids: set[str] = set()
            named = []
            for promise in promises:
                ids.add(name := latin(promise.text, lambda slug: slug in ids, other="plan"))
                named.append((name, promise))
            return (), tuple(named)
        figures = [one for span, numbers in found for one in figures_of(text, span, numbers, self.vocabulary)]
        used = {number.start for one in figures for number in _within(one)}
        self._note(every, used, "figures", path)
        self.told |= {told_key(number) for one in figures for number in _within(one)}
        for table in item.tables:
            figures += self._of_table(table, path, notes)
        notes += [doubt("figure-no-unit", number=one.number.printed) for one in figures if not _has_unit(one)]
        notes += [doubt("figure-no-name", number=one.number.printed) for one in figures if one.label == UNKNOWN_LABEL]
        return tuple(figures), ()

    def _note(self, numbers: Sequence[SourceNumber], used: Collection[int], went: str, path: str) -> None:
        self.numbers += [
            NumberPlace(one, went if one.start in used else "text", path)  # type: ignore[arg-type]
            for one in numbers
        ]

    def _of_table(self, table: Sequence[Span], path: str, notes: list[Doubt]) -> list[DraftFigure]:
        """Return the figures of a table that the text does not tell already."""
        text = self.source.text
        rows = [text[slice(*row)].split("\t") for row in table]
        units = [found["unit"] if (found := _CELL_UNIT.search(cell)) else "" for cell in rows[0]]
        cells: list[list[SourceNumber | None]] = []
        repeated = 0
        for (start, _), row in zip(table, rows, strict=True):
            at, line = start, list[SourceNumber | None]()
            for column, cell in enumerate(row):
                number = _only_number(text, (at, at + len(cell)), units[column] if column < len(units) else "")
                if number and told_key(number) in self.told:
                    repeated += 1
                    self.numbers.append(NumberPlace(replace(number, reason="repeated"), "text", path))
                    number = replace(number, role="none")
                elif number and number.unit:
                    self.numbers.append(NumberPlace(number, "figures", path))
                elif number:
                    self.numbers.append(NumberPlace(replace(number, reason="unitless"), "text", path))
                    number = replace(number, role="none")
                line.append(number)
                at += len(cell) + 1
            cells.append(line)
        if repeated:
            notes.append(doubt("table-repeats", count=str(repeated)))
        kept = [figure for figure in figures_in_table(rows, cells, units) if figure.number.role != "none"]
        self.told |= {told_key(figure.number) for figure in kept}
        return kept

    def _mark_instalments(self) -> None:
        """Mark the figures of one indicator in several items as payments that add up, with a note."""
        counts: dict[str, int] = {}
        for draft in self.drafts:
            for figure in draft.figures:
                counts[figure.indicator] = counts.get(figure.indicator, 0) + 1
        several = frozenset(
            one.slug
            for one in self.vocabulary.indicators
            if counts.get(one.slug, 0) > 1 and one.basis == "period" and one.aggregate == "sum"
        )
        for at, draft in enumerate(self.drafts):
            if shared := sorted({figure.indicator for figure in draft.figures} & several):
                names = "、".join(self.vocabulary.indicators[slug].title.text("zh") for slug in shared)
                note = doubt("figure-instalments", names=names)
                self.drafts[at] = replace(draft, instalments=several, notes=(*draft.notes, note))


def _start(item: ReportItem) -> int:
    """Return the place in the text at which an item begins: its own heading, or its first paragraph."""
    own = [*item.heads[-1:], *item.paragraphs, *(row for table in item.tables for row in table)]
    return min(start for start, _ in own)


def _without_greetings(paragraphs: Sequence[str]) -> Sequence[str]:
    """Return paragraphs without those that only lead to others (县总工会： 现将情况报告如下：), if others are left."""
    return [text for text in paragraphs if not text.endswith(("：", ":"))] or paragraphs


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
