"""Copies of our templates in a site of one's own: those of an older text are told. Run as a script, it marks ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import BUILD, mark_of, replace, succeed
from gongbao.host.frame import THEME
from gongbao.host.own_templates import with_mark
from gongbao.rendering.template_files import TEMPLATES

OURS = sorted([*TEMPLATES.rglob("*.html"), *THEME.rglob("*.html")])


@pytest.mark.parametrize("template", OURS, ids=lambda path: path.name)
def test_each_template_has_the_mark_of_its_text(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert text == with_mark(text), f"run {Path(__file__).name} as a script"


def test_a_copy_of_an_older_template_is_told_and_one_of_todays_is_not(small: Path) -> None:
    replace(small / "mkdocs.yml", "theme:\n", "theme:\n  custom_dir: overrides\n")
    moved, footer = (small / "overrides" / name for name in ("gongbao/record.html", "partials/footer.html"))
    for copy, ours in ((moved, TEMPLATES / "record.html"), (footer, THEME / "partials/footer.html")):
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text("<!-- ours -->" + ours.read_text(encoding="utf-8"), encoding="utf-8")
    older = with_mark((TEMPLATES / "record.html").read_text(encoding="utf-8") + "<p>before</p>\n")
    moved.write_text(older, encoding="utf-8")
    (moved.with_name("notice.html")).write_text(older, encoding="utf-8")
    (footer.with_name("own.html")).write_text("<p>ours alone</p>", encoding="utf-8")

    said = succeed(small, *BUILD)
    assert said.count("[template.older]") == 1, "the footer is a copy of today's text, edited"
    assert "overrides/gongbao/notice.html:" in said and said.count("[template.gone]") == 1
    line = older.count("\n")
    assert f"overrides/gongbao/record.html:{line}:1: 提醒: " in said
    now = with_mark((TEMPLATES / "record.html").read_text(encoding="utf-8")).splitlines()[-1]
    assert now in said, "and what the last line must be once it is mended"

    footer.write_text("<p>ours alone</p>\n\n", encoding="utf-8")
    said = succeed(small, *BUILD)
    assert said.count("[template.unmarked]") == 1 and "overrides/partials/footer.html:1:1: 提醒: " in said
    assert mark_of(THEME / "partials/footer.html").strip() in said


if __name__ == "__main__":
    for one in OURS:
        one.write_text(with_mark(one.read_text(encoding="utf-8")), encoding="utf-8")
