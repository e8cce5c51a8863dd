"""The drafts of one report: what each item tells, and where every stretch and number of it went."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..parallel import Progress
from ..records.fields import RESERVED_SLUGS
from ..records.vocabulary import Vocabulary
from .accounts import PlacedSpan
from .documents import SourcePicture, SourceText
from .doubts import doubt
from .drafted_numbers import DraftedNumbers, cell_spans
from .marks import Span
from .naming import is_taken, latin, title_of, topics_of
from .own_reports import OWN_FORM
from .record_files import RecordDraft
from .report_items import ReportItem, items_of
from .report_nodes import ReportTree
from .taken_names import TakenNames
from .whose import Whose

_JOINT = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")


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
    digests: set[str] = field(default_factory=set)
    numbers: DraftedNumbers = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = DraftedNumbers(self.source, self.vocabulary, self.whose.due)

    def draft_all(self) -> None:
        """Draft every item of the report, and mark what they tell together."""
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
        is_own = item.form == OWN_FORM and item.heading
        title, doubts = (
            (item.heading, ())  # the title of a record, whatever its signs
            if is_own
            else title_of(item.heading, " ".join(_without_greetings(paragraphs)) or " ".join(rows[0][0]))
        )
        notes = [*item.doubts, *doubts]
        topic = ""
        if item.kind != "overview":
            topic, doubts = topics_of((*item.above, item.heading), title, " ".join(paragraphs), self.vocabulary)
            notes += doubts
        digest = self._digest(unit, paragraphs, rows)
        path = self.names.digests.get(digest) or self._path(title, beside=bool(pictures))
        notes += [doubt("picture-words")] if pictures else []
        figures, promises = self.numbers.tell(item, path, notes)
        if item.order == 1:
            notes += self.whose.doubts
        self.drafts.append(
            RecordDraft(
                path=path,
                digest=digest,
                origin=f"{self.source.name} {self._line(item)}",
                title=title,
                unit=unit,
                kind=item.kind,
                topic=topic,
                order=item.order,
                date=self.whose.signed if item.kind in ("plan", "overview") and self._signs_well() else "",
                evidence=self.whose.evidence if self.whose.period.year is None else (),
                source=self._source(item, last=last),
                figures=figures,
                promises=promises,
                instalments=frozenset(),
                paragraphs=paragraphs,
                tables=rows,
                pictures=pictures,
                notes=tuple(notes),
            )
        )
        cells = (cell for table in item.tables for row in table for cell in cell_spans(text, row))
        self.placed += [PlacedSpan(span, path) for span in (*item.paragraphs, *cells, *item.heads)]

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

    def _words(self, span: Span) -> str:
        """Return a stretch of the source in one line."""
        return " ".join(_JOINT.sub("", self.source.text[slice(*span)]).split("\n")).strip()

    def _source(self, item: ReportItem, *, last: bool) -> Mapping[str, str]:
        title = "".join(self._words(span) for span in self.tree.titles)
        signed = " ".join(self._words(span) for span in self.tree.signature) if last else ""
        named = {"title": title or self.source.name, "section": item.place}
        return {name: words for name, words in {**named, "note": signed}.items() if words}

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
                titles = [self.vocabulary.indicators[slug].title.text("zh") for slug in shared]
                told = "；".join(f"{title} {self._sum(slug)}" for title, slug in zip(titles, shared, strict=True))
                note = doubt("figure-instalments", told=told)
                self.drafts[at] = replace(draft, instalments=several, notes=(*draft.notes, note))

    def _sum(self, indicator: str) -> str:
        """Return the figures of an indicator as the source has them, added up where all have one unit."""
        numbers = [one.number for draft in self.drafts for one in draft.figures if one.indicator == indicator]
        units = {one.unit for one in numbers}
        total = f" = {sum(one.value for one in numbers):f}{units.pop()}" if len(units) == 1 else ""
        return " + ".join(one.printed for one in numbers) + total


def _start(item: ReportItem) -> int:
    """Return the place in the text at which an item begins: its own heading, or its first paragraph."""
    own = [*item.heads[-1:], *item.paragraphs, *(row for table in item.tables for row in table)]
    return min(start for start, _ in own)


def _without_greetings(paragraphs: Sequence[str]) -> Sequence[str]:
    """Return paragraphs without those that only lead to others (县总工会： 现将情况报告如下：), if others are left."""
    return [text for text in paragraphs if not text.endswith(("：", ":"))] or paragraphs
