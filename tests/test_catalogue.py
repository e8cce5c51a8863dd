"""The catalogue of texts: complete in both languages, and nothing in it that nobody says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from jinja2 import Environment, nodes

from gongbao.problems import names
from gongbao.problems.catalogue import LANGUAGES, Language, catalogue, label

PACKAGE = Path(__file__).parent.parent / "hooks" / "gongbao"
PROBLEMS, LABELS = catalogue()["problems"], catalogue()["labels"]
# names.py is the table of field names: what stands there is said to nobody.
CODE = [path for path in (*PACKAGE.rglob("*.py"), *PACKAGE.parent.parent.glob("scripts/*.py")) if path.stem != "names"]
TEMPLATES = list((PACKAGE / "rendering" / "templates").glob("*.html"))
# Labels whose names are put together in a way that this test cannot read.
PUT_TOGETHER = {"kind-", "hint-", "record-count-one", "doubts-count-one"}


def trees() -> Iterator[ast.AST]:
    return (ast.parse(path.read_text(encoding="utf-8")) for path in CODE)


def words_of_code() -> set[str]:
    """Every string written out in the code."""
    every = (node for tree in trees() for node in ast.walk(tree))
    return {node.value for node in every if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def beginnings_of_code() -> set[str]:
    """How the strings begin that the code puts together: ``status-`` of ``f"status-{status}"``."""
    every = (node.values[0] for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    return {str(node.value) for node in every if isinstance(node, ast.Constant) and str(node.value)[-1] in "-."}


def said_in_templates() -> Iterator[tuple[str, nodes.Expr]]:
    """Yield the first argument of every ``say(…)`` and ``count(…)``, with the template's name."""
    environment = Environment()
    for path in TEMPLATES:
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("say", "count"):
                yield path.name, call.args[0]


def label_of(argument: nodes.Expr) -> str:
    """A label's name as a template has it; of one that is put together its beginning, with the hyphen."""
    first = argument.nodes[0] if isinstance(argument, nodes.Concat) else argument
    assert isinstance(first, nodes.Const), "labels are written out, so that they can be searched for"
    return str(first.value)


def placeholders(text: str) -> set[str]:
    """What is filled into a text; a field is called by its own name in either language."""
    return set(re.findall(r"\{([a-z_-]+)\}", text.replace("{field-name}", "{field}")))


def is_named(name: str, words: set[str], beginnings: set[str]) -> bool:
    return name in words or any(name.startswith(beginning) for beginning in beginnings)


def test_every_problem_is_told_in_both_languages_alike() -> None:
    for rule, texts in PROBLEMS.items():
        chinese, english = (texts[language] for language in LANGUAGES)
        assert set(texts) <= {"severity", "limit", *LANGUAGES, "about", "wrong", "right"}, rule
        assert set(texts.get("about", LANGUAGES)) == set(LANGUAGES), rule
        assert {"message"} <= set(chinese) == set(english) <= {"message", "expected", "hint", "limits"}, rule
        filled = [{part: placeholders(text) for part, text in one.items()} for one in (chinese, english)]
        assert filled[0] == filled[1], rule


def test_every_label_is_there_in_both_languages_alike() -> None:
    for name, texts in LABELS.items():
        assert set(texts) == set(LANGUAGES), name
        assert all(isinstance(text, str) and text for text in texts.values()), name
        assert placeholders(texts["zh"]) == placeholders(texts["en"]), name


def test_chinese_texts_are_chinese() -> None:
    texts = [PROBLEMS[rule]["zh"]["message"] for rule in PROBLEMS]
    assert [text for text in texts if not re.search("[\u4e00-\u9fff]", text)] == []


def test_every_rule_of_the_code_is_in_the_catalogue() -> None:
    families = {rule.partition(".")[0] for rule in PROBLEMS}
    rules = {word for word in words_of_code() if re.fullmatch(rf"(?:{'|'.join(families)})\.[a-z-]+", word)}
    assert len(rules) > 30
    assert rules - set(PROBLEMS) - {f"{name}.yml" for name in families} - {"baseline.txt"} == set()


def test_every_rule_of_the_catalogue_is_found_by_something() -> None:
    words, beginnings = words_of_code(), {text for text in beginnings_of_code() if text.endswith(".")}
    assert [rule for rule in PROBLEMS if not is_named(rule, words, beginnings)] == []


def test_every_label_of_a_template_is_in_the_catalogue() -> None:
    for template, argument in said_in_templates():
        name = label_of(argument)
        known = name in LABELS or (name.endswith("-") and any(label.startswith(name) for label in LABELS))
        assert known, f"{template}: {name}"


def test_every_label_of_the_catalogue_is_said_somewhere() -> None:
    from_templates = {label_of(argument) for _, argument in said_in_templates()}
    words = words_of_code() | from_templates
    put_together = beginnings_of_code() | from_templates | PUT_TOGETHER
    beginnings = {text for text in put_together if text.endswith("-")}
    unsaid = [name for name in LABELS if not is_named(name, words | PUT_TOGETHER, beginnings)]
    assert unsaid == []


@pytest.mark.parametrize(
    ("values", "table"),
    [
        (names.KindName, names.KINDS),
        (names.OutcomeStatus, names.STATUSES),
        (names.BoundName, names.BOUNDS),
        (names.DatingName, names.DATINGS),
        (names.BasisName, names.BASES),
        (names.AggregateName, names.AGGREGATES),
        (names.YesNo, names.YES_NO),
        (Language, names.LANGUAGE_NAMES),
    ],
)
def test_every_value_of_a_field_has_a_chinese_name(values: Any, table: dict[str, tuple[str, ...]]) -> None:
    assert get_args(values) == tuple(table)
    assert all(table.values())


def test_counts_are_grouped_and_years_are_not() -> None:
    assert label("record-count", "zh", count=10000) == "10,000 条记录"
    assert label("kept-count", "en", due=1234, done=999).count("1,234") == 1
    assert label("months-h1", "zh", year=2014).count("2014") >= 1
