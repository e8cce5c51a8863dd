"""Whose a report is, and of which period: from title, opening, signature and file name, with the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..records.date_guesses import likely_date
from ..records.periods import Period
from ..records.vocabulary import Vocabulary
from .documents import SourceText
from .doubts import Doubt, doubt
from .report_nodes import ReportTree
from .told_period import due_after, told_period
from .told_unit import ToldUnit, told_unit

_GREETING = re.compile(r"[\s\u3000]*[^，。；]{2,20}[：:][\s\u3000]*$")
_OPENING = 160  # signs of an opening that tell who writes


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a report is: the ``unit`` as the word list names it, or a new one by its ``name``; its period.

    ``due`` is the period in which its plans are due. ``evidence`` says in words where unit and period stand, and
    ``doubts`` what is not certain of them. ``signed`` is the date of signing, or empty.
    """

    unit: str
    name: str
    period: Period
    due: Period
    plan_only: bool
    evidence: tuple[Doubt, ...]
    doubts: tuple[Doubt, ...]
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person who imports says of a document: its unit, as a name, and its period; or nothing."""

    unit: str = ""
    period: Period | None = None


def whose(report: ReportTree, source: SourceText, vocabulary: Vocabulary, asked: Asked, before: Whose | None) -> Whose:
    """Return whose a report is. ``before`` is that of the report before it in the same part of a collection."""
    places = _places(report, source)
    signed = next(filter(None, (likely_date(source.text[slice(*one)].strip())[0] for one in report.signature)), "")
    period = told_period(report, source, places, signed, before.period if before else None)
    if asked.period:
        said = (doubt("period-asked", period=asked.period.id),)
        period = replace(period, period=asked.period, due=due_after(asked.period, places), evidence=said, doubts=())
    earlier = ToldUnit(before.unit, before.name, before.evidence[0]) if before else None
    unit = told_unit(places, vocabulary, asked.unit, earlier)
    evidence = (unit.evidence, *period.evidence)
    doubts = (*unit.doubts, *period.doubts)
    return Whose(unit.slug, unit.name, period.period, period.due, period.plan_only, evidence, doubts, signed)


def _places(report: ReportTree, source: SourceText) -> Sequence[tuple[str, str]]:
    """Return the places that tell whose a report is, each with its text, the most trusted first."""
    text = source.text
    title = "".join(text[slice(*span)].replace("\n", "").strip() for span in report.titles)
    paragraphs = [text[slice(*span)] for span in report.opening.paragraphs]
    opening = "".join(one for one in paragraphs if not _GREETING.match(one))[:_OPENING]
    headings = [text[slice(*node.heading)] for node in report.nodes if node.heading]
    signature = " ".join(text[slice(*span)].strip() for span in report.signature)
    name = re.sub(r"\.\w{2,8}$", "", source.name.replace("\\", "/").rpartition("/")[2])
    found = [
        ("title", title),
        ("opening", opening),
        ("headings", " ".join(headings)),
        ("signature", signature),
        ("name", name),
    ]
    return [(place, words) for place, words in found if words]
