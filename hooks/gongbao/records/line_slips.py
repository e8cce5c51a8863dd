"""Slips of whole lines: names of fields set like headings, signs after a value, remarks, values that go on below.

Word's writers know no YAML. Each slip is mended in the draft, so that it hides no other, and told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..problems.field_paths import written_name
from ..problems.names import EVERY_FIELD, english_field
from .draft import Draft
from .fields_in_line import brace_fields, split_fields
from .file_kinds import is_markdown
from .loose_rows import mend_rows
from .outline import Outline
from .parted_items import join_parted
from .promise_rows import NUMBERING
from .scalars import scalar

_BLANK = " \t\u3000\u00a0"
_LEAD = rf"(?P<lead>[{_BLANK}]*(?:- +)*)"
_HEAD = re.compile(rf"{_LEAD}(?P<name>[^\s:：﹕∶][^:：﹕∶]{{0,30}}?)(?P<colon>[:：﹕∶][{_BLANK}]*)")
_BOLD_HEAD = re.compile(rf"{_LEAD}(?P<name>[*_]+[^*_:：﹕∶]{{1,30}})(?P<colon>[:：﹕∶][*_]+[{_BLANK}]*)")
_IN_BRACKETS = re.compile(rf"{_LEAD}(?P<name>[【\[［〔][\w{_BLANK}-]{{1,20}}[】\]］〕])(?P<colon>[{_BLANK}]*)(?=\w)")
_OTHER_SIGN = re.compile(rf"(?P<lead>)(?P<name>[\w-]{{1,20}})(?P<colon>[{_BLANK}]*[；;，,、=＝][{_BLANK}]*)(?=\S)")
_NO_SIGN = re.compile(rf"(?P<lead> *(?P<item>- +)?)(?P<name>[\w-]{{1,20}})(?P<colon>[{_BLANK}]+)(?=[^\s:：])")
_STRAIGHT = re.compile(r"\"[^\"]*\"|'[^']*'")
_NUMBERING = re.compile(rf"^[*_#\s]*{NUMBERING.pattern}")
_DECORATION = re.compile(r"[\s*_#`“”\"‘’'「」『』【】\[\]［］〔〕《》〈〉()（）]+")
_SENTENCES = frozenset(
    ("summary", "text", "note", "reason", "evidence", "doubt", "printed", "was", "now", "body", "description")
) | {"definition", "wrong", "right", "notice", "reports", "contact", "title"}  # of a title, `form.title` tells
_INNER = re.compile(r"(?<=[{｛,，\s])[\u4e00-\u9fff]+(?:[ \u3000\u00a0]+[\u4e00-\u9fff]+)+(?=\s*[:：])")
_ENTITY = re.compile(r"&#?\w+;\s*$")  # its semicolon is a part of it
_ENDED = re.compile(
    rf"{_LEAD}(?:(?P<key>[\w-]{{1,20}}) *: +)?(?P<value>[^\s|>].*?)(?P<signs>[{_BLANK}]*[；;，,、。]+)[{_BLANK}]*$"
)
_BRACKETS = re.compile(r"[{\[].*[}\]]")
_REMARK = re.compile(r"\s*(?P<sign>//+\s*|/\*+\s*|<!--+\s*)")
_NOTE = re.compile(r"\s*(?P<sign>)(?:[（(【]\s*(?:备?注|说明)|注[:：]|※)")
_BEHIND = re.compile(r"(?<=[^\s:])(?P<sign>\s+//+(?![^\s/]*/)\s*)\S")
_TAIL = re.compile(
    rf"(?P<item>{_LEAD}[{{｛](?P<inside>(?:[^{{}}｛｝]|[{{｛][^{{}}｛｝]*[}}｝])*))[}}｝][{_BLANK}]*"
    rf"(?P<tail>[^\s{{}}｛｝,，、；;。\]］#：:/].*?)\s*$"
)
_KEPT_NOTE = re.compile(r"[（(【\s]*(?:备?注|说明)?[:：]?\s*(?P<text>.*?)[)）】\s]*")
_OF_RECORDS = frozenset(("title", "unit", "topics", "kind", "date", "summary", "source", "figures", "outcomes"))
_OF_ITEMS = frozenset(("indicator", "label", "value", "unit", "bound", "percent", "rank", "previous", "change")) | {
    *("id", "text", "due", "commitment", "status", "note")
}
_HOLDERS_OF_NOTES = frozenset(("figures", "outcomes", "source"))
_FIELD_LINE = re.compile(r"([^\s:：]{1,20})\s*[:：]")
_NO_MORE = re.compile(r"[-#{}\[\]\"'|>&*!%@`]|//|<!--|[（(【]\s*备?注|[=＝—－]{3}")
_OPEN_VALUE = re.compile(r"[\w-]{1,20} *[:：]\s*[^\s\"'{\[|>&*!#]")
_LONGEST = 2000  # signs in a line that a person would type
# A field as YAML has it, with a value in which none of these slips can be (a promise is named with a slash), or a slug
# in a list. Most lines are like this. Before a field that only items have, a hyphen may stand at the margin.
_SOUND = re.compile(
    r"(?: +- +| *|- (?=(?:label|indicator|id|commitment|名目|指标|编号|承诺):))(?!注:)"
    r"[A-Za-z\u4e00-\u9fff][A-Za-z\u4e00-\u9fff-]{0,19}:(?: [^:：﹕∶/]*(?:/[\w-]+#[\w-]+)?)?|- [a-z][a-z0-9-]*"
)
END_SIGNS = tuple("；;，,、。")  # behind a value that is no sentence


def mend_lines(draft: Draft) -> None:
    """Mend the slips of whole lines, and add a problem for each."""
    suspect = not all(_SOUND.fullmatch(line) for line in draft.lines if line)
    for at in _beginnings(draft) if suspect else ():
        if not _SOUND.fullmatch(draft.lines[at]) and not _remarked(draft, at):
            _mend_hyphen(draft, at)
            _mend_name(draft, at)
            brace_fields(draft, at)
            _mend_inner_names(draft, at)
            split_fields(draft, at)
    join_parted(draft)
    mend_rows(draft)
    _join(draft)
    if any(_TAIL.fullmatch(line) or _ended(line) for line in draft.lines if len(line) <= _LONGEST):
        for at in _beginnings(draft):
            _mend_tail(draft, at)
            _mend_end(draft, at)


def _beginnings(draft: Draft) -> Iterator[int]:
    """Yield the index of each line that begins something and goes on with nothing above; it may be mended meanwhile."""
    outline = Outline()
    for at in draft.structure():
        line = draft.lines[at]
        if not outline.depth and not outline.continues(line) and len(line) <= _LONGEST:
            yield at
        outline.add(draft.lines[at])


def _join(draft: Draft) -> None:
    """Join lines at the left margin that are no fields to the field before them, whose value they go on with."""
    last: int | None = None  # the line of the last field at the margin, if the line before goes on with it
    first_more = None
    for at, line in enumerate([*draft.lines, ""]):
        more = last is not None and line[:1].strip() and not _FIELD_LINE.match(line) and not _NO_MORE.match(line)
        if more and len(line) <= _LONGEST and not _named(line):
            first_more = first_more or at
            continue
        if (
            last is not None
            and line[:1] == " "
            and line.strip()
            and not re.match(r" *(?:- |[^\s:：]{1,20} *[:：])", line)
        ):
            continue  # it goes on with the value, as YAML has it
        if first_more and last is not None:
            draft.join(last, at - 1, "yaml.continued")
        first_more, last = None, at if _OPEN_VALUE.match(line) and len(line) <= _LONGEST else None


def _named(line: str) -> re.Match[str] | None:
    """Return the name of a field and the sign after it at the beginning of a line, or None if there is none."""
    every = (pattern.match(line) for pattern in (_BOLD_HEAD, _HEAD, _IN_BRACKETS, _OTHER_SIGN))
    return next((found for found in every if found and _known(found["name"])), None)


@lru_cache(maxsize=1 << 12)  # records have the same few names
def _known(name: str) -> str:
    """Return the name of a field without the blanks, numbers and brackets around it, or nothing if it is none."""
    bare = _DECORATION.sub("", _NUMBERING.sub("", name))
    return bare if english_field(bare, EVERY_FIELD) else ""


def _remarked(draft: Draft, at: int) -> bool:
    """Make a comment of a remark as other languages write it. Returns whether the whole line is one."""
    line = draft.lines[at]
    if found := _REMARK.match(line) or _NOTE.match(line):
        start = found.end("sign") - len(found["sign"])
        draft.mend(at, start, found.end("sign"), "# ", "yaml.remark", safe=bool(found["sign"]))
        return True
    if found := _BEHIND.search(line):
        draft.mend(at, *found.span("sign"), " # ", "yaml.remark")
    return False


def _mend_name(draft: Draft, at: int) -> None:
    line = draft.lines[at]
    if not (found := _named(line) or _without_sign(draft, at)):
        return
    name = _known(found["name"])
    written = found["name"].rstrip(_BLANK)
    colon = found["colon"].lstrip(_BLANK)[:1]
    if (written == name or _STRAIGHT.fullmatch(written)) and (
        colon in (":", "：", "﹕", "∶") and "*" not in found["colon"]
    ):
        return  # a wide colon alone is told as such
    start, end = found.end("lead"), found.end("colon")
    rest = line[end:].rstrip()
    bold = len(rest) - len(rest.rstrip("*")) if written.startswith("*") and not written.endswith("*") else 0
    if bold and "*" not in found["colon"]:
        rest, end = rest[:-bold], len(line)
        text = f"{name}: {rest}"
    else:
        text = f"{name}: " if rest else f"{name}:"
    draft.mend(at, start, end, text, "field.name", values={"name": name})


def _without_sign(draft: Draft, at: int) -> re.Match[str] | None:
    """Return the Chinese name of a field that nothing but blanks divide from its value, or None if there is none.

    At the margin, a field that the record has already is a word of the line above: 标题: 开展 and below it 主题 教育.
    """
    found = _NO_SIGN.match(draft.lines[at])
    if not found or not is_markdown(draft.path) or found["name"].isascii():
        return None
    if found["lead"]:
        named = english_field(found["name"], _OF_ITEMS)
        return found if named and (not found["item"] or _is_item(draft.lines[at + 1 : at + 2])) else None
    name = english_field(found["name"], _OF_RECORDS)
    others = {english_field(field[1], _OF_RECORDS) for line in draft.lines if (field := _FIELD_LINE.match(line))}
    return found if name and name not in others else None


def _is_item(below: Sequence[str]) -> bool:
    """Whether the line below a list's item holds another field of it; 指标 12 个 alone is a row of amounts."""
    return any(
        english_field(found["name"], _OF_ITEMS) is not None
        for line in below
        if line.startswith(" ") and (found := _NO_SIGN.match(line) or _HEAD.match(line)) and "-" not in found["lead"]
    )


