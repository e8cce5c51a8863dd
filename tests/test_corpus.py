"""The synthetic archive that speed is measured on: the same each time, clean, and no record a copy of another."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from commands import files_of
from gongbao.problems.text_report import report
from gongbao.project import read
from gongbao.reading.content import Content
from speed.corpus import make_corpus
from speed.records import units_of

RECORDS = 200


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "site"
    make_corpus(RECORDS, folder)
    return folder


@pytest.fixture(scope="module")
def content(corpus: Path) -> Content:
    return read(corpus)


def test_the_same_number_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    make_corpus(RECORDS, tmp_path / "again")
    assert files_of(corpus) == files_of(tmp_path / "again")


def test_nothing_is_wrong_with_it(content: Content) -> None:
    assert content.problems == (), report(content.problems, "en")


def test_it_has_what_an_archive_has(content: Content) -> None:
    records, vocabulary = content.records, content.vocabulary
    assert len(records) == RECORDS
    assert (len(vocabulary.topics), len(vocabulary.units), len(vocabulary.indicators)) == (20, 20, 12)
    assert {record.period.id for record in records} == {f"{y}-h{h}" for y in range(2004, 2026) for h in (1, 2)}
    assert {record.kind for record in records} == {"done", "plan", "problem", "proposal", "overview"}
    assert any(unit.parent for unit in vocabulary.units)
    assert any(record.highlight and record.summary for record in records)
    assert {figure.indicator for record in records for figure in record.figures} >= {
        one.slug for one in vocabulary.indicators
    }


def test_it_has_as_many_units_as_were_asked_for() -> None:
    for number in (1, 20, 500, 3000):
        units = units_of(number)
        assert len(units) == len({one["slug"] for one in units}) == len({one["title"] for one in units}) == number


def test_every_plan_but_the_last_is_answered_in_the_next_half(content: Content) -> None:
    promised = {f"{r.id}#{one.id}" for r in content.records for one in r.commitments if r.period.id != "2025-h2"}
    answered = {outcome.commitment for record in content.records for outcome in record.outcomes}
    assert len(promised) > 20
    assert answered == promised


def test_texts_are_of_two_kilobytes_and_none_is_a_copy(content: Content) -> None:
    """Pieces of five characters, as a check for copies takes them: of two texts, most are in one only."""
    texts = [record.text for record in content.records]
    assert 1900 < sum(len(text.encode()) for text in texts) / RECORDS < 2300
    pieces = [{text[at : at + 5] for at in range(len(text) - 4)} for text in texts]
    assert max(len(one & other) / min(len(one), len(other)) for one, other in combinations(pieces, 2)) < 0.35
