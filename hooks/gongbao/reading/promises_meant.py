"""The commitment that an outcome means: by its reference, or by other words for it or its plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ..problems.spelling import Spellings
from ..records.record import Record
from ..records.vocabulary import fold

_AROUND = "“”\"'《》。；; "
_WORDS = re.compile("[\u4e00-\u9fff]{2,}")
_FILE = re.compile(
    r"(?:content/)?(?P<year>\d{4}|undated)[/-](?P<part>\w+)/(?P<slug>[^#/]+?)(?:/index)?(?:\.(?:md|ya?ml))?"
)
_FEW, _LONGEST = 8, 200  # commitments that a message lists; signs of a reference that is looked for
_SAME = 4  # characters in a row that words for a commitment have in common with it


class Meant(NamedTuple):
    """What a reference that names no commitment can mean: one of them, or one of several, each as a reference.

    It is ``certain`` if it is the only one with these very words, or this id.
    """

    reference: str = ""
    certain: bool = False
    several: Sequence[str] = ()


class Promises:
    """All commitments of records, by their references, their words, their ids and their plans.

    ``owners`` are the records by every id that they have or had, folded.
    """

    def __init__(self, records: Iterable[Record], owners: Mapping[str, Record]) -> None:
        self._owners = owners
        self._plans: dict[str, dict[str, Record]] = defaultdict(dict)
        self._texts: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)  # its words, or its id alone
        self._known: set[str] = set()
        for record in records:
            for one in record.commitments:
                reference = f"{record.id}#{one.id}"
                self._plans[fold(record.title)][record.id] = record
                self._known.add(fold(reference))
                self._texts[reference] = one.text
                for name in (one.text, one.id):
                    self._by_name[fold(name)].append(reference)

    def meant(self, written: str, *, complete: bool) -> Meant | None:
        """Return what a reference means, or None if it names a commitment, or may name one that could not be read.

        If the records are not ``complete``, a reference to a record that is not among them may be right.
        """
        record_id, sign, commitment = written.partition("#")
        target = self._owners.get(fold(record_id))
        if target and f"{fold(target.id)}#{fold(commitment)}" in self._known:
            return None
        named = self._by_name.get(fold(written.strip(_AROUND)), [])
        if len(named) == 1:
            return Meant(named[0], certain=complete)
        if len(named) > 1:
            return Meant(several=self._listed(named))
        if not sign and (plans := self._plans_named(written)):
            return self._of_plans(plans)
        if not (complete or target) and (sign or not _WORDS.search(written)):
            return None
        near = self._spellings.near(written)
        if near or sign or len(written) > _LONGEST:
            return Meant(near)
        alike = [reference for reference, text in self._texts.items() if _alike(written, text)]
        return Meant(alike[0] if len(alike) == 1 else "", several=self._listed(alike) if len(alike) > 1 else ())

    @cached_property
    def _spellings(self) -> Spellings:  # made where one is unknown: it takes long for thousands
        return Spellings(self._texts)

    def _plans_named(self, written: str) -> Sequence[Record]:
        """Return the records with commitments that a title, an id or the path of a file names."""
        named = written.strip(_AROUND)
        found = _FILE.fullmatch(named)
        record_id = f"{found['year']}-{found['part']}/{found['slug']}" if found else named
        if (owner := self._owners.get(fold(record_id))) and owner.commitments:
            return [owner]
        return [*self._plans.get(fold(named), {}).values()]

    def _of_plans(self, plans: Sequence[Record]) -> Meant:
        references = [f"{plan.id}#{one.id}" for plan in plans for one in plan.commitments]
        return Meant(references[0]) if len(references) == 1 else Meant(several=self._listed(references))

    def _listed(self, references: Sequence[str]) -> Sequence[str]:
        return [f"`{reference}`（{self._texts[reference]}）" for reference in references[:_FEW]]


def _alike(words: str, text: str) -> bool:
    """Whether other words tell of a commitment: they have four characters in a row in common."""
    runs = ("".join(_WORDS.findall(one)) for one in (words, text))
    said, promised = runs
    return any(said[at : at + _SAME] in promised for at in range(len(said) - _SAME + 1))