def _mend_hyphen(draft: Draft, at: int) -> None:
    """Take the hyphen away that stands before a field of the record, as before a list's item."""
    found = re.match(r"(- +)(?P<key>[\w-]{1,20}) *[:：]", draft.lines[at])
    if not found or english_field(found["key"], _OF_RECORDS) is None or not is_markdown(draft.path):
        return
    if at == 0 or _OPEN_VALUE.match(draft.lines[at - 1]):
        draft.mend(at, 0, found.end(1), "", "field.name", values={"name": found["key"]})


def _mend_inner_names(draft: Draft, at: int) -> None:
    """Take the blanks out of the names of fields within braces."""
    for found in reversed([*_INNER.finditer(draft.lines[at])]):
        if name := _known(found[0]):
            draft.mend(at, *found.span(), name, "field.name", values={"name": name})


def _mend_tail(draft: Draft, at: int) -> None:
    """Move what follows a closing brace into it, as a note, or behind a number sign where there are no notes."""
    line = draft.lines[at]
    found = _TAIL.fullmatch(line)
    if not found:
        return
    kept = _KEPT_NOTE.fullmatch(found["tail"])
    note = kept["text"] if kept and kept["text"] else found["tail"]
    name = written_name("note", chinese=not found["inside"].isascii())
    has_one = re.search(r"(?:说明|备注|note)\s*[:：]", found["inside"])
    if _holder(draft, at) in _HOLDERS_OF_NOTES and not has_one:
        text = f", {name}: {scalar(note)}" + "}"
        draft.mend(at, found.end("item"), len(line), text, "yaml.tail", safe=False, written=found["tail"])
    else:
        at_tail = found.start("tail")
        draft.mend(at, at_tail, at_tail, "# ", "yaml.tail", safe=False, written=found["tail"])


