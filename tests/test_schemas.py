"""The JSON Schemas for editors: they take what the program takes, offer the word lists, and refuse slips."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from any_archives import everywhere, fields
from gongbao.archive.filing import Archive, publish
from gongbao.problems.names import FIELDS
from gongbao.publishing.editor_schemas import schema_output, schemas
from gongbao.reading.content import read_all
from gongbao.reading.lists import LIST_MODELS
from gongbao.records.models import Model
from gongbao.records.record import PARTS, Header
from small_archives import LISTS, PROJECT, load, record, tree_of

PLAN = record(kind="plan", commitments=[{"id": "meet", "text": "办游泳比赛", "due": "2014-h2"}])
FILES = {**LISTS, "2014/h1/plan.md": PLAN}


def archive_of() -> Archive:
    content = read_all(tree_of(FILES))
    return publish(content.records, content.vocabulary, preview=False)


SCHEMAS = schemas(archive_of())


def faults(name: str, value: Any) -> list[str]:
    return [error.message for error in Draft7Validator(SCHEMAS[name]).iter_errors(value)]


def test_every_schema_is_one_and_is_published() -> None:
    for schema in SCHEMAS.values():
        Draft7Validator.check_schema(schema)
    assert [*SCHEMAS] == ["record", *LIST_MODELS]
    assert sorted(schema_output(archive_of()).names) == sorted(f"data/schema/{name}.json" for name in SCHEMAS)


def test_every_field_is_there_by_all_its_names_with_words_about_it() -> None:
    models: list[type[Model]] = [Header, *PARTS.values()]
    for model in models:
        made = SCHEMAS["record"]["definitions"][model.__name__]["properties"]
        for name in model.field_names():
            for spelling in (name, *FIELDS.get(name, ())):
                assert made[spelling]["title"] and made[spelling]["description"], spelling
        assert re.fullmatch("[\u4e00-\u9fff]+", next(iter(made.values()))["title"])


@settings(deadline=None, max_examples=10)
@given(fields(Header))
def test_whatever_the_models_take_is_right(written: Mapping[str, Any]) -> None:
    assert faults("record", written) == []


@pytest.mark.parametrize("name", LIST_MODELS)
def test_word_lists_that_the_models_take_are_right(name: str) -> None:
    assert faults(name, everywhere(LIST_MODELS[name], "1")) == []


def test_the_repositorys_own_files_are_right() -> None:
    for path in sorted((PROJECT / "content").glob("*.yml")):
        assert faults(path.stem, load(path)) == [], path
    for path in sorted((PROJECT / "content/2014").rglob("*.md")):
        header = yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], yaml.CBaseLoader)
        assert faults("record", header) == [], path


RIGHT = {"标题": "走访", "unit": "town", "主题": "aid"}
SLIPS: tuple[Mapping[str, Any], ...] = (
    *({"地点": "村委会"}, {"kind": "总结"}, {"draft": "maybe"}, {"figures": [{"label": "人", "value": "三"}]}),
    *({"figures": [{"label": "人", "数值": 3, "界限": "大约摸"}]}, {"落实": [{"状态": "完成"}]}, {"来源": {"页": "3"}}),
)


@pytest.mark.parametrize("slip", SLIPS, ids=str)
def test_slips_are_refused(slip: Mapping[str, Any]) -> None:
    assert faults("record", RIGHT) == []
    assert faults("record", {**RIGHT, **slip})
    assert faults("record", {"unit": "town"}), "a title is missing"


def test_an_editor_offers_the_entries_of_the_word_lists() -> None:
    text = json.dumps(SCHEMAS["record"], ensure_ascii=False)
    assert '{"enum": ["organizing", "aid", "activities"]}' in text
    assert '{"enum": ["town", "village"]}' in text
    assert '{"enum": ["2014-h1/plan#meet"]}' in text


def test_settings_for_vs_code_name_every_schema_and_are_those_of_a_new_site() -> None:
    ours = PROJECT / ".vscode"
    named = json.loads((ours / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert sorted(named) == sorted(f"./site/data/schema/{name}.json" for name in SCHEMAS)
    theirs = PROJECT / "hooks/gongbao/commands/skeleton/.vscode"
    assert {path.name: path.read_bytes() for path in ours.iterdir()} == {
        path.name: path.read_bytes() for path in theirs.iterdir()
    }


PLACEHOLDER = re.compile(r"\$\{\d+[:|]([^}|]*)\|?\}")


def test_each_snippet_is_a_part_of_a_record_without_faults(tmp_path: Path) -> None:
    snippets = json.loads((PROJECT / ".vscode/gongbao.code-snippets").read_text(encoding="utf-8"))
    filled = {
        name: PLACEHOLDER.sub(lambda found: found[1].split(",")[0], "\n".join(one["body"]))
        for name, one in snippets.items()
    }
    assert yaml.safe_load(filled["记录（YAML）"])["正文"] == "正文。\n"
    head = filled["记录"]
    for name in ("数据", "计划事项", "落实"):
        fields_of = yaml.load(head.replace("主题:", f"{filled[name]}\n主题:").split("---\n")[1], yaml.CBaseLoader)
        assert faults("record", fields_of) == [], name
