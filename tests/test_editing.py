"""The form of the editor: what is in it, where it talks to, and when a site has it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from gongbao.editing import editor_files
from gongbao.editing.editor_files import editor_form, editor_output, policy
from gongbao.editing.form import AS_WRITTEN, LEFT_OUT
from gongbao.records.models import Model
from gongbao.records.periods import Period
from gongbao.records.record import Header
from gongbao.records.site_settings import Editor
from small_archives import archive, record

HOSTS = {
    "github": {"host": "github", "repository": "union/gongbao"},
    "gitlab": {"host": "极狐", "repository": "union/gongbao", "url": "https://git.example.org/x", "application": "a1"},
    "gitea": {"代码平台": "Forgejo", "代码库": "union/gongbao", "url": "https://git.example.org"},
    "local": {"host": "本机"},
}
RECORDS = {"2014/h1/a.md": record(commitments=[{"id": "match", "text": "办比赛", "due": "2014-h2"}], kind="plan")}


def site(tmp_path: Path, editor: Mapping[str, Any] | None) -> Any:
    files = {**RECORDS, "site.yml": {"name": "工报", **({"editor": editor} if editor else {})}}
    return archive(tmp_path, files).build.edition.archive  # type: ignore[union-attr]


def form_of(tmp_path: Path, host: str = "local") -> Mapping[str, Any]:
    made = site(tmp_path, HOSTS[host])
    return editor_form(made, {Period(2014, "h1")}, made.vocabulary.site.editor)


def paths_of(model: type[Model], path: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        here = f"{path}{field.alias or name}"
        yield here
        for inner in models_in(field.annotation):
            yield from paths_of(inner, f"{here}.")


def models_in(kind: Any) -> Iterator[type[Model]]:
    if isinstance(kind, type) and issubclass(kind, Model):
        yield kind
    for inner in getattr(kind, "__args__", ()):
        yield from models_in(inner)


def fields_in(fields: Any, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for field in fields:
        yield f"{path}{field['name']}", field
        yield from fields_in(field.get("fields", ()), f"{path}{field['name']}.")


def test_every_field_of_a_record_is_in_the_form_or_left_out_with_a_reason(tmp_path: Path) -> None:
    fields = dict(fields_in(form_of(tmp_path)["fields"]))
    assert fields.keys() | LEFT_OUT.keys() == {*paths_of(Header), AS_WRITTEN}
    assert not fields.keys() & LEFT_OUT.keys() and all(LEFT_OUT.values())
    assert [*fields][:8] == [
        *("title", "unit", "topics", "summary", "body", "figures", "figures.indicator", "figures.label")
    ], "what nearly every record has comes first"


def test_the_form_asks_for_what_the_models_ask_for(tmp_path: Path) -> None:
    form = form_of(tmp_path)
    fields = dict(fields_in(form["fields"]))
    assert fields["title"]["maxlength"] == 60 and fields["summary"]["maxlength"] == 120 and fields["topics"]["max"] == 5
    assert {path for path, field in fields.items() if field.get("required") and "." not in path} == {"title", "unit"}
    assert fields["figures.unit"]["label"] == "计量单位" and fields["unit"]["label"] == "单位"
    assert fields["figures.value"]["pattern"] == fields["outcomes.value"]["pattern"]
    assert [one["value"] for one in fields["outcomes.status"]["options"]] == ["done", "partly", "carried", "dropped"]
    assert form["choices"]["promises"] == [{"value": "2014-h1/a#match", "label": "办比赛（2014-h1/a#match）"}]
    assert {"value": "aid", "label": "帮扶救助"} in form["choices"]["topics"]
    for field in fields.values():
        assert not isinstance(field.get("options"), str) or field["options"] in form["choices"]
    assert [folder["name"] for folder in form["folders"]] == ["2015-h1", "2014-h2", "2014-h1"]
    assert form["folders"][2]["page"] == "2014/h1/records/{{slug}}/"
    file, _ = form["files"]["fields"]
    assert {".png", ".pdf", ".docx"} <= {*file["accept"].split(",")}
    assert json.dumps(form, ensure_ascii=False)


@pytest.mark.parametrize(
    ("host", "talks_to", "backend"),
    [
        ("github", "https://api.github.com", {"name": "github", "repo": "union/gongbao", "auth_methods": ["token"]}),
        ("gitlab", "https://git.example.org", {"api_root": "https://git.example.org/api/v4", "auth_type": "pkce"}),
        ("gitea", "https://git.example.org", {"api_root": "https://git.example.org/api/v1", "auth_methods": ["token"]}),
        ("local", "", {"auth_methods": ["token"]}),
    ],
)
def test_the_editor_talks_to_the_host_that_the_site_names_alone(
    host: str, talks_to: str, backend: Mapping[str, Any], tmp_path: Path
) -> None:
    made = site(tmp_path, HOSTS[host])
    editor: Editor = made.vocabulary.site.editor
    rules = dict(rule.split(" ", 1) for rule in policy(editor).split("; "))
    assert rules["connect-src"] == f"'self' blob: data: {talks_to}".strip()
    assert rules["script-src"] == "'self'" and rules["default-src"] == "'none'"
    form = editor_form(made, (), editor)
    assert backend.items() <= form["backend"].items()
    assert form["review"] == (host in ("github", "gitlab"))


def test_a_site_has_no_editor_until_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "cms.js").write_text("", encoding="utf-8")
    monkeypatch.setattr(editor_files, "BUNDLE", bundle)
    assert editor_output(site(tmp_path / "off", None), ()).names == []
    on = editor_output(site(tmp_path / "on", HOSTS["github"]), ()).names
    assert {"edit/index.html", "edit/editor.json", "edit/record-format.js", "edit/bundle/cms.js"} <= {*on}
    (bundle / "cms.js").unlink()
    assert editor_output(site(tmp_path / "unmade", HOSTS["github"]), ()).names == []
