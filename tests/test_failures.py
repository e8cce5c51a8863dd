"""What a writer sees when something is wrong: every problem at once, in words, and the old site left as it was."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from commands import BUILD, CHECK, STRICT, add_hook, copy_program, files_of, mark_of, replace, run, succeed
from gongbao.rendering.template_files import TEMPLATES
from small_archives import load
from test_cases import CASES, lay_out

FAULTS = (
    "curly-quotes-slug",
    "date-impossible",
    "encoding-gb18030",
    "file-empty",
    "file-too-large",
    "front-matter-unclosed",
    "number-comma",
    "unknown-field",
    "unknown-indicator",
    "unknown-topic",
    "yaml-alias-bomb",
    "yaml-duplicate",
    "yaml-full-width-colon",
    "yaml-quote-bracket",
    "yaml-tab",
)
COMMANDS = (BUILD, (*BUILD, STRICT), CHECK, (*CHECK, STRICT))
BUILDS = COMMANDS[:2]


def plant(project: Path, *names: str) -> list[dict[str, Any]]:
    """Add the records of several cases, their names made different; return the problems that they must give."""
    files: dict[str, Any] = {}
    problems: list[dict[str, Any]] = []
    for name in names:
        case = load(CASES / f"{name}.yml")
        files |= {renamed(path, name): content for path, content in case["files"].items()}
        problems += [problem | {"path": renamed(problem["path"], name)} for problem in case["problems"]]
    lay_out({"base": False, "files": files}, project / "planted")
    shutil.copytree(project / "planted", project / "content", dirs_exist_ok=True)
    shutil.rmtree(project / "planted")
    return problems


def renamed(path: str, name: str) -> str:
    """``2014/h1/x.md`` of the case ``yaml-tab``: ``2014/h1/yaml-tab-x.md``."""
    folder, _, file = path.rpartition("/")
    assert folder, f"{name} changes a word list: it cannot stand beside others"
    return f"{folder}/{name}-{file}"


def told(said: str) -> list[str]:
    """The problems in a command's messages, each with its details."""
    said = re.sub("^(ERROR|WARNING) +- +gongbao: ", "", said, flags=re.MULTILINE)
    return [
        block for block in re.split(r"\n(?! {4})", said) if re.search(r" \[[a-z-]+\.[a-z-]+\]$", block, re.MULTILINE)
    ]


def fails_and_leaves_the_site(project: Path, *command: str) -> str:
    before = files_of(project / "site")
    done = run(project, *command)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stdout
    assert files_of(project / "site") == before
    return done.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_problem_is_told_at_once(command: tuple[str, ...], built: Path) -> None:
    problems = plant(built, *FAULTS)

    said = fails_and_leaves_the_site(built, *command)

    blocks = told(said)
    for problem in problems:
        place = f"content/{problem['path']}:{problem['line']}:" + (
            f"{problem['column']}:" if "column" in problem else ""
        )
        block = next((one for one in blocks if one.startswith(place) and f"[{problem['rule']}]" in one), "")
        assert ": 错误: " in block, f"{place} {problem['rule']} is not among\n{said}"
        assert re.search(r"^    (应该是|怎么改)：.", block, re.MULTILINE), block
        assert all(words in block for words in problem.get("says", ())), block
        blocks.remove(block)
    assert not blocks
    assert f"共 {len(problems)} 个错误、0 个提醒。" in said


def test_the_hint_names_what_was_meant(built: Path) -> None:
    plant(built, "unknown-topic")
    assert "你是不是想写 `organizing`？" in fails_and_leaves_the_site(built, *BUILD)


def test_warnings_stop_a_strict_run_only(built: Path) -> None:
    problems = plant(built, "date-outside")
    for command in (BUILD, CHECK):
        said = fails_and_leaves_the_site(built, *command, STRICT)
        assert len(told(said)) == len(problems)

    checked, before = succeed(built, *CHECK), files_of(built / "site")
    said = succeed(built, *BUILD)

    assert files_of(built / "site").keys() > {name for name in before if not name.startswith("pagefind/")}
    for text in (checked, said):
        blocks = told(text)
        assert len(blocks) == len(problems)
        for problem in problems:
            place = f"content/{problem['path']}:{problem['line']}:{problem['column']}: 提醒: "
            assert any(block.startswith(place) for block in blocks)


