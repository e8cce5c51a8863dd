"""A synthetic archive of any number of records, the same for the same number, laid out as a site that builds."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from gongbao.archive.filing import Archive, publish
from gongbao.commands.new_site import copy_skeleton
from gongbao.project import CONTENT
from gongbao.reading.content import read_all
from gongbao.reading.disk import read_content

from .records import PERIODS, UNITS, record, schedule, units_of
from .telling import words

PROJECT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """Make the corpus. Return 1, and change nothing, if the folder is not empty, else 0."""
    parser = argparse.ArgumentParser(description="Write a synthetic site of N records into a new or empty folder.")
    parser.add_argument("records", metavar="N", type=int, help="how many records")
    parser.add_argument("folder", metavar="DIR", type=Path, help="a new or empty folder")
    parser.add_argument("--units", type=int, default=UNITS, help=f"how many units report (default: {UNITS})")
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        print(f"{options.folder} is not empty; it was left as it is.", file=sys.stderr)
        return 1
    make_corpus(options.records, options.folder, options.units)
    return 0


def published(folder: Path) -> Archive:
    """Return the archive that a corpus's site shows, without a trace in the corpus's own cache."""
    content = read_all(read_content(folder / CONTENT))
    return publish(content.records, content.vocabulary, preview=False)


def make_corpus(count: int, folder: Path, units: int = UNITS) -> None:
    """Write a site of ``count`` records: this project's program and settings, and a content of its own."""
    copy_program(folder)
    for name, text in files(count, units):
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def copy_program(folder: Path) -> None:
    """Lay out a site without content. The program is a copy, so that it does not change while it is measured."""
    copy_skeleton(folder)
    shutil.rmtree(folder / "content")
    shutil.copytree(PROJECT / "hooks", folder / "hooks", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copyfile(PROJECT / "mkdocs.yml", folder / "mkdocs.yml")


def files(count: int, units: int) -> Iterator[tuple[str, str]]:
    """Yield the path in ``content/`` and the text of every file of a corpus."""
    yield "site.yml", dump({"name": "合成工作公报", "short": "合成公报", "language": "zh"})
    for name in ("topics", "indicators", "sources"):
        yield f"{name}.yml", dump([_entry(entry) for entry in words()[name]])
    yield "units.yml", dump([_entry(unit) for unit in units_of(units)])
    for place in schedule(count, units):
        fields, text = record(place)
        yield f"{PERIODS[place.period].folder}/{place.slug}.md", f"---\n{dump(fields)}---\n\n{text}"


def _entry(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry of a word list without the fields for making sentences."""
    return {name: value for name, value in entry.items() if name not in ("acts", "things", "base")}


def dump(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return YAML as a person would write it: in the given order, Chinese as it is, no line broken."""
    return str(yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000))
