"""Reports of problems as text, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from .catalogue import Language, label
from .field_paths import field_words
from .problem import Problem, errors, in_order
from .visible import clipped, visible


def describe(problem: Problem, language: Language) -> str:
    """Return a problem as lines for a terminal: first the place and the message, then the details."""
    severity = label(problem.severity, language)
    place = f"{problem.path}:{problem.mark.line}:{problem.mark.column}"
    lines = [f"{place}: {severity}: {problem.message(language)} [{problem.rule}]"]
    details = {
        "at-field": problem.place(language),
        "written": clipped(problem.written),
        "expected": problem.expected(language),
        "hint": problem.hint(language),
    }
    lines += [f"    {label(name, language)}{text}" for name, text in details.items() if text]
    if waiver := problem.waiver(language):
        allow = field_words(problem.names or language)["allow"]
        lines += [f"    {label('waive', language, allow=allow)}", f"      {waiver}"]
    return visible("\n".join(lines))


def report(problems: Iterable[Problem], language: Language) -> str:
    """Return a report: the problems in order, file by file, then their `summary`. It is empty if there are none."""
    ordered = in_order(problems)
    if not ordered:
        return ""
    files = [
        "\n".join(describe(problem, language) for problem in group) for _, group in groupby(ordered, lambda p: p.path)
    ]
    return "\n\n".join([*files, summary(ordered, language)])


def summary(problems: Sequence[Problem], language: Language) -> str:
    """Return how many problems there are of each rule, the most frequent rule first, and how many in all."""
    counts = sorted(Counter(problem.rule for problem in problems).items(), key=lambda item: (-item[1], item[0]))
    rules = [f"{count:>6}  {rule}" for rule, count in counts] if len(counts) > 1 else []
    wrong = len(errors(problems))
    total = label("problem-count", language, errors=wrong, warnings=len(problems) - wrong)
    return "\n".join([*rules, total])
