"""Labels that name nothing, ``figure.total``, and labels that are names of indicators, ``figure.indicator``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..problems.field_paths import written_name
from ..problems.problem import Fix, Problem
from ..records.nodes import child, key_of
from ..records.quantities import Figure
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..records.yamltree import Table, Text
from .case import Case, problem_at

_TOTAL = re.compile("(?:合|总|小|共|累)计(?:数|金额|数量)?|总[数额和量]|以上合计|total", re.IGNORECASE)
_BESIDE = re.compile(r"[\s\u3000:：]|[（(].*[)）]$")  # 合 计（件）


def is_total(figure: Figure) -> bool:
    """Whether a figure is named like a table's row of totals."""
    return bool(figure.label and _TOTAL.fullmatch(_BESIDE.sub("", figure.label)))


def check(record: Record, _: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for every figure that is called a total of nothing."""
    for at, figure in enumerate(() if record.withdrawn else record.figures):
        if is_total(figure):
            yield problem_at(record, "figure.total", ("figures", at, "label"), figure.label)


def check_indicators(case: Case) -> Iterator[Problem]:
    """Yield a problem for every figure whose label is an indicator's name."""
    return indicators_in(case.archive.records, case)


def indicators_in(records: Iterable[Record], case: Case) -> Iterator[Problem]:
    """Yield a problem for every figure whose label is an indicator's name, if its unit is one of the indicator's.

    ``records`` may be sketches of records that are none of the case's.

    There is no replacement where the unit has told a number of this indicator for the period.
    """
    vocabulary = case.archive.vocabulary
    told = {(point.period, *of) for of, points in case.series.items() for point in points}
    for record in records:
        for at, figure in enumerate(() if record.withdrawn else record.figures):
            indicator = vocabulary.indicators.meant(figure.label) if figure.label else None
            if indicator is None or figure.value is None or not figure.unit or indicator.scale(figure.unit) is None:
                continue
            steps = ("figures", at, "label")
            problem = problem_at(record, "figure.indicator", steps, figure.label, slug=indicator.slug)
            holder, period = record.node("figures", at), figure.for_ or record.period
            label = child(holder, "label")
            if (period, indicator.slug, record.unit) in told or not isinstance(holder, Table):
                yield problem
                continue
            if isinstance(label, Text) and label.end and (key := key_of(holder, label)):
                line = f"{written_name('indicator', chinese=not key.isascii())}: {indicator.slug}"
                fix = Fix(holder.keys_at[key], label.end, line)
                problem = replace(problem, values={**problem.values, "suggestion": line}, fix=fix)
            yield problem
