"""Checks of references: ids, aliases, outcomes and dates of records against each other and their folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from ..problems.catalogue import catalogue
from ..problems.problem import Problem, field_of
from ..problems.spelling import Spellings, near
from ..records.dates import Date
from ..records.fields import RESERVED_SLUGS, is_slug
from ..records.periods import parse_period
from ..records.record import Record
from ..records.vocabulary import fold
from ..records.yamltree import Text

_DATED_BY_WRITING = ("plan", "overview")
_MONTHS_TO_WRITE = 2  # after the end of a period


def relation_problems(
    records: Sequence[Record], references: Iterable[Problem] = (), *, complete: bool
) -> Iterator[Problem]:
    """Yield the problems of records with each other and with their folders.

    If a record could not be read (not ``complete``), a reference to an unknown record is no problem. ``references`` are
    those of the only record that could not be read.
    """
    ids = {fold(record.id): record for record in records}
    owners: dict[str, Record] = {}
    for record in sorted(records, key=lambda record: record.path):
        for at, alias in enumerate(record.aliases):
            owner = ids.get(fold(alias)) or owners.get(fold(alias))
            if owner:
                values = {"other": owner.path}
                mark = record.mark("aliases", at)
                yield Problem(record.path, mark, "alias.taken", f"aliases[{at}]", alias, values)
            elif not _is_id(alias):
                yield Problem(record.path, record.mark("aliases", at), "alias.form", f"aliases[{at}]", alias)
            owners.setdefault(fold(alias), record)
        yield from _problems_within(record)
    known = owners | ids
    told = _promises_by_text(records)
    promises = {f"{fold(r.id)}#{fold(one.id)}": f"{r.id}#{one.id}" for r in records for one in r.commitments}

    @cache
    def spellings() -> Spellings:  # made where one is unknown: it takes long for thousands
        return Spellings(promises.values())

    def near_one(written: str, *, complete: bool) -> str | None:
        """Return the commitment that is most like an unknown one, or None if it is known or may be."""
        record_id, _, commitment = written.partition("#")
        target = known.get(fold(record_id))
        key = f"{fold(target.id)}#{fold(commitment)}" if target else ""
        meant = told.get(fold(written.strip("“”。；;")), "")
        if key in promises or not (complete or target or meant):
            return None
        return meant or spellings().near(written)

    for record in records:
        for at, outcome in enumerate(record.outcomes):
            near_it = near_one(outcome.commitment, complete=complete)
            if near_it is not None:
                yield _unknown(record, "ref.commitment", ("outcomes", at, "commitment"), outcome.commitment, near_it)
    for reference in references:
        if near_it := near_one(reference.written, complete=True):
            fix = replace(reference.fix, text=near_it) if reference.fix else None
            yield replace(reference, values={"suggestion": near_it}, fix=fix)


def _promises_by_text(records: Iterable[Record]) -> dict[str, str]:
    """Return the reference to each commitment by its text; of those with the same text none."""
    found: dict[str, str] = {}
    for record in records:
        for one in record.commitments:
            text = fold(one.text)
            found[text] = "" if text in found else f"{record.id}#{one.id}"
    return found


def _unknown(record: Record, rule: str, steps: tuple[str | int, ...], written: str, suggestion: str) -> Problem:
    """Return the problem of a word that names nothing, with the one most like it, if there is one."""
    node = record.node(*steps)
    fix = node.fix(suggestion) if suggestion and isinstance(node, Text) else None
    return Problem(record.path, node.mark, rule, field_of(steps), written, {"suggestion": suggestion}, fix)


def _is_id(alias: str) -> bool:
    name, _, slug = alias.partition("/")
    period = parse_period(name)
    spelt = period is not None and period.id == name.casefold()
    return spelt and is_slug(slug) and slug.casefold() not in RESERVED_SLUGS


def _problems_within(record: Record) -> Iterator[Problem]:
    """Yield the problems of one record's fields with each other and with its folder."""
    if record.date and not _fits_period(record, record.date):
        mark = record.mark("date")
        values = {"period": record.period.id, **_year_in_text(record, record.date)}
        yield Problem(record.path, mark, "date.outside", "date", record.date.text, values)
    seen: set[str] = set()
    for at, commitment in enumerate(record.commitments):
        if fold(commitment.id) in seen:
            mark = record.mark("commitments", at, "id")
            yield Problem(record.path, mark, "commitment.duplicate", f"commitments[{at}].id", commitment.id)
        seen.add(fold(commitment.id))
    for at, (earlier, later) in enumerate(zip(record.corrections, record.corrections[1:], strict=False), 1):
        if earlier.date.first and later.date.first and later.date.first < earlier.date.first:
            mark = record.mark("corrections", at, "date")
            values = {"other": earlier.date.text}
            field = f"corrections[{at}].date"
            yield Problem(record.path, mark, "correction.order", field, later.date.text, values)
    rules: Mapping[str, object] = catalogue()["problems"]
    for at, waiver in enumerate(record.allow):
        if waiver.rule not in rules:
            yield _unknown(record, "ref.rule", ("allow", at, "rule"), waiver.rule, near(waiver.rule, rules))


def _year_in_text(record: Record, date: Date) -> Mapping[str, str]:
    """Return the first line of the text with the year of a date that is not the period's, as in a copied record."""
    year = date.text[:4]
    at = -1 if year == str(record.period.year) else record.text.find(f"{year}年")
    if at < 0:
        return {}
    return {"text-line": str(record.text_line + record.text.count("\n", 0, at)), "text-year": f"{year}年"}


def _fits_period(record: Record, date: Date) -> bool:
    """Whether a date fits the folder's period. A plan's or an overview's is that of its writing."""
    return date.within(record.period) or (record.kind in _DATED_BY_WRITING and _is_of_writing(record, date))


def _is_of_writing(record: Record, date: Date) -> bool:
    """Whether a text on a period may have been written then. A plan may be older than the period it is filed under."""
    period, months = record.period, date.months
    if date.last and period.last_day:
        late = (date.last.year - period.last_day.year) * 12 + date.last.month - period.last_day.month
        return late <= _MONTHS_TO_WRITE and (record.kind == "plan" or date.within(period) or late > 0)
    return months is not None and (months[1] - period.months[1]) % 12 <= _MONTHS_TO_WRITE
