"""Problems: what is wrong in a record, where, and what to write instead.

A problem is a value, not an exception: a run gathers all problems and reports them at once.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .catalogue import Language, catalogue, label, offers_waiver
from .examples import examples
from .field_paths import chinese_name, field_words, path_in, value_words
from .visible import clipped, visible

Severity = Literal["error", "warning"]
# Values that say how to mend a problem, the most telling first. Most are names of labels, which all values fill.
_ADVICE = (
    *("suggestion", "lines", "skeleton", "as-figure", "add-due", "add-id", "as-text", "together", "said-below"),
    *("title-above", "text-above", "line-break", "join-lines", "heading-as-title", "local-file", "one-of"),
    *("no-number", "no-share", "number-alone", "no-such-field", "in-place", "above-all", "carried", "nameless"),
    *("unsure", "feast"),
)
_RECORDS = (".md", ".yml", ".yaml")  # only records have waivers
_ABOVE_RECORDS = 2  # slashes in the path of a file that is no record: content/units.yml, content/2014/x.md


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
    ``lines`` are several lines to write in place of one, ``in-place`` and ``above-all`` longer texts to copy.
    ``fix`` is None if only a person can say what must stand there. ``level`` is what the site's settings say of the
    rule, or None. ``names`` is the language in which the file names its fields: texts name them likewise. Without it,
    they are named in the language of the text. ``period`` is the id of the period that examples belong to.
    """

    path: str
    mark: Mark
    rule: str
    field: str = ""
    written: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    fix: Fix | None = None
    names: Language | None = None
    period: str = ""
    level: Severity | None = None

    def at(self, path: str, values: Mapping[str, str]) -> Problem:
        """Return the same problem with another path and other values."""
        return dataclasses.replace(self, path=path, values=values)

    @property
    def severity(self) -> Severity:
        """``error`` stops the build; ``warning`` stops it only under ``--strict``."""
        if self.level:
            return self.level
        severity: Severity = catalogue()["problems"][self.rule].get("severity", "error")
        return severity

    def message(self, language: Language) -> str:
        """Return a sentence that says what is wrong."""
        return visible(self._text("message", language))

    def expected(self, language: Language) -> str:
        """Return what should stand there, or an empty text."""
        return visible(self.values.get("expected") or self._text("expected", language))

    def hint(self, language: Language) -> str:
        """Return how to mend it, or an empty text."""
        advice = next((name for name in _ADVICE if self.values.get(name)), "")
        if not advice:
            return visible(self._text("hint", language))
        name, value = advice, self.values[advice]
        shown: dict[str, object] = {**self.values, "f": field_words(self.names or language)}
        match advice:
            case "suggestion":
                name = "write-instead" if self.fix and self.fix.safe else "did-you-mean"
            case "skeleton":
                name = "fill-in" if "…" in value else "like-this"
            case "lines":
                written = label("comma", language).join(f"`{line}`" for line in value.split("\n"))
                over = self.fix is not None and self.fix.end.line > self.fix.start.line
                name, shown = "write-lines", {"count": value.count("\n") + 1, "lines": written}
                if over and self.fix:
                    name, shown = "write-over", {**shown, "first": self.fix.start.line, "last": self.fix.end.line}
            case "in-place" | "above-all":
                pasted = value.replace("\n", "\n      ")
                name, shown = f"write-{advice}", {"lines": pasted, "line": self.mark.line}
        return visible(label(name, language, **shown))

    def waiver(self, language: Language) -> str:
        """Return the entry of ``allow`` that waives this problem, ready to be pasted, or an empty text."""
        of_record = self.path.count("/") > _ABOVE_RECORDS and self.path.endswith(_RECORDS)
        if not of_record or not offers_waiver(self.rule):
            return ""
        names = field_words(self.names or language)
        path = path_in(self.field, self.names or language)
        field = f'{names["field"]}: "{path}", ' if path else ""
        reason = label("explain-reason", language)
        return f"- {{{names['rule']}: {self.rule}, {field}{names['reason']}: {reason}}}"

    def place(self, language: Language) -> str:
        """Return the path of the field, with its number in words if it is that of a list's item."""
        path = path_in(self.field, self.names or language)
        notes = [chinese_name(self.field)] if language == "zh" and self.names == "en" else []
        if counted := [str(int(number) + 1) for number in re.findall(r"\[(\d+)\]", path)]:
            notes.append(label("counted", language, number=label("counted-of", language).join(counted)))
        if not any(notes):
            return path
        note = label("comma-between", language).join(filter(None, notes))
        return path + label("in-brackets", language, note=note)

    def _text(self, part: str, language: Language) -> str:
        texts = catalogue()["problems"][self.rule][language]
        names = self.names or language
        values = {name: clipped(value, 120) for name, value in self.values.items()}
        path = path_in(self.field, names)
        holder, _, own = path.rpartition(".")
        filled = defaultdict[str, object](str, values, written=clipped(self.written))
        filled |= {
            **examples(self.period),
            "field": clipped(path) or label("whole-file", language),
            "holder": label("within-field", language, path=holder) if holder else label("first-fields", language),
            "own": own,
            "field-name": chinese_name(self.field),
            "f": field_words(names),
            "v": value_words(names),
        }
        if names == "zh" and "allowed-zh" in self.values:
            filled["allowed"] = self.values["allowed-zh"]
        for name in ("inner", "above"):
            if name in self.values:
                filled[name] = path_in(self.values[name], names)
        if kind := self.values.get("expected_kind"):
            filled["kind"] = label(f"kind-{kind}", language)
            filled["kind-hint"] = label(f"hint-{kind}", language, **examples(self.period))
        if leftover := self.values.get("leftover"):
            filled["what"] = label(f"leftover-{leftover}", language)
            filled["what-hint"] = label(f"mend-{leftover}", language, right=self.values.get("right", ""))
        if choice := self.values.get("choice"):
            filled["choice-hint"] = label(f"choose-{choice}", language, example=self.values.get("example", ""))
        if reckoned := self.values.get("reckoned-sum"):
            filled["sum"] = label("also-sum", language, reckoned=reckoned, printed=self.values.get("printed-sum", ""))
        if line := self.values.get("text-line"):
            filled["also"] = label("also-in-text", language, line=line, text=self.values.get("text-year", ""))
        if fault := self.values.get("fault"):
            filled["reason"] = label(fault, language, name=self.written, detail=self.values["detail"])
        if codes := self.values.get("codes"):
            filled["choose"] = label("choose-code", language, codes=codes)
        if into := self.values.get("into"):
            filled["move"] = label(f"move-into-{into}", language, **self.values, written=self.written)
            filled["in-text"] = label(f"show-{self.values.get('spot', 'as-before')}", language, **self.values)
        if self.rule == "list.missing":
            filled["list-hint"] = label(f"list-hint-{self.values['name']}", language)
        return str(texts.get(part, "")).format_map(filled)


def field_of(steps: Sequence[str | int]) -> str:
    """Return the path of a field as problems and waivers write it: ``figures[0].label`` for its steps as a sequence."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by path, place, rule, field and text, so that equal runs report alike."""
    return tuple(sorted(problems, key=lambda p: (p.path, p.mark, p.rule, p.field, p.written)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that stop a build."""
    return tuple(p for p in problems if p.severity == "error")
