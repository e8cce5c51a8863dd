"""Persons named beside hardship, illness and the like: found by the rules of the gate, and masked if that is asked."""

from __future__ import annotations

from collections.abc import Iterator

from ..checks.passages import BODY, Passage
from ..checks.rules import private_name, private_person
from ..records.record import Record
from .marks import Span

MASK = "某"


def named_persons(text: str) -> list[Span]:
    """Return the places of such names in a text, in its order."""
    passage = Passage(Record.model_construct(text=text), BODY, text)
    spans = {(hit.start, hit.end) for rule in (private_person, private_name) for hit in rule.find(passage)}
    return [*_outermost(sorted(spans))]


def _outermost(spans: list[Span]) -> Iterator[Span]:
    end = -1
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]


def masked_names(text: str, names: set[str]) -> str:
    """Return a text with a sign for each sign of these names, so that places in it stay the same."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, MASK * len(name))
    return text