def _holder(draft: Draft, at: int) -> str:
    """Return the field at the left margin to which a line belongs, by its English name."""
    for above in range(at, -1, -1):
        if found := re.match(r"([\w-]{1,20}) *[:：]", draft.lines[above]):
            return english_field(found[1], EVERY_FIELD) or ""
    return ""


def _mend_end(draft: Draft, at: int) -> None:
    """Take the punctuation away that follows a value that is no sentence."""
    line = draft.lines[at]
    if not (found := _ended(line)):
        return
    below = draft.lines[at + 1] if at + 1 < len(draft.lines) else ""
    goes_on = below.startswith(" ") and not _FIELD_LINE.match(below.lstrip(" -"))
    if not goes_on or _BRACKETS.fullmatch(found["value"]):
        draft.mend(at, found.start("signs"), len(line), "", "field.end", values={"sign": found["signs"].strip()})


def _ended(line: str) -> re.Match[str] | None:
    """Return the value in a line, and the punctuation behind it. None if there is none, or the value is a sentence."""
    if not line.rstrip(_BLANK).endswith(END_SIGNS) or _ENTITY.search(line) or not (found := _ENDED.match(line)):
        return None
    field = english_field(found["key"], EVERY_FIELD) if found["key"] else None
    is_value = field and field not in _SENTENCES and found["value"][0] not in "{[&*!#"
    return found if is_value or _BRACKETS.fullmatch(found["value"]) else None
