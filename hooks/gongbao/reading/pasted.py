"""A text that was pasted without a record's fields: the fields that it needs, filled in as far as the text tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..problems.catalogue import label
from ..problems.field_paths import field_words, language_of_names, value_words
from ..problems.problem import Fix, Mark, Problem
from ..records.scalars import scalar
from ..records.vocabulary import Lexicon, ListEntry, Vocabulary, spoken_names
from .front_matter import FileParts, is_fence
from .second_record import fields_below

_LONGEST = 30  # characters of a title
_CLAUSE = re.compile(r"[。．；;：:！？，,]")
_SIGNS = " \t\u3000#*_"
_PART = re.compile(
    "(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)([^，。；：！？]{2,20})"
)  # a heading of a report
_HEADING = re.compile(r"#{1,3}\s*(\S.{1,40}?)\s*#*")  # at the top of a text
_REPORT = re.compile("总结|小结|汇报|情况|报告|简报")
_ABOVE = 4  # lines that may stand above the fields by mistake
_TAIL = 3  # lines at the end in which the sender stands


def with_header(problem: Problem, text: str, vocabulary: Vocabulary) -> Problem:
    """Return the problem of a file without fields, with a header to be pasted; if that is complete, also as a fix.

    Where fields stand below a line or two, as below a title typed on top, those lines have to go.
    """
    lines = text.split("\n")
    first = problem.mark.line - 1
    if below := fields_below(lines, first, _ABOVE):
        return _above_fields(problem, lines, *below)
    written = [line for line in lines[first:] if line.strip()]
    if len(written) > 1 and vocabulary.units.meant(written[0].strip(_SIGNS)):
        written = written[1:]  # the sender stands above the title
    title, whole = _title(written[0])
    unit = _named(vocabulary.units, [title, "\n".join(written[-_TAIL:]), text])
    parts = [found[1] for line in written if (found := _PART.fullmatch(line.strip(_SIGNS)))]
    whole_report = len(parts) > 1 and _REPORT.search(title) is not None
    named = dict.fromkeys(filter(None, (_named(vocabulary.topics, [part]) for part in parts)))
    topics = f"[{', '.join(named)}]" if whole_report and len(named) > 1 else _named(vocabulary.topics, [title, text])
    names = field_words(vocabulary.language)
    header = "\n".join(
        [
            "---",
            f"{names['title']}: {scalar(title)}",
            f"{names['unit']}: {unit or _choice(vocabulary.units, vocabulary)}",
            *([f"{names['kind']}: {value_words(vocabulary.language)['overview']}"] if whole_report else []),
            f"{names['topics']}: {topics or _choice(vocabulary.topics, vocabulary)}",
            "---",
        ]
    )
    whole = whole and written[0] == lines[first] and len(written) > 1
    end = Mark(first + 1, len(lines[first]) + 1) if whole else Mark(first + 1)
    fix = Fix(Mark(first + 1), end, header if whole else f"{header}\n\n") if unit and topics else None
    return replace(problem, values={"in-place" if whole else "above-all": header}, fix=fix)


def parts_below(text: str, problem: Problem) -> FileParts | None:
    """Return the parts of a file whose fields stand below lines of text (`with_header`), so that all else is told, too.

    ``problem`` is that of `with_header`. None if there are none, or the lines above hold one of the fields.
    """
    if not {"text-above", "said-below"} & problem.values.keys():
        return None
    lines, first = text.split("\n"), problem.mark.line - 1
    at = next(at for at in range(first + 1, len(lines)) if is_fence(lines[at]))
    end = next(below for below in range(at + 1, len(lines)) if is_fence(lines[below]))
    return FileParts("\n".join(lines[at + 1 : end]), at + 2, "\n".join(lines[end + 1 :]), end + 2)


def with_heading_as_title(parts: FileParts, found: list[Problem], content: str) -> tuple[FileParts, list[Problem]]:
    """Return a record's parts without a heading at the top of its text, which is the title that its fields lack.

    The problem of the missing title, one of ``found``, then has the fix. ``content`` is the whole file.
    """
    lines = content.split("\n")
    at = next((at for at in range(parts.text_line - 1, len(lines)) if lines[at].strip()), None)
    heading = _HEADING.fullmatch(lines[at].strip()) if at is not None else None
    if at is None or heading is None:
        return parts, found
    name = field_words(language_of_names(parts.fields) or "zh")["title"]
    line = f"{name}: {scalar(heading[1])}"
    text = "\n".join([line, *lines[parts.fields_line - 1 : at]]).rstrip("\n")
    fix = Fix(Mark(parts.fields_line), Mark(at + 1, len(lines[at]) + 1), text, safe=True)
    values = {"heading-as-title": line, "line": str(at + 1)}
    told = [
        replace(problem, values={**problem.values, **values}, fix=fix)
        if (problem.rule, problem.field) == ("field.missing", "title")
        else problem
        for problem in found
    ]
    begins = at + 1 - (parts.text_line - 1)
    return parts._replace(text="\n".join(parts.text.split("\n")[begins:]), text_line=at + 2), told


def _above_fields(problem: Problem, lines: Sequence[str], at: int, fields: Mapping[str, str]) -> Problem:
    """Return the problem of lines above the fields, which begin at line ``at``: a title, or the beginning of a text."""
    first = problem.mark.line - 1
    above = [line for line in lines[first:at] if line.strip()]
    place = f"{first + 1}–{at}" if at > first + 1 else f"{at}"
    if all(line.strip(_SIGNS) in fields.values() for line in above):
        return replace(problem, values={"said-below": place}, fix=Fix(Mark(first + 1), Mark(at + 1), "", safe=True))
    title, whole = _title(above[0])
    if len(above) == 1 and whole and "title" not in fields:
        name = field_words(language_of_names("\n".join(lines[at:])) or "zh")["title"]
        line = f"{name}: {scalar(title)}"
        fix = Fix(Mark(first + 1), Mark(at + 1, len(lines[at]) + 1), f"---\n{line}", safe=True)
        return replace(problem, values={"title-above": place, "title": line}, fix=fix)
    end = next(below for below in range(at + 1, len(lines)) if is_fence(lines[below]))
    text = "\n".join([*lines[at : end + 1], "", *lines[first:at]]).rstrip()
    text += "\n" * bool("".join(lines[end + 1 : end + 2]).strip())
    fix = Fix(Mark(first + 1), Mark(end + 1, len(lines[end]) + 1), text, safe=True)
    return replace(problem, values={"text-above": place}, fix=fix)


def _title(line: str) -> tuple[str, bool]:
    """Return a title made of a line, and whether it is the whole line."""
    bare = line.strip(_SIGNS)
    title = _CLAUSE.sub("", bare) if not _CLAUSE.search(bare[:-1]) else _CLAUSE.split(bare)[0]
    return title[:_LONGEST], _CLAUSE.sub("", bare) == title[:_LONGEST]


def _named(lexicon: Lexicon[ListEntry], texts: Sequence[str]) -> str:
    """Return the slug of the only entry, or of the one that the first of the texts names that names any; or nothing."""
    if len(lexicon) == 1:
        return next(iter(lexicon)).slug
    for text in texts:
        counts = {entry.slug: _count(spoken_names(entry), text) for entry in lexicon}
        if (best := max(counts, key=lambda slug: counts[slug], default="")) and counts[best] > (0, 0):
            return best
    return ""


def _count(names: Iterable[str], text: str) -> tuple[int, int]:
    """Return the length of the longest name that a text has, and how often it is there."""
    return max(((len(name), text.count(name)) for name in names if name in text), default=(0, 0))


def _choice(lexicon: Lexicon[ListEntry], vocabulary: Vocabulary) -> str:
    """Return a comment with all entries of a word list."""
    language = vocabulary.language
    entries = [f"{entry.slug}{label('in-brackets', language, note=entry.title.text(language))}" for entry in lexicon]
    return label("choose", language, entries=label("comma", language).join(entries))
