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


class SearchText(NamedTuple):
    """What the search finds as one: a record of this site, or a text of a subordinate's site with its address there.

    ``where`` stands beside the title. ``facets`` are the letters and values by which readers filter it.
    """

    address: str
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


def mirrored(archive: Archive, common: str, found: Record | SearchText) -> tuple[str, Mirrored]:
    """Return the address of what is found, and the same as the search has it.

    ``common`` are the common letters, see `words.keys`. A query of a single common letter finds its key before the
    keys of the title if the letter is in the title, else after all other keys.
    """
    text = search_text(found, archive)
    title, others = text.title, [*filter(None, text.texts)]
    first = words.common_in(common, title)
    further = [letter for letter in words.common_in(common, "".join(others)) if letter not in first]
    fields = [words.keys(one, common) for one in (title, *others)]
    facets = (words.facet(letter, value) for letter, value in text.facets)
    keys = f" {words.BOUNDARY} ".join([*fields, " ".join([*further, *facets])])
    return f"/{text.address}", Mirrored(" ".join([*first, keys]), [title, text.where, *others])


def search_text(found: Record | SearchText, archive: Archive) -> SearchText:
    """Return a record as a text that the search finds; such a text is returned as it is."""
    if isinstance(found, SearchText):
        return found
    where = " · ".join(_words_beside_title(found, archive))
    texts = tuple(searched_texts(found, archive.vocabulary))[1:]
    return SearchText(addresses.record(found), found.title, where, texts, tuple(_facets(found)))


def _words_beside_title(record: Record, archive: Archive) -> Iterator[str]:
    vocabulary, language = archive.vocabulary, archive.vocabulary.language
    yield period_title(record.period, language)
    if archive.has_units:
        yield vocabulary.unit_short(record.unit)
    if not record.is_work:
        yield kind_title(record.kind, language)


def _facets(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what readers filter a record by: year, half, unit, kind, topics."""
    yield from (("y", record.period.year_name), ("h", record.period.part), ("u", record.unit), ("k", record.kind))
    yield from (("t", topic) for topic in record.topics)


def searched_texts(record: Record, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the texts by which the search finds a record, one for each field: everything that readers may read.

    The first is its title.
    """
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
