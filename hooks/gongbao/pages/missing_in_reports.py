"""What the word lists lack for reports that go up: the day of signing, and the unit above to which they are sent."""

from __future__ import annotations

from collections.abc import Iterator

from ..archive.filing import Archive
from ..problems.catalogue import label
from ..records.dates import Date
from ..records.periods import Period

_TOLD = 5  # units, or reports from the newest on


def day_of_report(archive: Archive, unit: str, period: Period) -> Date | None:
    """Return the day on which a unit handed in its report on a period, if ``periods.yml`` has it."""
    entry = archive.vocabulary.period_entries.get((period, unit))
    return entry.submitted if entry else None


def missing_in_reports(archive: Archive) -> Iterator[str]:
    """Yield the lines that tell what to write into the word lists, so that no report lacks its addressee or its day."""
    yield from _missing_addressees(archive)
    yield from _missing_days(archive)


def _missing_addressees(archive: Archive) -> Iterator[str]:
    """Yield one line that names the units with reports for which ``units.yml`` has no unit above."""
    vocabulary, language = archive.vocabulary, archive.vocabulary.language
    alone = [unit.slug for unit in vocabulary.units if not unit.parent and archive.of_unit(unit.slug)]
    if alone:
        told = [f"{vocabulary.unit_title(slug)} ({slug})" for slug in alone[:_TOLD]]
        names = label("comma", language).join([*told, *(["…"] if len(alone) > _TOLD else [])])
        yield label("report-addressees-missing", language, count=len(alone), names=names, unit=alone[0])


def _missing_days(archive: Archive) -> Iterator[str]:
    """Yield the lines that tell what to write into ``periods.yml``, so that no report is signed without a day."""
    vocabulary, language = archive.vocabulary, archive.vocabulary.language
    missing = [
        (period, unit.slug)
        for unit in vocabulary.units
        for period in archive.of_unit(unit.slug)
        if period.year is not None and not day_of_report(archive, unit.slug, period)
    ]
    if not missing:
        return
    yield label("report-days-missing", language, count=len(missing))
    missing.sort(key=lambda one: one[0].order, reverse=True)
    for period, unit in missing[:_TOLD]:
        values = {"period": period.id, "unit": unit, "day": _signed(archive, unit, period)}
        entry = vocabulary.period_entries.get((period, unit))
        if entry:
            line = vocabulary.period_lines[vocabulary.periods.index(entry)]
            yield f"  {label('report-day-in-line', language, line=line, **values)}"
        else:
            yield f"  {label('report-day-line', language, **values)}"
    if len(missing) > _TOLD:
        yield f"  {label('report-days-more', language, count=len(missing) - _TOLD)}"


def _signed(archive: Archive, unit: str, period: Period) -> str:
    """Return the day that a unit's overview or plan was signed, as records have it, or words that stand for a day."""
    dates = (one.date for one in archive.of_unit(unit)[period] if one.kind in ("overview", "plan") and one.date)
    days = [one.text for one in dates if one.first and one.first == one.last]
    return max(days, default=label("report-day-unknown", archive.vocabulary.language))
