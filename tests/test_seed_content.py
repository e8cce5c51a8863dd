"""The records in ``content/`` against the count that was made by hand, and, where it is at hand, against the source.

``GONGBAO_SOURCES`` names the folder with the source documents; without it the last two tests are skipped.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel

from gongbao.problems.text_report import report
from gongbao.project import read
from gongbao.records.dates import Date
from gongbao.records.record import Record

PROJECT = Path(__file__).parent.parent
SOURCES = os.environ.get("GONGBAO_SOURCES", "")
CONTENT = read(PROJECT)
RECORDS = {record.id: record for record in CONTENT.records}
ROWS = {
    row["record"]: row
    for path in sorted((Path(__file__).parent / "seed").glob("count-*.csv"))
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
}
NUMERALS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "百": 100,
    "千": 1000,
}
NUMBER = re.compile(r"\d+(?:[.、]\d+)?")
# The first 16 signs of the SHA-256 of private persons' names in the source.
PRIVATE = {"2b366f7b6a55ab72", "3a5b8805877d4f7b", "cfabd9c12191f6ea", "ea163378228b2137"}
# Runs that a record may share with the source: figures in the order in which they are printed.
FIXED = ("困难职工35名重病人员3名劳模5人",)
RUN = 16

with_sources = pytest.mark.skipif(not SOURCES, reason="GONGBAO_SOURCES is not set")


def test_nothing_is_wrong() -> None:
    assert report(CONTENT.problems, "en") == ""


def test_every_row_has_its_record_and_every_record_its_row() -> None:
    assert len(ROWS) > 150
    assert sorted(RECORDS) == sorted(ROWS)


def test_every_record_is_as_counted() -> None:
    for name, row in ROWS.items():
        record = RECORDS[name]
        assert record.kind == row["kind"], name
        assert len(record.figures) == int(row["figures"]), name
        assert len(record.commitments) == int(row["commitments"]), name
        printed = {as_number(word) for word in row["printed"].split()}
        assert printed <= set(numbers(record)), f"a printed number is lost: {name}"
        assert len(record.allow) == int(row["disagreements"]), name


def as_number(word: str) -> Decimal:
    return Decimal(NUMERALS.get(word, word.replace("、", ".")))


def numbers(record: Record) -> Iterator[Decimal]:
    """Yield the numbers of a record's figures and targets, of what is noted beside them, and of its text."""
    for value in (*record.figures, *record.commitments):
        for leaf in leaves(value):
            if isinstance(leaf, Decimal):
                yield leaf
            else:
                yield from in_text(leaf)
    yield from in_text(record.text)


def leaves(value: object) -> Iterator[Decimal | str]:
    """Yield the numbers and texts of a value and of those within it; dates and periods are neither."""
    if isinstance(value, Decimal | str):
        yield value
    elif isinstance(value, BaseModel):
        for _, part in value:
            yield from leaves(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from leaves(part)


def in_text(text: str) -> Iterator[Decimal]:
    yield from (as_number(found) for found in NUMBER.findall(text))
    yield from (Decimal(NUMERALS[sign]) for sign in text if sign in NUMERALS)


def test_every_record_names_its_source_and_the_evidence_of_its_year() -> None:
    for name, record in RECORDS.items():
        assert all(source.ref and source.section for source in record.source), name
        assert record.source, name
        assert record.dating, f"no year of these documents is beyond doubt: {name}"
        assert record.dating.evidence or record.dating.basis == "stated", name
        if record.period.year is None:
            assert record.dating.evidence, name
            is_dated = isinstance(record.date, Date) and record.date.first is not None
            assert not is_dated, f"a year is given in an undated period: {name}"


def test_waivers_of_figures_name_both_sides() -> None:
    waivers = [waiver for record in RECORDS.values() for waiver in record.allow if waiver.rule.startswith("figure.")]
    assert waivers
    for waiver in waivers:
        assert len(set(NUMBER.findall(waiver.reason))) >= 2, waiver.reason


@with_sources
def test_no_private_person_is_named() -> None:
    source = source_text()
    names = {word for length in (2, 3) for word in runs(source, length) if digest(word) in PRIVATE}
    assert len(names) == len(PRIVATE), "the source lacks one of the names: these digests prove nothing"
    for path in content_files():
        text = path.read_text(encoding="utf-8")
        assert not [path for name in names if name in text], f"{path}: a private person's name"


@with_sources
def test_no_sentence_is_copied() -> None:
    fixed = {run for words in FIXED for run in runs(words, RUN)}
    known = set(runs(bare(source_text()), RUN)) - fixed
    for path in content_files():
        shared = known.intersection(runs(bare(path.read_text(encoding="utf-8")), RUN))
        assert not shared, f"{path}: {sorted(shared)}"


def source_text() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(SOURCES).glob("*.txt")))


def content_files() -> list[Path]:
    files = [path for path in sorted((PROJECT / "content").rglob("*")) if path.suffix in (".md", ".yml")]
    assert len(files) >= len(RECORDS)
    return files


def digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()[:16]


def bare(text: str) -> str:
    """Leave out white space, punctuation and signs."""
    return re.sub(r"[\W_]+", "", text)


def runs(text: str, length: int) -> Iterator[str]:
    return (text[at : at + length] for at in range(len(text) - length + 1))
