"""Archives of any kind, from the program's own models: every field of every model, with plain and hostile values.

A field is given what its own type accepts, of all the words here. What the check refuses is taken out again, so that
each archive is one that the check accepts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from gongbao.problems.problem import Mark, Problem, errors
from gongbao.reading.content import read_all
from gongbao.reading.lists import LIST_MODELS, read_lists
from gongbao.records.models import Model
from gongbao.records.periods import Period
from gongbao.records.record import Header
from gongbao.records.references import Context
from gongbao.records.yamltree import Text
from hostile import ADDRESSES, NAMING, STRINGS, WAYS
from small_archives import LISTS, PNG, Files, bytes_of, dump, tree_of

PLAIN = (
    *("甲", "走访职工", "Visits", "swimming-meet", "c", "2014-h1/a#c", "aid", "town", "village", "visits", "report"),
    *("1", "0", "-1", "58", "1317.10", "0.0000001", "9999999999999999999999999", "120", "100", "3", "2014", "2020"),
    *("2014-h1", "2014-h2", "2014-year", "undated-h1", "0001-h1", "9999-h2", "2014-05-09", "2014-05", "20XX-03"),
    *("2014-07/2014-08", "2014-05~", "0001-01-01", "9999-12-31", "元", "万元", "人", "%", "家", "pdf", "zh", "en"),
    *("https://example.org/a?b=c#d", "http://例子.example/路", "tel:12351", "figure.parts", "form.title", "figures[0]"),
    *("2013-h1/old", "CC-BY-4.0", "第3期", "a.png", "true", "false", "是", "ssh-ed25519 AAAA"),
)
POOL = (*PLAIN, *STRINGS, *ADDRESSES)
ATTACHMENT = "2014/h1/a/a.png"
BASE: Files = {
    **LISTS,
    "indicators.yml": [{"slug": "visits", "title": "走访户数", "unit": "户", "aggregate": "sum"}],
    "sources.yml": [{"slug": "report", "title": "半年报告"}],
    "2014/h1/a/index.md": {"title": "走访职工", "unit": "town", "topics": ["aid"]},
    ATTACHMENT: PNG,
    "2014/h2/b.md": {"title": "办比赛", "unit": "village", "topics": ["activities"]},
    "undated/year/c.md": {"title": "组建", "unit": "town", "topics": ["organizing"]},
}
RECORDS = tuple(name for name in BASE if name.endswith(".md"))
_STEP = re.compile(r"[^.\[\]]+")
_ROUNDS = 10
_UNIONS = (Union, UnionType)
_VOCABULARY, _ = read_lists({name: bytes_of(value) for name, value in BASE.items() if "/" not in name}, "content")
_CONTEXT = Context(_VOCABULARY, Period(2014, "h1"))


def without_none(union: Any) -> list[Any]:
    """The types of a union, without that of None."""
    return [one for one in get_args(union) if one is not type(None)]


@cache
def accepted(kind: Any) -> tuple[str, ...]:
    """The words that a field's type accepts."""
    adapter = TypeAdapter(kind, config=None)

    def fits(word: str) -> bool:
        try:
            adapter.validate_python(Text.at(word, Mark()), context=_CONTEXT)
        except ValidationError:
            return False
        return True

    return tuple(word for word in dict.fromkeys(POOL) if fits(word))


