"""The list of all checks, each of which is a small module.

There are three kinds of checks, all of them functions that yield problems. A check of records takes a record and the
word lists. A check of passages takes a passage and the word lists. A check of the archive takes a `Case`. Waivers are
applied later (`reading.waivers`). A new rule needs its module and its YAML file in ``rules/``, and its line below.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from ..problems.problem import Problem
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from . import (
    figure_names,
    figure_times,
    figures,
    figures_in_text,
    future,
    house_patterns,
    named_attachments,
    open_notes,
    plans,
    safety,
    scale,
    title_in_text,
    title_numbers,
    trends,
    unmeasured,
)
from .case import Case
from .list_texts import texts_of_list
from .own_rules import of_archive_by_own, of_record_by_own
from .passages import PassageCheck, passages
from .rules import (
    copy_record,
    form_attachment,
    form_empty,
    form_footnote,
    form_heading,
    form_highlights,
    form_link,
    form_link_text,
    form_markup,
    form_paragraph,
    form_period,
    form_picture,
    form_punctuation,
    form_size,
    form_summary,
    form_table,
    form_title,
    leftover_blank,
    leftover_cut,
    leftover_empty,
    leftover_invisible,
    leftover_numbering,
    leftover_quotes,
    leftover_replacement,
    leftover_scan,
    leftover_todo,
    leftover_web,
    leftover_width,
    leftover_word,
    leftover_year,
    private_address,
    private_bank_card,
    private_child,
    private_contact,
    private_identity,
    private_mobile,
    private_name,
    private_passport,
    private_person,
    private_place,
    private_plate,
    prose_decimal,
    prose_percent,
    prose_sum,
    prose_unit,
    wording_term,
)

RECORD_CHECKS: tuple[Callable[[Record, Vocabulary], Iterator[Problem]], ...] = (
    safety.check,
    figures.check,
    figure_names.check,
    unmeasured.check,
    figures_in_text.check,
    figure_times.check,
    title_in_text.check,
    title_numbers.check,
    open_notes.check,
    named_attachments.check,
    form_title.check,
    form_summary.check,
    form_empty.check,
)
PRIVATE_CHECKS: tuple[PassageCheck, ...] = (
    private_identity.check,
    private_mobile.check,
    private_bank_card.check,
    private_passport.check,
    private_plate.check,
    private_address.check,
    private_person.check,
    private_name.check,
    private_child.check,
    private_contact.check,
)
PASSAGE_CHECKS: tuple[PassageCheck, ...] = (
    leftover_year.check,
    leftover_blank.check,
    leftover_todo.check,
    leftover_replacement.check,
    leftover_quotes.check,
    leftover_numbering.check,
    leftover_empty.check,
    leftover_invisible.check,
    leftover_cut.check,
    leftover_width.check,
    leftover_web.check,
    leftover_word.check,
    leftover_scan.check,
    prose_decimal.check,
    prose_percent.check,
    prose_sum.check,
    prose_unit.check,
    wording_term.check,
    house_patterns.check,
    form_period.check,
    form_heading.check,
    form_link_text.check,
    form_footnote.check,
    form_markup.check,
    form_table.check,
    form_picture.check,
    form_punctuation.check,
    form_paragraph.check,
    *PRIVATE_CHECKS,
)
ARCHIVE_CHECKS: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    scale.check,
    trends.check,
    figure_names.check_indicators,
    future.check,
    plans.check,
    unmeasured.check_outcomes,
    form_highlights.check,
    form_link.check,
    form_attachment.check,
    copy_record.check,
)


def of_record(record: Record, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the problems within one record."""
    for check in RECORD_CHECKS:
        yield from check(record, vocabulary)
    texts = [*passages(record)]
    for passage in texts:
        for look in PASSAGE_CHECKS:
            yield from look(passage, vocabulary)
    yield from of_record_by_own(record, texts, vocabulary)


def of_list(text: str, path: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the private data in the sentences of a word list's file."""
    for passage in texts_of_list(text, path):
        for look in PRIVATE_CHECKS:
            yield from look(passage, vocabulary)


def of_sketch(sketch: Record, vocabulary: Vocabulary, sound: Collection[str]) -> Iterator[Problem]:
    """Yield the problems of single texts and figures of a record that could be read in part only.

    Whatever judges that something is absent is left out, but for the figures that are ``sound``, by their paths.
    """
    yield from figures.check(sketch, vocabulary)
    yield from figure_names.check(sketch, vocabulary)
    yield from figures_in_text.contradictions(sketch, vocabulary)
    yield from title_in_text.check(sketch, vocabulary)
    yield from form_title.check(sketch, vocabulary)
    for problem in unmeasured.check(sketch, vocabulary):
        if problem.values["figure"] in sound:
            yield problem
    for passage in passages(sketch):
        for look in PASSAGE_CHECKS:
            yield from look(passage, vocabulary)


def of_attachments(
    record: Record, vocabulary: Vocabulary, sizes: Mapping[str, int], placed: Collection[str]
) -> Iterator[Problem]:
    """Yield the problems of the files beside a record: their sizes in bytes, and those that tell a place, by path."""
    yield from form_size.check(record, vocabulary, sizes)
    yield from private_place.check(record, placed)


def of_sketches(sketches: Iterable[Record], case: Case) -> Iterator[Problem]:
    """Yield the problems of single figures of such records that depend on all other records."""
    yield from figure_names.indicators_in(sketches, case)


def of_archive(case: Case) -> Iterator[Problem]:
    """Yield the problems between records."""
    for check in ARCHIVE_CHECKS:
        yield from check(case)
    yield from of_archive_by_own(case)
