"""The rows of the tables that a site publishes for the site of its superior: its words, its reports, what it took back.

With them and the tables of figures and commitments, the site above needs to read none of this site's pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from ..archive import addresses
from ..records.periods import Period
from ..records.wordlists import ReportingSpan
from ..text.display import exact_number
from .rows import OpenData, Row


def units(data: OpenData) -> Iterator[Row]:
    """Yield a row for every unit of the word list."""
    archive = data.archive
    for unit in archive.vocabulary.units:
        span = unit.reports or ReportingSpan()
        yield {
            "unit": unit.slug,
            "unit_title": archive.vocabulary.unit_title(unit.slug),
            "parent_unit": unit.parent or "",
            "unit_level": unit.level or "",
            "reports_from": span.from_.id if span.from_ else "",
            "reports_to": span.to.id if span.to else "",
            "url": data.url(addresses.unit(unit.slug) if archive.has_units else addresses.HOME),
        }


def indicators(data: OpenData) -> Iterator[Row]:
    """Yield a row for every indicator of the word list. Only those with values have a page."""
    vocabulary = data.archive.vocabulary
    measured = {one.slug for one in data.derived.measured}
    for one in vocabulary.indicators:
        yield {
            "indicator": one.slug,
            "indicator_title": one.title.text(vocabulary.language),
            "measure": one.unit,
            "basis": one.basis,
            "aggregate": one.aggregate,
            "topic": one.topic or "",
            "url": data.url(addresses.indicator(one.slug)) if one.slug in measured else "",
        }


def definitions(data: OpenData) -> Iterator[Row]:
    """Yield a row for every definition of every indicator."""
    for one in data.archive.vocabulary.indicators:
        for at, definition in enumerate(one.definition):
            yield {
                "key": f"{one.slug}#definition[{at}]",
                "indicator": one.slug,
                "defined_from": definition.from_.id if definition.from_ else "",
                "definition": definition.text,
            }


def measures(data: OpenData) -> Iterator[Row]:
    """Yield a row for every unit of measure in which figures of an indicator stand, and how many of its own it is."""
    for one in data.archive.vocabulary.indicators:
        for measure in dict.fromkeys((one.unit, *(other.unit for other in one.also))):
            scale = one.scale(measure)
            assert scale is not None, "the word list would have been refused"
            row = {"indicator": one.slug, "measure": measure, "scale": exact_number(scale)}
            yield {"key": f"{one.slug}/{measure}", **row}


def expectations(data: OpenData) -> Iterator[Row]:
    """Yield a row for every unit that is expected to report in a half, as the page of the register has it."""
    for half in data.derived.register:
        for report in half.reports:
            yield {
                "key": f"{report.unit.slug}/{half.period.id}",
                "unit": report.unit.slug,
                "period_id": half.period.id,
                "due_day": report.due.text if report.due else "",
                "report_day": report.day.text if report.day else "",
                "report_state": report.state,
            }


def tombstones(data: OpenData) -> Iterator[Row]:
    """Yield a row for every record that was withdrawn. What it said, and why it was withdrawn, stands on its page."""
    for record in data.archive.withdrawn:
        assert record.withdrawn
        yield {
            "record": record.id,
            "url": data.url(addresses.record(record)),
            "withdrawn_on": record.withdrawn.date.text,
            "purged": "true" if record.is_purged else "false",
        }


def corrections(data: OpenData) -> Iterator[Row]:
    """Yield a row for every correction of every record, in the records' order."""
    for record in data.archive.records:
        for at, one in enumerate(record.corrections):
            yield {
                "key": f"{record.id}#corrections[{at}]",
                "record": record.id,
                "url": data.url(addresses.record(record)),
                "unit": record.unit,
                "corrected_on": one.date.text,
                "correction": one.text,
                **{name: getattr(one, name) or "" for name in ("was", "now")},
            }


def topics(data: OpenData) -> Iterator[Row]:
    """Yield how many records a unit has of a period and a topic; a record counts for each of its topics."""
    archive = data.archive
    counted = Counter((topic, record.unit, record.period) for record in archive.records for topic in record.topics)
    by_topic: dict[str, list[tuple[str, Period, int]]] = defaultdict(list)
    for (topic, unit, period), number in counted.items():
        by_topic[topic].append((unit, period, number))
    for one in archive.vocabulary.topics:
        for unit, period, number in by_topic[one.slug]:
            about = {"key": f"{unit}/{period.id}/{one.slug}", "unit": unit, "period_id": period.id, "topic": one.slug}
            yield {**about, "topic_title": archive.vocabulary.topic_title(one.slug), "records": str(number)}


def rollup(data: OpenData) -> Iterator[Row]:
    """Yield a row for every increment of every unit with all units below it."""
    for one in data.derived.rollup:
        yield {
            "key": f"{one.unit}/{one.indicator}/{one.period.id}",
            "unit": one.unit,
            "indicator": one.indicator,
            "period_id": one.period.id,
            "amount": exact_number(one.amount),
            "reported": str(one.reported),
            "inexact": str(one.inexact),
            "low": exact_number(one.low),
            "high": exact_number(one.high),
            "no_low": str(one.no_low),
            "no_high": str(one.no_high),
        }