def values(kind: Any, rules: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Values of a type as a YAML file has them. ``rules`` are what pydantic knows of the type besides."""
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *more = get_args(kind)
        return values(inner, (*more, *rules))
    if isinstance(kind, type) and issubclass(kind, Model):
        return fields(kind)
    if origin is tuple:
        return st.lists(values(get_args(kind)[0]), min_size=1, max_size=3)
    if origin in _UNIONS and len(kinds := without_none(kind)) == 1:
        return values(kinds[0], rules)
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    words = accepted(Annotated[(kind, *rules)] if rules else kind)
    plain = [word for word in words if word in PLAIN]
    return st.sampled_from(plain or words) | st.sampled_from(words)


@cache
def fields(model: type[Model]) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings of a model's fields: all that are required, and some of the others."""
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in model.model_fields.items():
        among = required if field.is_required() else optional
        among[field.alias or name] = values(field.annotation, tuple(field.metadata))
    return st.fixed_dictionaries(required, optional=optional).filter(bool)


def everywhere(kind: Any, word: str, rules: tuple[Any, ...] = ()) -> Any:
    """A value of a type that has a word wherever it may have it, and is complete."""
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *more = get_args(kind)
        return everywhere(inner, word, (*more, *rules))
    if isinstance(kind, type) and issubclass(kind, Model):
        return {
            field.alias or name: everywhere(field.annotation, word, tuple(field.metadata))
            for name, field in kind.model_fields.items()
        }
    if origin is tuple:
        return [everywhere(get_args(kind)[0], word)]
    if origin in _UNIONS and len(kinds := without_none(kind)) == 1:
        return everywhere(kinds[0], word, rules)
    if origin is Literal:
        return get_args(kind)[0]
    words = accepted(Annotated[(kind, *rules)] if rules else kind)
    return word if word in words else words[0]


def archive_of(word: str) -> Files:
    """The archive that has a word in every field that the check lets it stand in."""
    files: dict[str, Any] = deepcopy(dict(BASE))
    for name, kind in LIST_MODELS.items():
        made = everywhere(kind, word)
        files[f"{name}.yml"] = made if isinstance(made, dict) else [*files.get(f"{name}.yml", ()), *made]
    for name in RECORDS:
        files[name] = {**files[name], **everywhere(Header, word), "body": f"{word}\n\n- {word}"}
    return as_files(without_faults(seen(files)))


def seen(files: dict[str, Any]) -> dict[str, Any]:
    """Let all records but the last be such as readers see, and the site have its own word lists alone."""
    files["site.yml"].pop("extends", None)
    for name in RECORDS[:-1]:
        files[name] = {field: value for field, value in files[name].items() if field not in ("withdrawn", "draft")}
    return files


def texts() -> st.SearchStrategy[str]:
    """Records' texts: hostile strings, addresses and names in all ways, and plain words."""
    held = st.builds(lambda way, word: way.replace("@", word), st.sampled_from(WAYS), st.sampled_from(ADDRESSES))
    named = st.builds(lambda way, word: way.replace("@", word), st.sampled_from(NAMING), st.sampled_from(STRINGS))
    plain = st.sampled_from(
        ("正文。", "有 {{ 走访户数 }}。", "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |", "- 甲\n  - 乙", "## 一、做法")
    )
    return st.lists(plain | st.sampled_from(STRINGS) | held | named, max_size=5).map("\n\n".join)


@st.composite
def archives(draw: st.DrawFn) -> Files:
    """Archives that the check accepts."""
    files: dict[str, Any] = deepcopy(dict(BASE))
    for name, kind in LIST_MODELS.items():
        made = draw(values(kind))
        files[f"{name}.yml"] = made if isinstance(made, dict) else [*files.get(f"{name}.yml", ()), *made]
    for name in RECORDS:
        files[name] = {**files[name], **draw(fields(Header)), "body": draw(texts())}
    return as_files(without_faults(seen(files)))


def as_files(files: Mapping[str, Any]) -> Files:
    """The files of an archive, each record with its text below its fields."""
    return {name: _record(value) if name.endswith(".md") else value for name, value in files.items()}


def _record(fields: Mapping[str, Any]) -> str:
    header = {name: value for name, value in fields.items() if name != "body"}
    return f"---\n{dump(header)}---\n\n{fields.get('body') or '正文。'}\n"


def without_faults(files: dict[str, Any]) -> dict[str, Any]:
    """Take out what the check refuses: a field, in later rounds the entry with the field, in the end the whole file."""
    for at in range(_ROUNDS):
        found = errors(read_all(tree_of(as_files(files))).problems)
        if not found:
            return files
        for path in {problem.path for problem in found}:
            name = path.removeprefix("content/")
            ways = {way_of(problem)[: 1 if at > 5 else None] for problem in found if problem.path == path}
            if name == ATTACHMENT:  # the site allows no pictures
                del files["site.yml"]["attachments"]
                continue
            taken = [take_out(files[name], way) for way in sorted(ways, key=_last_first, reverse=True)]
            if at > 8 or not any(taken):
                files[name] = deepcopy(BASE.get(name, []))
    return dict(BASE)


Way = tuple[str | int, ...]  # the steps to a field


def way_of(problem: Problem) -> Way:
    """The steps to the field that a problem names; of a record's text, the field ``body``."""
    if not problem.field and problem.path.endswith(".md"):
        return ("body",)
    return tuple(int(step) if step.isdigit() else step for step in _STEP.findall(problem.field))


def _last_first(way: Way) -> list[tuple[bool, int, str]]:
    """A key for sorting backwards: the last entries of a list first."""
    return [(isinstance(step, int), step if isinstance(step, int) else 0, str(step)) for step in way]


def take_out(value: Any, way: Way) -> bool:
    """Take out what a way leads to, or, of what is missing there, that in which it is missing."""
    for end in range(len(way), 0, -1):
        try:
            holder = value
            for step in way[: end - 1]:
                holder = holder[step]
            del holder[way[end - 1]]
        except (KeyError, IndexError, TypeError):
            continue
        return True
    return False
