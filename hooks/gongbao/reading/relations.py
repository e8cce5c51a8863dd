"""Checks of references: ids, aliases, outcomes and dates of records against each other and their folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..problems.catalogue import catalogue
from ..problems.names import STATUSES
from ..problems.other_words import meant_value
from ..problems.problem import Problem, field_of
from ..problems.spelling import near
from ..records.dates import Date
from ..records.fields import RESERVED_SLUGS, is_slug
from ..records.loose_figures import braced
from ..records.periods import parse_period
from ..records.record import Record
from ..records.vocabulary import fold
from ..records.yamltree import Text
from .promises_meant import Meant, Promises

_DENIED = re.compile("[未没不无]有?(?:能|得到)?$")
_DATED_BY_WRITING = ("plan", "overview")
_MONTHS_TO_WRITE = 2  # after the end of a period


def relation_problems(records: Sequence[Record], unread: Sequence[Sequence[Problem]] = ()) -> Iterator[Problem]:
    """Yield the problems of records with each other and with their folders.

    ``unread`` are the references of each file that could not be read as a record. If there are any, a reference to an
    unknown record is no problem, but for those of the only such file.
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
    promises = Promises(records, owners | ids)
    for record in records:
        for at, outcome in enumerate(record.outcomes):
            steps = ("outcomes", at, "commitment")
            if (meant := promises.meant(outcome.commitment, complete=not unread)) is not None:
                node = record.node(*steps)
                fix = node.fix("") if isinstance(node, Text) else None
                unknown = Problem(
                    record.path, node.mark, "ref.commitment", field_of(steps), outcome.commitment, fix=fix
                )
                yield _with_meant(unknown, meant)
    for reference in (one for references in unread for one in references):
        if reference.rule == "field.type":
            yield from _outcome_told(reference, promises)
        elif (meant := promises.meant(reference.written, complete=len(unread) == 1)) is not None:
            yield _with_meant(reference, meant)


def _outcome_told(problem: Problem, promises: Promises) -> Iterator[Problem]:
    """Yield the problem of a sentence in place of an outcome, with the outcome: of 游泳比赛已完成 the one that is done.

    There is none if the sentence tells of no commitment, of several, or of no status.
    """
    sentence = problem.written.strip("。；; ")
    words = ((at, meant_value(sentence[at:], STATUSES)) for at in range(1, len(sentence)))
    at, status = next((found for found in words if found[1]), (0, ""))
    if _DENIED.search(sentence[:at]):
        return
    meant = promises.meant(sentence, complete=False) if status else None
    if meant and meant.reference and problem.fix:
        item = braced({"commitment": meant.reference, "status": status}, chinese="chinese" in problem.values)
        values = {"expected_kind": "mapping", "suggestion": f"- {item}"}
        yield replace(problem, values=values, fix=replace(problem.fix, text=item))


def _with_meant(problem: Problem, meant: Meant) -> Problem:
    """Return the problem of a reference to no commitment with what it means. Its fix writes nothing yet."""
    if meant.several:
        return replace(problem, values={"one-of": "、".join(meant.several)}, fix=None)
    fix = replace(problem.fix, text=meant.reference, safe=meant.certain) if problem.fix and meant.reference else None
    return replace(problem, values={"suggestion": meant.reference}, fix=fix)


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
