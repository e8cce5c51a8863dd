"""The records as the search has them: each as a row of keys for Pagefind, and the texts that results show.

The module `words` says what a key is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..archive import addresses
from ..archive.filing import Archive
from ..records.quantities import Amount, Base, Figure, Part
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..text.display import kind_title, period_title, quantity
from ..text.figure_views import figure_view, measure_of, measured_name, target_quantity
from ..text.fills import filled
from ..text.stripped import plain_text
from . import words


class SiteText(NamedTuple):
    """A text of a subordinate's site that this site's search finds: its address there, and what it is shown with.

    ``where`` stands beside the title. ``facets`` are the letters and values by which readers filter it.
    """

    url: str
    title: str
    where: str
    texts: tuple[str, ...]
    facets: tuple[tuple[str, str], ...]


class Mirrored(NamedTuple):
    """A record as the search has it: its keys, joined by spaces, and the texts that results show.

    The texts are the title, the words beside the title, and every other text that the search finds.
    """

    keys: str
    shown: Sequence[str]


def mirrored(archive: Archive, common: str, record: Record | SiteText) -> tuple[str, Mirrored]:
    """Return the address of a record's own page, and the record as the search has it.

    A text of a subordinate's site has the address that it has there.

    ``common`` are the common letters, see `words.keys`. A query of a single common letter finds its key before the
    keys of the title if the letter is in the title, else after all other keys.
    """
    title, *others = filter(None, searched_texts(record, archive.vocabulary))
    first = words.common_in(common, title)
    further = [letter for letter in words.common_in(common, "".join(others)) if letter not in first]
    fields = [words.keys(text, common) for text in (title, *others)]
    found = f" {words.BOUNDARY} ".join([*fields, " ".join([*further, *facets(record)])])
    if isinstance(record, SiteText):
        beside, address = record.where, record.url
    else:
        beside, address = " · ".join(_words_beside_title(record, archive)), addresses.record(record)
    return f"/{address}", Mirrored(" ".join([*first, found]), [title, beside, *others])


def _words_beside_title(record: Record, archive: Archive) -> Iterator[str]:
    vocabulary, language = archive.vocabulary, archive.vocabulary.language
    yield period_title(record.period, language)
    if archive.has_units:
        yield vocabulary.unit_short(record.unit)
    if not record.is_work:
        yield kind_title(record.kind, language)


def facets(record: Record | SiteText) -> Iterator[str]:
    """Yield the keys by which readers filter a record: year, half, unit, kind, topics."""
    if isinstance(record, SiteText):
        yield from (words.facet(letter, value) for letter, value in record.facets)
        return
    for letter, value in (("y", record.period.year_name), ("h", record.period.part)):
        yield words.facet(letter, value)
    yield words.facet("u", record.unit)
    yield words.facet("k", record.kind)
    for topic in record.topics:
        yield words.facet("t", topic)


def searched_texts(record: Record | SiteText, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the texts by which the search finds a record, one for each field: everything that readers may read."""
    if isinstance(record, SiteText):
        yield from (record.title, *record.texts)
        return
    yield record.title
    yield record.summary or ""
    yield plain_text(filled(record, vocabulary))
    for figure in record.figures:
        yield from _figure_texts(figure, vocabulary)
    for promise in record.commitments:
        yield promise.text
        if promise.target:
            yield f"{measured_name(promise.target, vocabulary)}：{target_quantity(promise.target, vocabulary)}"
    for outcome in record.outcomes:
        yield outcome.note or ""
    for correction in record.corrections:
        yield from (getattr(correction, said) or "" for said in ("text", "was", "now"))


def _figure_texts(figure: Figure, vocabulary: Vocabulary) -> Iterator[str]:
    view, unit = figure_view(figure, vocabulary), measure_of(figure, vocabulary)

    def measured(amount: Amount | Part | Base, unit: str | None) -> str:
        if amount.value is None:
            return ""
        return str(quantity(abs(amount.value), amount.bound, unit, vocabulary.language))

    yield f"{view.name}：{view.quantity}" if view.quantity else view.name
    yield from (f"{part.label}：{measured(part, part.unit or unit)}" for part in (*figure.parts, *figure.among))
    yield from (measured(share, "%") for share in (figure.percent, figure.completion) if share)
    yield from (measured(amount, unit) for amount in (figure.target, figure.previous, figure.change) if amount)
    if figure.of:
        yield from (figure.of.label or "", measured(figure.of, figure.of.unit or unit))
    yield from (figure.printed or "", figure.note or "", figure.doubt or "")
