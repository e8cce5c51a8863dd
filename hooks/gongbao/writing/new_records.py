"""A single new record: from what was asked for, or as the continuation of an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..archive.filing import Archive, Promise
from ..importing.naming import free_name, is_taken, latin
from ..problems.names import KindName
from ..records.fields import SLUG_LIMIT
from ..records.loose_figures import bounded, braced
from ..records.periods import Period
from ..records.quantities import Figure, Part
from ..records.record import Record
from ..records.scalars import scalar
from ..records.vocabulary import Vocabulary
from ..text.display import period_title, quantity
from ..text.figure_views import figure_view, measure_of, with_sum
from .blank_records import BlankFigure, BlankRecord, last_words

NAME_LIMIT = SLUG_LIMIT - 4  # signs of a slug that may get a number behind it


@dataclass(slots=True)
class TakenPaths:
    """What a new record must not be called: the ``paths`` in ``content/``, case folded, and the archive's ids."""

    archive: Archive
    paths: set[str]

    def take(self, period: Period, slug: str) -> str:
        """Return the path of a new record with this slug, or with a number behind it, which is then taken too."""
        path = f"{period.folder}/{free_name(slug, lambda one: self.has(period, one))}.md"
        self.paths.add(path.casefold())
        return path

    def has(self, period: Period, slug: str) -> bool:
        """Whether a slug is taken in a period, by a record or its earlier id, or by a topic."""
        return (
            self.archive.vocabulary.topics.find(slug) is not None
            or self.archive.find(f"{period.id}/{slug}") is not None
            or is_taken(period.folder, slug, self.paths)
        )


def pinyin(words: str) -> str:
    """Return the slug of a title."""
    return latin(words, lambda _: False)


def period_after(period: Period) -> Period | None:
    """Return the next half, or after a whole year the next year. None if that is not known."""
    if period.part != "year":
        return period.next_half
    return None if period.year is None else Period(period.year + 1, "year")


def begun(title: str, unit: str, topic: str, period: Period, kind: KindName, taken: TakenPaths) -> BlankRecord:
    """Return a new record with nothing in it. ``topic`` is empty for an overview without one."""
    path = taken.take(period, pinyin(title))
    return BlankRecord(path, title, unit, (topic,) if topic else (), kind, due=period_after(period))


def continued(earlier: Record, title: str, period: Period, taken: TakenPaths) -> BlankRecord:
    """Return the record that continues an earlier one: its unit, topics, kind and figures, and what it left open.

    Without a ``title`` it has that of the earlier one, and its name.
    """
    follows = period == period_after(earlier.period)
    archive = taken.archive
    figures = [_asked_again(one, earlier, archive.vocabulary, follows=follows) for one in earlier.figures]
    waiting = tuple(promise for promise in archive.promises_of([earlier]) if is_open(promise))
    return BlankRecord(
        taken.take(period, pinyin(title) if title else earlier.slug[:NAME_LIMIT]),
        title or earlier.title,
        earlier.unit,
        earlier.topics,
        earlier.kind,
        tuple(figures),
        waiting,
        period_after(period),
    )


def is_open(promise: Promise) -> bool:
    """Whether a promise waits for an outcome: it has none, or was carried over."""
    return not promise.outcomes or promise.outcomes[-1][1].status == "carried"


def _asked_again(figure: Figure, record: Record, vocabulary: Vocabulary, *, follows: bool) -> BlankFigure:
    """Return a figure of an earlier record to be filled in: its name, unit and parts.

    A figure without a series is given its value of the period before, where the new record ``follows`` that one.
    """
    chinese = vocabulary.language == "zh"
    parts = {"indicator": scalar(figure.indicator)} if figure.indicator else {"label": scalar(figure.label or "")}
    said = {"value": figure.value, "percent": figure.percent, "completion": figure.completion, "rank": figure.rank}
    asked = [name for name, value in said.items() if value is not None]
    parts |= dict.fromkeys(asked or ([] if figure.parts or figure.among else ["value"]), "")
    if unit := measure_of(figure, vocabulary):
        parts["unit"] = scalar(unit)
    for name, items in (("parts", figure.parts), ("among", figure.among)):
        if items:
            parts[name] = f"[{', '.join(_part(one, chinese=chinese) for one in items)}]"
    if follows and not figure.indicator and figure.value is not None:
        parts["previous"] = bounded(figure.value, figure.bound, chinese=chinese)
    if figure.instalment:
        parts["instalment"] = "是" if chinese else "true"
    last = "；".join(_last_time(figure, vocabulary))
    period = period_title(figure.for_ or record.period, vocabulary.language)
    return BlankFigure(parts, last_words(last, period, vocabulary.language) if last else "")


def _part(part: Part, *, chinese: bool) -> str:
    unit = {"unit": scalar(part.unit)} if part.unit else {}
    return braced({"label": scalar(part.label), "value": ""} | unit, chinese=chinese)


def _last_time(figure: Figure, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what a figure said: its quantity, and those of its parts."""
    view = with_sum(figure_view(figure, vocabulary), figure, vocabulary)
    if view.quantity:
        yield str(view.quantity)
    elif figure.completion:
        yield str(quantity(figure.completion.value, figure.completion.bound, "%", vocabulary.language))
    unit = measure_of(figure, vocabulary)
    for part in (*figure.parts, *figure.among):
        yield f"{part.label} {quantity(part.value, part.bound, part.unit or unit, vocabulary.language)}"
