"""The guides and the READMEs hold what they say. Each example of the writer's guide is read as a writer's file.

An example is a fenced block with braces:

    ``` {.markdown}                            a whole record
    ``` {.yaml}                                some of a record's fields; those it must have besides are added
    ``` {.markdown .typed}                     the text of a record; what readers see of it stands below it (test_texts)
    ``` {.yaml data-file=topics.yml}           what is put below the base's list of this name
    ``` {.yaml .wrong data-rule=yaml.colon}    breaks this rule and no other; a block ``` {.text} straight below
                                               it is what the program prints
    ``` {.yaml .beside data-file=2014/h2/…}    lies beside the examples after it, up to the next heading

``data-file`` is its path in ``content/``, ``data-encoding`` its encoding, ``data-attached`` a file beside it. Blocks
without braces are not tried. Where the program prints something else than before, ``.venv/bin/python
tests/test_guide.py`` puts the new output in.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from commands import CHECK, PROJECT, copy_project, run, succeed
from gongbao.problems import names
from gongbao.problems.catalogue import catalogue
from gongbao.problems.problem import Problem
from gongbao.problems.rule_texts import explained_rules, guide_pages
from gongbao.problems.text_report import describe
from gongbao.reading.content import read_all
from gongbao.reading.disk import read_content
from gongbao.reading.lists import WORD_LISTS
from gongbao.records.models import Model
from gongbao.records.record import Record
from small_archives import attached

PAGES = sorted((PROJECT / "docs" / "guide").glob("*.md"))
MAINTAIN = PROJECT / "docs" / "maintain"
SKELETON = PROJECT / "hooks" / "gongbao" / "commands" / "skeleton"
BLOCK = re.compile(r"^``` \{(?P<about>[^}\n]+)\}\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ ", re.MULTILINE)
ROW = re.compile(r"^\| `(?P<english>[\w-]+)` \| (?P<chinese>[^|]+) \|", re.MULTILINE)
NEEDED = {"title": "标题: 走访困难职工", "unit": "单位: village", "topics": "主题: aid"}
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
    names.LEVELS,
)


@dataclass(frozen=True)
class Block:
    """A file that the guide shows: the words said of it, and its text."""

    words: tuple[str, ...]
    text: str

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
        if ".typed" in self.words:
            return "\n".join(["---", *NEEDED.values(), "---", "", self.text])
        if ".yaml" not in self.words or self.file.endswith(".yml"):
            return self.text
        written = {re.split("[:：]", line)[0] for line in self.text.splitlines()}
        added = [line for name, line in NEEDED.items() if not written & {name, *names.FIELDS[name]}]
        body = [] if ".bare" in self.words else ["走访了困难职工。", ""]
        return "\n".join(["---", self.text.rstrip("\n"), *added, "---", "", *body])

    def lay_into(self, root: Path) -> None:
        """Write the file; entries of a word list go below those that are there."""
        path = root / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        longer = path.stem in WORD_LISTS and path.stem != "site" and path.exists()
        above = path.read_text(encoding="utf-8") if longer else ""
        path.write_bytes((above + self.content).encode(self.about("encoding", "utf-8")))
        if name := self.about("attached", ""):
            (path.parent / name).write_bytes(attached(name))


@dataclass(frozen=True)
class Example:
    """A block to be tried: where it stands, what lies beside it, and the output shown below it, with its span."""

    place: str
    block: Block
    beside: tuple[Block, ...]
    shown: str
    span: tuple[int, int]

    def problems(self, folder: Path) -> list[Problem]:
        """Read it as a part of the base content."""
        root = folder / "content"
        shutil.copytree(PROJECT / "tests" / "cases" / "base", root)
        for block in (*self.beside, self.block):
            block.lay_into(root)
        return list(read_all(read_content(root)).problems)


def examples(page: Path) -> Iterator[Example]:
    text = page.read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(text))
    beside: list[Block] = []
    end = 0
    for found, after in zip(blocks, [*blocks[1:], None], strict=True):
        if HEADING.search(text, end, found.start()):
            beside.clear()
        end = found.end()
        block = Block(tuple(found["about"].split()), found["text"])
        if ".beside" in block.words:
            beside.append(block)
        elif ".text" not in block.words:
            below = after if after and ".text" in after["about"] and not text[end : after.start()].strip() else None
            shown, span = (below["text"], below.span("text")) if below else ("", (end, end))
            line = text.count("\n", 0, found.start()) + 1
            yield Example(f"{page.name}:{line}", block, tuple(beside), shown, span)


def said(problems: list[Problem]) -> str:
    return "\n".join(describe(problem, "zh") for problem in problems)


@pytest.mark.parametrize("example", [e for page in PAGES for e in examples(page)], ids=lambda example: example.place)
def test_example(example: Example, tmp_path: Path) -> None:
    problems = example.problems(tmp_path)
    wrong = ".wrong" in example.block.words
    assert {p.rule for p in problems} == ({example.block.about("rule", "")} if wrong else set()), said(problems)
    assert example.shown.rstrip("\n") == said(problems)


def models_below(model: type[Model]) -> Iterator[type[Model]]:
    for below in model.__subclasses__():
        yield below
        yield from models_below(below)


def test_names_are_those_of_the_program() -> None:
    """Tables of names list every field and value, with exactly the Chinese names that the program accepts."""
    listed: dict[str, set[str]] = defaultdict(set)
    for page in PAGES:
        for row in ROW.finditer(page.read_text(encoding="utf-8")):
            listed[row["english"]] |= set(row["chinese"].split("、"))
    known: dict[str, set[str]] = defaultdict(set)
    for table in WORDS:
        for english, chinese in table.items():
            known[english] |= set(chinese)
    assert listed == known
    fields = {name for model in models_below(Model) if model is not Record for name in model.field_names()}
    assert fields <= listed.keys()


# ---- what writers, maintainers and visitors are told ----


def texts() -> dict[str, str]:
    pages = (*MAINTAIN.glob("*.md"), *PAGES, PROJECT / "README.md", PROJECT / "README.zh-CN.md")
    return {path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(pages)}


def test_every_rule_stands_in_a_guide_and_every_rule_there_is_one() -> None:
    rules = {rule for rule, entry in catalogue()["problems"].items() if "about" not in entry}  # those have own pages
    families = {rule.partition(".")[0] for rule in (*rules, *explained_rules())}
    guides = "".join(text for name, text in texts().items() if name.startswith("docs/"))
    named = {rule for rule in re.findall(r"[`\[]([a-z-]+\.[a-z-]+)[`\]]", guides) if rule.partition(".")[0] in families}
    assert {rule for rule in named if not rule.endswith((".md", ".yml"))} - set(explained_rules()) == rules


def test_the_site_has_a_page_for_every_rule_and_the_guide_leads_there(site: Path) -> None:
    made = {path.parent.name for path in (site / "guide" / "rules").glob("*/index.html")}
    assert made == set(explained_rules())
    listed = (site / "guide" / "rules" / "index.html").read_text(encoding="utf-8")
    assert [rule for rule in made if f'href="{rule}/"' not in listed] == []
    menu = (site / "guide" / "keys" / "index.html").read_text(encoding="utf-8")
    assert 'href="../../guide/rules/"' in menu and "leftover.year" not in menu


def test_every_variable_of_the_program_is_explained_to_maintainers() -> None:
    settings = [PROJECT / ".gitlab-ci.yml", PROJECT / "mkdocs.yml", *(PROJECT / ".github").rglob("*.yml")]
    used = {name for path in settings for name in re.findall(r"GONGBAO_\w+", path.read_text(encoding="utf-8"))}
    table = set(re.findall(r"^- `(GONGBAO_\w+)`", (MAINTAIN / "publish.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert table == used


@pytest.mark.parametrize("name", texts())
def test_what_is_named_is_there(name: str) -> None:
    text = texts()[name]
    for makefile in [PROJECT / "Makefile", *([SKELETON / "Makefile"] if name.startswith("docs/guide/") else [])]:
        targets = set(re.findall(r"^([a-z-]+):", makefile.read_text(encoding="utf-8"), re.MULTILINE))
        assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets
    prose = re.sub("`[^`\n]*`", "", BLOCK.sub("", text))
    linked = {link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", prose) if "://" not in link}
    made = {f"docs/{path}" for path in guide_pages()}
    linked = {link for link in linked if posixpath.normpath(f"{name}/../{link}") not in made}
    if name.startswith("README"):
        linked |= set(re.findall(r"`((?:content|docs|hooks|scripts|tests)/[\w./-]*)`", text)) - {
            OF_THE_TOUR,
            "content/2014/h2",
        }
    assert [link for link in sorted(linked) if not (PROJECT / name).parent.joinpath(link).exists()] == []


PROGRESS = re.compile(r"^检查记录 \d+/\d+\n", re.MULTILINE)  # a slow machine tells how far it is
OF_THE_TOUR = "content/2014/h2/swimming-meet.md"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_tour_goes_as_printed(name: str, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    (record,) = re.findall(r"^```markdown\n(.*?)^```", texts()[name], re.DOTALL | re.MULTILINE)
    wrong, right = re.findall(r"^```text\n(.*?)^```", texts()[name], re.DOTALL | re.MULTILINE)[:2]
    path = project / OF_THE_TOUR
    path.parent.mkdir(parents=True)
    path.write_text(record, encoding="utf-8")
    assert PROGRESS.sub("", run(project, *CHECK).stdout) == wrong
    path.write_text(re.sub("：", ": ", record, count=1), encoding="utf-8")
    assert PROGRESS.sub("", succeed(project, *CHECK)) == right


# ---- what the program prints now ----


def renew(page: Path) -> None:
    """Put what the program prints now below the wrong examples of a page."""
    text = page.read_text(encoding="utf-8")
    for example in reversed([example for example in examples(page) if example.shown]):
        with TemporaryDirectory() as folder:
            start, end = example.span
            text = f"{text[:start]}{said(example.problems(Path(folder)))}\n{text[end:]}"
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for each in PAGES:
        renew(each)
