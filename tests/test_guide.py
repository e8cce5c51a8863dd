"""The writer's guide holds what it says: each example in it is read as a writer's file would be.

An example is a fenced block with braces:

    ``` {.markdown}                            a whole record
    ``` {.yaml}                                some of a record's fields; those it must have besides are added
    ``` {.yaml data-file=topics.yml}           what is put below the base's list of this name
    ``` {.yaml .wrong data-rule=yaml.colon}    breaks this rule and no other; a block ``` {.text} straight below
                                               it is what the program prints

``data-file`` is its path in ``content/``, ``data-encoding`` its encoding. Blocks without braces are not tried.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongbao import names
from gongbao.content import read_all
from gongbao.disk import WORD_LISTS, read_content
from gongbao.models import Model
from gongbao.problems import describe
from gongbao.records import Record

TESTS = Path(__file__).parent
GUIDE = TESTS.parent / "docs" / "guide"
BLOCK = re.compile(r"^``` \{(?P<about>[^}\n]+)\}\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
ROW = re.compile(r"^\| `(?P<english>[\w-]+)` \| (?P<chinese>[^|]+) \|", re.MULTILINE)
NEEDED = {"title": "标题: 五一走访困难职工", "unit": "单位: village", "topics": "主题: aid"}
WORDS = (
    names.FIELDS,
    names.KINDS,
    names.STATUSES,
    names.BOUNDS,
    names.DATINGS,
    names.BASES,
    names.AGGREGATES,
    names.LANGUAGE_NAMES,
    names.YES_NO,
)


@dataclass(frozen=True)
class Example:
    """A block of the guide: where it stands, what is said of it, its text and the output shown below it."""

    place: str
    words: tuple[str, ...]
    text: str
    shown: str

    def about(self, name: str, default: str) -> str:
        """Return what the block says after ``data-name=``."""
        values = (word.partition("=")[2] for word in self.words if word.startswith(f"data-{name}="))
        return next(values, default)

    @property
    def file(self) -> str:
        """The path in ``content/``."""
        return self.about("file", "2014/h1/visit.md")

    @property
    def content(self) -> str:
        """The text of the whole file."""
        if ".yaml" not in self.words or self.file.endswith(".yml"):
            return self.text
        written = {line.partition(":")[0] for line in self.text.splitlines()}
        added = [line for name, line in NEEDED.items() if not written & {name, *names.FIELDS[name]}]
        return "\n".join(["---", self.text.rstrip("\n"), *added, "---", "", "五一前走访了困难职工。", ""])


def examples() -> Iterator[Example]:
    for page in sorted(GUIDE.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        blocks = list(BLOCK.finditer(text))
        for block, after in zip(blocks, [*blocks[1:], None], strict=True):
            words = tuple(block["about"].split())
            if ".text" in words:
                continue
            below = after if after and not text[block.end() : after.start()].strip() else None
            shown = below["text"] if below and ".text" in below["about"] else ""
            line = text.count("\n", 0, block.start()) + 1
            yield Example(f"{page.name}:{line}", words, block["text"], shown)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.place)
def test_example(example: Example, tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(TESTS / "cases" / "base", root)
    path = root / example.file
    path.parent.mkdir(parents=True, exist_ok=True)
    above = (
        path.read_text(encoding="utf-8") if path.stem in WORD_LISTS and path.stem != "site" and path.exists() else ""
    )
    path.write_bytes((above + example.content).encode(example.about("encoding", "utf-8")))

    problems = read_all(read_content(root)).problems

    said = "\n".join(describe(problem, "zh") for problem in problems)
    wrong = ".wrong" in example.words
    assert [problem.rule for problem in problems] == ([example.about("rule", "")] if wrong else []), said
    assert example.shown.rstrip("\n") == said


def models_below(model: type[Model]) -> Iterator[type[Model]]:
    for below in model.__subclasses__():
        yield below
        yield from models_below(below)


def test_names_are_those_of_the_program() -> None:
    """Tables of names list every field and value, with exactly the Chinese names that the program accepts."""
    listed: dict[str, set[str]] = defaultdict(set)
    for page in GUIDE.glob("*.md"):
        for row in ROW.finditer(page.read_text(encoding="utf-8")):
            listed[row["english"]] |= set(row["chinese"].split("、"))
    known: dict[str, set[str]] = defaultdict(set)
    for table in WORDS:
        for english, chinese in table.items():
            known[english] |= set(chinese)
    assert listed == known
    fields = {name for model in models_below(Model) if model is not Record for name in model.names()}
    assert fields <= listed.keys()
