"""Templates and style sheets as their readers find them: short lines, and style sheets laid out by one program.

``python tests/test_sources.py`` lays out the style sheets. Templates are linted by djlint, and not laid out: its layout
would change the white space of pages.
"""

from __future__ import annotations

import re
from pathlib import Path

import cssbeautifier  # type: ignore[import-untyped]
import pytest

from commands import PROJECT
from gongbao.host.theme_styles import TRIMMED

PACKAGE = PROJECT / "hooks" / "gongbao"
STYLES = sorted(path for path in PACKAGE.rglob("*.css") if path != TRIMMED)
TEMPLATES = sorted(path for ending in ("html", "xml") for path in PACKAGE.rglob(f"*.{ending}"))
LONGEST = 120  # characters, as in Python


def laid_out(style: str) -> str:
    options = cssbeautifier.default_options()
    options.indent_size, options.end_with_newline, options.space_around_combinator = 2, True, True
    text: str = cssbeautifier.beautify(style, options)
    return text


@pytest.mark.parametrize("path", [*STYLES, *TEMPLATES], ids=lambda path: path.name)
def test_no_line_is_long(path: Path) -> None:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    assert [f"{path}:{number}" for number, line in lines if len(line) > LONGEST] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_show_and_decide_nothing(path: Path) -> None:
    """What cuts, splits or picks stands in the views."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\.(?:split|startswith|endswith)\(|\[\d*:\d*\]|(?:select|reject)attr", text) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_style_sheets_are_laid_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == laid_out(text), "python tests/test_sources.py lays it out"


if __name__ == "__main__":
    for style in STYLES:
        style.write_text(laid_out(style.read_text(encoding="utf-8")), encoding="utf-8")
