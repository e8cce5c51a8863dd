#!/usr/bin/env python3
"""Draw a contact sheet of each page kind on a synthetic site: three widths, light and dark, and on paper.

Usage: .venv/bin/python scripts/contact_sheets.py FOLDER [RECORDS]    (1,000 records, if no other number is given)

The site is built in a temporary folder. The sheets are for looking at, and no part of the project: FOLDER gets a WebP a
kind, with the upper three screens of the page.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from playwright.sync_api import Browser

from speed.browsing import browser
from speed.corpus import make_corpus
from speed.records import UNITS, units_of
from speed.serving import served
from speed.telling import words
from take_screenshots import SHEET

RECORDS = 1000
WIDTHS, SCREENS, HEIGHT = (320, 390, 1280), 3, 900
PAPER = 794  # pixels: the width of A4
# A record of the newest half whose figure does not add up, and whose words occur nowhere else.
DOUBTED = """\
---
title: 清点旧阅览室的藏书
unit: {unit}
topics: [{topic}]
summary: 两次清点的数对不上。
figures:
  - {{label: 清点藏书, value: 900, unit: 册, parts: [{{label: 文学, value: 500}}, {{label: 技术, value: 300}}]}}
allow:
  - {{rule: figure.parts, reason: 清单原来就加不拢}}
---

两次清点的结果不同，封存的清单一并入档。
"""
# What was due in the last halves, for the register.
DUE = """\
- {period: 2025-h1, due: 2025-07-10, published: 2025-08-01}
- {period: 2025-h2, due: 2026-01-10, published: 2026-02-01}
"""
Scheme = Literal["light", "dark"]


def build_site(folder: Path, records: int = RECORDS) -> Path:
    """Build a synthetic site with a figure in doubt and a register, and return the folder of its pages."""
    make_corpus(records, folder)
    newest = max((folder / "content").glob("*/*/"))
    text = DOUBTED.format(unit=units_of(UNITS)[-1]["slug"], topic=words()["topics"][0]["slug"])
    (newest / "old-library.md").write_text(text, encoding="utf-8")
    (folder / "content" / "periods.yml").write_text(DUE, encoding="utf-8")
    subprocess.run([sys.executable, "hooks", "build"], cwd=folder, check=True, capture_output=True)
    return folder / "site"


def kinds(site: Path) -> Mapping[str, str]:
    """Return the address of a page of every kind; those of one record, unit and topic of the newest half."""
    records: list[dict[str, Any]] = json.loads((site / "data" / "records.json").read_text(encoding="utf-8"))["records"]
    one = next(record for record in reversed(records) if record["id"].endswith("old-library"))
    year, _, part = one["period"].partition("-")
    half, topic, unit = f"{year}/{part}/", one["topics"][0], one["unit"]
    indicator = next(path.name for path in sorted((site / "figures").iterdir()) if (path / "index.html").exists())
    found = {
        "home": "",
        "year": f"{year}/",
        "half": half,
        "topic-of-half": f"{half}{topic}/",
        "record": f"{half}records/old-library/",
        "topics": "topics/",
        "topic": f"topics/{topic}/",
        "units": "units/",
        "unit": f"units/{unit}/",
        "unit-bulletin": f"units/{unit}/{one['period']}/",
        "figures": "figures/",
        "indicator": f"figures/{indicator}/",
        "doubts": "figures/doubts/",
        "plans": "plans/",
        "plans-of-year": f"plans/{max((path.name for path in (site / 'plans').glob('2*')), default='')}/",
        "plans-of-unit": f"plans/units/{unit}/",
        "plans-of-status": "plans/partly/",
        "pace": "plans/pace/",
        "corrections": "corrections/",
        "register": "register/",
        "compare": "compare/",
        "compared-halves": f"compare/{one['period']}/",
        "compared-units": f"compare/latest/{unit}/",
        "data": "data/",
        "search": "search/?q=服务",
        "readers": "readers/",
        "about": "about/",
    }
    return {name: path for name, path in found.items() if (site / path.partition("?")[0] / "index.html").exists()}


def draw(site: Path, folder: Path) -> Iterator[str]:
    """Write a sheet of each kind into a folder; yield their names."""
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as running, served(site) as base:
        blank = running.new_page()
        for name, path in kinds(site).items():
            rows = [[_shot(running, base + path, width, scheme) for width in WIDTHS] for scheme in ("light", "dark")]
            rows[0].append(_shot(running, base + path, PAPER, "light", paper=True))
            (folder / f"{name}.webp").write_bytes(base64.b64decode(blank.evaluate(SHEET, [rows, 0.7])))
            yield name


def _shot(running: Browser, address: str, width: int, scheme: Scheme, paper: bool = False) -> str:
    """Return the upper screens of a page as base64."""
    page = running.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    page.goto(address, wait_until="networkidle")
    if paper:
        page.emulate_media(media="print")
    area = {"x": 0, "y": 0, "width": width, "height": SCREENS * HEIGHT}
    taken = page.screenshot(full_page=True, clip=area)  # type: ignore[arg-type]
    page.close()
    return base64.b64encode(taken).decode()


def main(folder: Path, records: int) -> None:
    """Build a site, and draw its sheets."""
    with TemporaryDirectory() as made:
        for name in draw(build_site(Path(made) / "site", records), folder):
            print(folder / f"{name}.webp", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else RECORDS)
