"""How much of the compilation the importer finds, against the count that was made by hand (``tests/seed``).

``GONGBAO_SOURCES=FOLDER .venv/bin/python tests/import_score.py`` prints it. Figures are compared number by number for
each text, commitments item by item. The parts that are copies of others are not counted.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from gongbao.importing.imports import Imported, import_source
from gongbao.importing.kinds_of_files import read_document
from gongbao.importing.record_files import RecordDraft
from gongbao.importing.whose import Asked
from gongbao.reading.disk import read_content
from gongbao.reading.lists import read_lists

_NUMERALS = dict(zip("一二三四五六七八九十百千", (*range(1, 11), 100, 1000), strict=True))
_MARK = re.compile(r"(?:[（(]?([一二三四五六七八九十]+)[）)]?、?|(\d+)[、.．])")
_ORDER = "一二三四五六七八九"
K = TypeVar("K")


@dataclass(frozen=True)
class Found:
    """How many things there are, how many were found, and how many of these are right."""

    there: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.there


@dataclass(frozen=True)
class Score:
    texts: int
    signs: int
    missing: int
    figures: Found
    commitments: Found


def score(sources: Path, counts: Path, content: Path) -> Score:
    """Import the compilation in one call and compare."""
    vocabulary, _ = read_lists(read_content(content).files, "content")
    path = next(sources.glob("*.txt"))
    imported = import_source(read_document(path.read_bytes(), path.name), vocabulary, {}, Asked())
    numbers: Counter[tuple[str, Decimal]] = Counter()
    promises: Counter[tuple[str, str]] = Counter()
    texts = set()
    for file in sorted(counts.glob("count-*.csv")):
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
            text = row["part"] + "".join(re.findall("第(.)文", row["section"]))
            texts.add(text)
            promises[text, _place(re.sub(r"第.文 · ", "", row["section"]))] += int(row["commitments"])
            if row["kind"] != "plan":
                numbers.update((text, _number(word)) for word in row["printed"].split())
    found_numbers: Counter[tuple[str, Decimal]] = Counter()
    found_promises: Counter[tuple[str, str]] = Counter()
    for text, draft in _drafts(imported):
        if text in texts:
            for figure in draft.figures:
                told = [figure.number, *(part.number for part in figure.among), *filter(None, [figure.target])]
                found_numbers.update((text, abs(one.value)) for one in told)
            if draft.promises:
                found_promises[text, _place(draft.source["section"])] += len(draft.promises)
    return Score(
        len(imported.reports),
        imported.account.signs,
        imported.account.missing,
        _compared(numbers, found_numbers),
        _compared(promises, found_promises),
    )


def _drafts(imported: Imported) -> list[tuple[str, RecordDraft]]:
    found, part, at = [], "", 0
    for report in imported.reports:
        title = report.drafts[0].source.get("title", "") if report.drafts else ""
        named = re.search("篇[一二三四五六七八九]$", title)
        part, at = (named[0], 0) if named else (part, at + 1)
        name = part + (_ORDER[at] if part == "篇五" else "")
        found += [(name, draft) for draft in report.drafts]
    return found


def _number(word: str) -> Decimal:
    return Decimal(_NUMERALS.get(word, word.replace("、", ".")))


def _place(section: str) -> str:
    """Return the marks of a section, outermost first: 一 1 for 一、1 and for 一、组织建设 · 1、新建工会."""
    if section in ("开头", "结尾"):
        return section
    marks: list[str] = []
    for piece in re.sub("[「」]", "", section).split(" · "):
        found = re.match(r"(?:[（(]?([一二三四五六七八九十]+)(?:[）)]|、|$))?(?:(?:.*? )?(\d+)(?:$|[、.．]))?", piece)
        marks += [one for one in (found.groups() if found else ()) if one]
    return " ".join(marks)


def _compared(there: Counter[K], found: Counter[K]) -> Found:
    return Found(there.total(), found.total(), (there & found).total())


def main() -> None:
    here = Path(__file__).parent
    result = score(Path(os.environ["GONGBAO_SOURCES"]), here / "seed", here.parent / "content")
    print(f"{result.texts} texts, {result.signs} signs, {result.missing} left over")
    for name, one in (("figures", result.figures), ("commitments", result.commitments)):
        print(
            f"{name}: {one.there} counted, {one.found} found, {one.right} right; "
            f"precision {one.precision:.3f}, recall {one.recall:.3f}"
        )


if __name__ == "__main__":
    main()