def test_english_is_a_setting(built: Path) -> None:
    replace(built / "content/site.yml", "language: zh", "language: en")
    succeed(built, *BUILD, STRICT)
    html = (built / "site/2014/h1/index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in html
    assert ">Bulletin, first half of 2014</h1>" in html
    for words in ("Topics", "Units", "Culture and sports", "A town federation of unions", "Search"):
        assert words in html, words

    problems = plant(built, "unknown-topic", "number-comma", "yaml-full-width-colon")
    for command in COMMANDS:
        said = fails_and_leaves_the_site(built, *command)
        assert len(told(said)) == len(problems)
        assert "Did you mean `organizing`?" in said
        assert "3 error(s), 0 warning(s)." in said
        assert not re.search("错误|应该|怎么|共", said)


def test_a_page_written_by_hand_replaces_no_other(built: Path) -> None:
    (built / "docs/topics.md").write_text("# 我的主题\n", encoding="utf-8")
    (built / "docs/2014/h1").mkdir(parents=True)
    (built / "docs/2014/h1/index.md").write_text("# 我的公报\n", encoding="utf-8")
    for command in BUILDS:
        blocks = told(fails_and_leaves_the_site(built, *command))
        assert [block.split(" ")[0] for block in blocks] == ["docs/2014/h1/index.md:1:1:", "docs/topics.md:1:1:"]
        assert "/topics/" in blocks[1]


def test_a_broken_template_is_one_problem(built: Path) -> None:
    replace(built / "mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: own\n")
    template = built / "own/gongbao/record.html"
    template.parent.mkdir(parents=True)
    mark = mark_of(TEMPLATES / "record.html")
    template.write_text(f"<h1>{{{{ record.title }}}}</h1>\n<p>自己的样式</p>\n{mark}", encoding="utf-8")
    succeed(built, *BUILD, STRICT)
    assert "自己的样式" in (built / "site/2014/h1/records/good/index.html").read_text(encoding="utf-8")

    for line in ("{% if %}", "{{ record.colour }}", "{{ record.title | shout }}", "{% include 'no.html' %}"):
        template.write_text(f"<h1>{{{{ record.title }}}}</h1>\n{line}\n{mark}", encoding="utf-8")
        blocks = told(fails_and_leaves_the_site(built, *BUILD))
        assert len(blocks) == 1
        assert blocks[0].startswith("own/gongbao/record.html:2:1: 错误: ")


WARNING_HOOK = """
import logging
def on_post_build(config):
    logging.getLogger("mkdocs.hooks").warning("something of another hook's")
"""


def test_what_another_hook_warns_of_at_the_end_stops_a_strict_build_before_the_site_changes(built: Path) -> None:
    add_hook(built, "warning.py", WARNING_HOOK)
    replace(built / "content/2014/h1/good.md", "title: 五一", "title: 五月")
    assert "1 warnings in strict mode" in fails_and_leaves_the_site(built, *BUILD, STRICT)
    succeed(built, *BUILD)
    assert "五月走访" in (built / "site/2014/h1/records/good/index.html").read_text(encoding="utf-8")


def test_another_package_of_that_name_is_not_in_the_way(small: Path, tmp_path: Path) -> None:
    (tmp_path / "gongbao").mkdir()
    (tmp_path / "gongbao/__init__.py").write_text("raise ImportError('the wrong one')\n", encoding="utf-8")
    template = copy_program(small) / "hooks/gongbao/rendering/templates/record.html"
    replace(template, "<h1 id=", "<p>本地的模板</p><h1 id=")

    succeed(small, *BUILD, STRICT, PYTHONPATH=str(tmp_path))
    succeed(small, *CHECK, PYTHONPATH=str(tmp_path))

    assert "本地的模板" in (small / "site/2014/h1/records/good/index.html").read_text(encoding="utf-8")
