"""Problems: what is wrong in a record, where, and what to write instead.

A problem is a value, not an exception: a run gathers all problems and reports them at once.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from .catalogue import Language, catalogue, label
from .names import chinese_name, field_label

Severity = Literal["error", "warning"]


class Mark(NamedTuple):
    """A place in a file: line and column, both counted from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Fix:
    """What to write in place of ``[start, end)`` of the problem's file, so that the problem is gone.

    Places are those of the file as it stands, without its byte-order mark; a line end in ``text`` is ``\\n``. A fix is
    ``safe`` if it changes spelling only and no fact: then the program may apply it without asking.
    """

    start: Mark
    end: Mark
    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at one place.

    ``path`` is relative to the project (``content/2014/h1/x.md``). ``rule`` is a key of the catalogue's ``problems``.
    ``field`` is a path of English names (``figures[0].unit``), ``written`` the text that stands there. ``values`` fill
    the placeholders of the rule's texts; the values ``expected`` and ``suggestion`` are shown on lines of their own.
    ``lines`` are several lines to write in place of one. ``fix`` is None if only a person can say what must stand
    there.
    """

    path: str
    mark: Mark
    rule: str
    field: str = ""
    written: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    fix: Fix | None = None

    def at(self, path: str, values: Mapping[str, str]) -> Problem:
        """Return the same problem with another path and other values."""
        return dataclasses.replace(self, path=path, values=values)

    @property
    def severity(self) -> Severity:
        """``error`` stops the build; ``warning`` stops it only under ``--strict``."""
        severity: Severity = catalogue()["problems"][self.rule].get("severity", "error")
        return severity

    def message(self, language: Language) -> str:
        """Return a sentence that says what is wrong."""
        return self._text("message", language)

    def expected(self, language: Language) -> str:
        """Return what should stand there, or an empty text."""
        return self.values.get("expected") or self._text("expected", language)

    def hint(self, language: Language) -> str:
        """Return how to mend it, or an empty text."""
        if suggestion := self.values.get("suggestion"):
            return label("did-you-mean", language, suggestion=suggestion)
        if lines := self.values.get("lines"):
            written = label("comma", language).join(f"`{line}`" for line in lines.split("\n"))
            return label("write-lines", language, count=lines.count("\n") + 1, lines=written)
        return self._text("hint", language)

    def _text(self, part: str, language: Language) -> str:
        texts = catalogue()["problems"][self.rule][language]
        clipped = {name: _clip(value, 120) for name, value in self.values.items()}
        field = _clip(self.field) or label("whole-file", language)
        filled = defaultdict(str, clipped, field=field, written=_clip(self.written))
        filled["field-name"] = chinese_name(self.field)
        if kind := self.values.get("expected_kind"):
            filled["kind"], filled["kind-hint"] = (label(f"{of}-{kind}", language) for of in ("kind", "hint"))
        if self.rule == "list.missing":
            filled["list-hint"] = label(f"list-hint-{self.values['name']}", language)
        return str(texts.get(part, "")).format_map(filled)


def _clip(text: str, limit: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit] + "…"


def field_of(steps: Sequence[str | int]) -> str:
    """Return the path of a field as problems and waivers write it: ``figures[0].label`` for its steps as a sequence."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by path, place, rule, field and text, so that equal runs report alike."""
    return tuple(sorted(problems, key=lambda p: (p.path, p.mark, p.rule, p.field, p.written)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that stop a build."""
    return tuple(p for p in problems if p.severity == "error")


def describe(problem: Problem, language: Language) -> str:
    """Return a problem as lines for a terminal: first the place and the message, then the details."""
    severity = label(problem.severity, language)
    place = f"{problem.path}:{problem.mark.line}:{problem.mark.column}"
    lines = [f"{place}: {severity}: {problem.message(language)} [{problem.rule}]"]
    named = field_label(problem.field, language)
    both = f"{problem.field}（{named}）" if named != problem.field else problem.field
    details = {
        "at-field": both,
        "written": _clip(problem.written),
        "expected": problem.expected(language),
        "hint": problem.hint(language),
    }
    lines += [f"    {label(name, language)}{text}" for name, text in details.items() if text]
    return "\n".join(lines)


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
