"""The levels of rules that a site sets in ``site.yml``: an error, a warning, or off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..problems.catalogue import waivable
from ..problems.problem import Problem
from ..records.periods import Period
from ..records.record import Record
from ..records.site_settings import RuleSetting
from ..records.vocabulary import Vocabulary


def with_levels(problems: Iterable[Problem], records: Sequence[Record], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the problems with the levels that the site's settings give their rules, without those that are off.

    Of several settings for a problem's rule the last one counts. What breaks a site or a record keeps its level.
    """
    settings = vocabulary.site.rules
    if not settings:
        yield from problems
        return
    places = {record.path: (record.unit, record.period) for record in records}
    for problem in problems:
        setting = _setting(problem, settings, places, vocabulary)
        if setting is None or setting.level is None:
            yield problem
        elif setting.level != "off":
            yield replace(problem, level=setting.level)


def _setting(
    problem: Problem,
    settings: Sequence[RuleSetting],
    places: Mapping[str, tuple[str, Period]],
    vocabulary: Vocabulary,
) -> RuleSetting | None:
    """Return the last setting with a level for a problem, or None."""
    if not waivable(problem.rule):
        return None
    unit, period = places.get(problem.path, (None, None))
    return next(
        (
            one
            for one in reversed(settings)
            if one.level
            and one.covers(problem.rule)
            and (not one.units or any(unit == entry.slug for entry in map(vocabulary.units.find, one.units) if entry))
            and (not one.periods or period in one.periods)
        ),
        None,
    )
