"""The changes to published records that no correction tells of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..archive import addresses
from ..git.past import Past
from ..problems.problem import Mark, Problem
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..text.differences import Difference, MarkedAs, differences
from ..text.statements import Statement, said_by, statements
from .holding import Holding
from .versions import Versions


def uncorrected(
    records: Iterable[Record], versions: Versions, vocabulary: Vocabulary, past: Past, holding: Holding
) -> Iterator[Problem]:
    """Yield a problem for each record that says something else than when it was published, and no correction tells.

    It was published when ``periods.yml`` first had ``published`` for its period, or the list of published addresses its
    own. Where neither says so, its half may still be in the making. A correction tells of all changes up to the version
    in which it first stands.
    """
    for record in records:
        every = [one for one in versions.get(record.path, ()) if one.record]
        if len(every) < 2 or record.withdrawn:
            continue
        listed = (addresses.record(record), *map(addresses.former_record, record.aliases))
        known = (holding.announced.get(record.period), *(past.lines.get(f"/{address}") for address in listed))
        since = min((commit for commit in known if commit is not None), default=len(past.days))
        readable = [one for one, after in pairwise(every) if after.commit > since] + every[-1:]
        told = readable[0]
        for before, after in pairwise(readable):
            if before.record and after.record and len(after.record.corrections) > len(before.record.corrections):
                told = after
        if told.record is None:
            continue
        before_all, now = _claims(told.record, vocabulary), _claims(record, vocabulary)
        if said_by(before_all) != said_by(now):
            changed = differences(before_all, now)
            first = next(one for one in changed if _bare_of("gone", one) != _bare_of("new", one))
            field = "" if first.field == "body" else first.field
            mark = record.mark(field) if field else Mark(record.text_line)
            values = {"day": told.day, "was": _shown("gone", first), "now": _shown("new", first)}
            yield Problem(record.path, mark, "correction.missing", field, values["now"], values)


def _bare_of(kind: MarkedAs, difference: Difference) -> str:
    """Return what a later version no longer says, or says anew, without white space."""
    return "".join("".join(piece.text.split()) for piece in difference.texts if piece.kind == kind)


def _shown(kind: MarkedAs, difference: Difference) -> str:
    return "…".join(piece.text.strip() for piece in difference.texts if piece.kind == kind) or "—"


def _claims(record: Record, vocabulary: Vocabulary) -> Sequence[Statement]:
    """Return what a record says, without the notices of its corrections."""
    return [one for one in statements(record, vocabulary) if one.field != "corrections"]
