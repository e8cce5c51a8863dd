"""Every page is right by the Nu HTML checker, but for what the host and its theme write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkers import check_html

pytestmark = pytest.mark.slow

# Not of our making: the switches of the theme's drawer and search; and the host has Markdown written as XHTML. The
# checker takes data for scripts, which browsers never run, and guesses that pages with many commands are in English.
KNOWN = (
    ("Attribute “autocomplete” is only allowed when the input type is", '<input class="md-toggle" data-md-toggle='),
    ("Trailing slash on void elements has no effect", " />"),
    ("Inline script violates Content Security Policy", '<script id="__config" type="application/json">'),
    ("Inline script violates Content Security Policy", '<script type="application/ld+json">'),
    ("This document appears to be written in English", "<html"),
)


def faults(folder: Path) -> list[str]:
    """What is wrong with the pages of a folder, apart from what is known."""
    return [
        f"{said['url']}:{said.get('lastLine')}: {said['message']}\n{said.get('extract', '')}"
        for said in json.loads(check_html(folder))["messages"]
        if not any(said["message"].startswith(message) and place in said.get("extract", "") for message, place in KNOWN)
    ]


def test_every_page_of_the_seed_site_is_right(site: Path) -> None:
    assert len(list(site.rglob("*.html"))) > 300
    assert not faults(site)


def test_pages_that_only_a_longer_archive_has_are_right(six_site: Path) -> None:
    assert len(list(six_site.rglob("*.html"))) > 50
    assert not faults(six_site)


def test_an_error_of_ours_would_be_found(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="zh"><title>a</title><p id="a"><ul id="a"><b></ul>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert "Duplicate ID" in "\n".join(faults(tmp_path))
