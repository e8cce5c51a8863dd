"""The checks of rules that installed packages bring. What is faulty in one is a problem, and stops no other.

A rule gets immutable values and returns what it has found. An entry point names one of the three kinds below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..problems.catalogue import LANGUAGES, catalogue
from ..problems.packaged_rules import OwnRule, own_rules
from ..problems.problem import Mark, Problem
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from .case import Case
from .passages import Find, Passage, in_passages

_EVERYWHERE = "content"  # the place of a problem that is in no file


@dataclass(frozen=True)
class PassageRule:
    """A rule that looks for faults in each text that readers see: a function from a `Passage` to its `Hit`s."""

    find: Find


@dataclass(frozen=True)
class RecordRule:
    """A rule that looks at the fields of a record: a function from it and the word lists to problems (`problem_at`)."""

    check: Callable[[Record, Vocabulary], Iterable[Problem]]


@dataclass(frozen=True)
class ArchiveRule:
    """A rule that looks at all records together: a function from a `Case` to problems (`problem_at`)."""

    check: Callable[[Case], Iterable[Problem]]


@dataclass(frozen=True)
class _Loaded:
    """A package's rule with what its entry point names, or with the label and the detail of its fault."""

    rule: OwnRule
    kind: object
    fault: str = ""
    detail: str = ""


def of_record_by_own(record: Record, passages: Sequence[Passage], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what the packages' rules find in one record."""
    for one in _loaded():
        if isinstance(one.kind, RecordRule):
            yield from _safely(one.rule, record.path, one.kind.check, record, vocabulary)
        elif isinstance(one.kind, PassageRule):
            check = in_passages(one.rule.name, one.kind.find)
            for passage in passages:
                yield from _safely(one.rule, record.path, check, passage, vocabulary)


def of_archive_by_own(case: Case) -> Iterator[Problem]:
    """Yield what the packages' rules find between records, and what is wrong with the packages themselves."""
    for one in _loaded():
        if one.fault:
            yield _fault("rule.faulty", _EVERYWHERE, one.rule, one.fault, one.detail)
        elif isinstance(one.kind, ArchiveRule):
            yield from _safely(one.rule, _EVERYWHERE, one.kind.check, case)


@cache
def _loaded() -> tuple[_Loaded, ...]:
    return tuple(map(_load, own_rules()))


def _load(rule: OwnRule) -> _Loaded:
    if rule.fault:
        return _Loaded(rule, None, rule.fault)
    if catalogue()["problems"].get(rule.name) is not rule.texts:
        return _Loaded(rule, None, "rule-taken")
    try:
        kind = rule.entry.load()
    except Exception as error:
        return _Loaded(rule, None, "rule-not-loaded", _said(error))
    usable = isinstance(kind, PassageRule | RecordRule | ArchiveRule)
    return _Loaded(rule, kind, "" if usable else "rule-kind")


def _fault(name: str, path: str, rule: OwnRule, fault: str, detail: str = "") -> Problem:
    return Problem(path, Mark(), name, "", rule.name, {"source": rule.source, "fault": fault, "detail": detail})


def _safely(rule: OwnRule, path: str, check: Callable[..., Iterable[object]], *values: object) -> Iterator[Problem]:
    """Yield what a check finds, up to the first thing that goes wrong in it, which is a problem too."""
    try:
        for problem in check(*values):
            if not isinstance(problem, Problem) or problem.rule != rule.name:
                yield _fault("rule.failed", path, rule, "rule-answer")
                return
            for language in LANGUAGES:  # a text may ask for what the rule does not give
                problem.message(language), problem.expected(language), problem.hint(language)
            yield problem
    except Exception as error:
        yield _fault("rule.failed", path, rule, "rule-raised", _said(error))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
