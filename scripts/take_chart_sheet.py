#!/usr/bin/env python3
"""Take the picture of docs/images/charts.webp: every hard case of a chart, on a phone, a tablet and paper.

Usage: .venv/bin/python scripts/take_chart_sheet.py
"""

from __future__ import annotations

import base64
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

import chart_cases
from speed.browsing import browser
from speed.serving import served
from take_screenshots import SHEET

PROJECT = Path(__file__).parent.parent
WIDTHS: tuple[tuple[int, Literal["screen", "print"]], ...] = ((320, "screen"), (768, "screen"), (680, "print"))
SLUGS = (*chart_cases.CASES, "many")
# Puts the charts of other pages below those of the page that is open, and takes everything else away.
GATHER = """async addresses => {
    const inner = document.querySelector("article .gb") ?? document.querySelector("article")
    const found = []
    for (const address of addresses) {
        const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html")
        found.push(...page.querySelectorAll(".gb h1, .gb figure, .gb section:has(> .gb-multiples)"))
    }
    inner.replaceChildren(...found)
}"""


def gather(page: Page, site: str) -> None:
    """Open a page with all charts of the cases' site."""
    page.goto(f"{site}figures/one/")
    page.evaluate(GATHER, [f"{site}figures/{slug}/" for slug in SLUGS])


def main() -> None:
    """Build the cases, and take the picture."""
    with tempfile.TemporaryDirectory(prefix="gongbao-charts-") as name, browser() as running:
        folder = Path(name)
        chart_cases.lay_out(folder)
        subprocess.run(
            [Path(sys.executable).with_name("gongbao"), "build"], cwd=folder, check=True, capture_output=True
        )
        page = running.new_page()
        with served(folder / "site") as site:
            shots = []
            for width, medium in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(media=medium)
                gather(page, site)
                shots.append(base64.b64encode(page.locator("article").screenshot()).decode())
        sheet = running.new_page().evaluate(SHEET, [[shots], 0.8])
        (PROJECT / "docs" / "images" / "charts.webp").write_bytes(base64.b64decode(sheet))


if __name__ == "__main__":
    main()
