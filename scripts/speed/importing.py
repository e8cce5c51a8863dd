"""How long the import of Word documents takes, and how much memory: as many reports, and as one.

``python scripts/import_speed.py [PAGES]``. A page has 22 lines of 28 characters, as GB/T 9704 sets official documents.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from docx import Document

from .corpus import copy_program, files
from .measuring import cost_of
from .peers import GONGBAO
from .telling import Teller, words

PAGES = 1000
REPORT = 10  # pages of a report, if there are many
_SIGNS = 22 * 28
_CHAPTERS = "一二三四五六七八九十"


def measure_import(pages: int) -> Iterator[dict[str, object]]:
    """Yield what the import of so many pages takes, first as reports of `REPORT` pages, then as one document."""
    for length in (min(REPORT, pages), pages):
        with TemporaryDirectory() as name:
            folder = Path(name) / "site"
            copy_program(folder)
            for path, text in files(0, 20):
                (folder / "content" / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / "content" / path).write_text(text, encoding="utf-8")
            reports = [_write(folder / f"report-{at}.docx", length, at) for at in range(pages // length)]
            cost = cost_of((*GONGBAO, "import", *reports), folder)
            drafts = sum(1 for _ in (folder / "content").rglob("*.md"))
        about = {"seconds": round(cost.wall, 1), "processor": round(cost.cpu, 1), "megabytes": cost.memory // 2**20}
        yield {"pages": pages, "documents": len(reports), **about, "drafts": drafts}


def _write(path: Path, pages: int, number: int) -> Path:
    """Write a report of so many pages, of one unit in one half."""
    chance = Random(f"report {number}")
    units = words()["units"]
    document = Document()
    unit, year = units[number % len(units)]["title"], 2004 + number // len(units)
    document.add_paragraph(f"{unit}{year}年上半年工作总结")
    signs = 0
    for chapter in range(10**6):
        if signs > pages * _SIGNS:
            break
        topic = chance.choice(words()["topics"])
        teller = Teller(chance, topic, 1)
        document.add_paragraph(f"{_CHAPTERS[chapter % 10]}、{topic['title']}")
        for at in range(1, 6):
            said = "".join(teller.text().split())[:300].rstrip("|-#")
            document.add_paragraph(f"{at}、{topic['acts'][at]}。{said}。")
            signs += len(said) + 10
    document.save(str(path))
    return path


def main() -> None:
    """Measure, and print a line of JSON for each shape."""
    for measured in measure_import(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES):
        print(json.dumps(measured, ensure_ascii=False), flush=True)
