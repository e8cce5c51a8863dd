"""Whatever changes between two builds, the site is byte for byte that of a build from nothing."""

from __future__ import annotations

import copy
import logging
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from commands import BUILD, PROJECT, add_hook, files_of, replace, run, succeed
from installing import must
from small_archives import LISTS, PNG, dump
from test_history import git

Files = dict[str, Any]  # path in the project: text, bytes, what YAML makes of anything else; a record's fields and text
Change = Callable[[random.Random, Files], None]
PERIODS = ("2013/h1", "2013/h2", "2014/h1")
LINKED = "见[另一条](../../2014/h1/b.md)。\n"


def settings() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        """
        site_name: 工报
        site_url: https://site.example.org/
        repo_url: https://git.example.org/some/where
        edit_uri: edit/main/docs/
        theme: {name: material, font: false, custom_dir: own, features: [navigation.tabs, navigation.indexes]}
        plugins: []
        """
    )
    return found | {"hooks": [str(PROJECT / "hooks" / "gongbao_hook.py")]}


def about(title: str, topic: str = "aid", unit: str = "town", **fields: Any) -> dict[str, Any]:
    return {"title": title, "unit": unit, "topics": [topic]} | fields


def start() -> Files:
    """Three halves of three units, each with what another page shows of it too."""
    figure = {"indicator": "formed", "value": 3, "unit": "家"}
    promise = {"id": "hall", "text": "建好活动中心", "due": "2014-h1"}
    return {
        "mkdocs.yml": settings(),
        "own/partials/copyright.html": "<p>原样</p>\n",
        # A constant for whoever compiles it, and yet another word when the topic is renamed.
        "own/gongbao/corrections.html": '<h1 id="gb-top">{{ page.title }}</h1><p>{{ "aid" | topic_title }}</p>\n',
        "docs/about.md": "# 关于\n\n第一段。\n",
        "content/site.yml": {"name": "工报"},
        "content/topics.yml": copy.deepcopy(LISTS["topics.yml"]),
        "content/units.yml": [*copy.deepcopy(LISTS["units.yml"]), {"slug": "west", "title": "西镇工会"}],
        "content/indicators.yml": [{"slug": "formed", "title": "新建工会", "unit": "家", "aggregate": "sum"}],
        "content/periods.yml": [{"period": "2013-h1", "published": "2013-08-01", "number": "第1期"}],
        "content/2013/h1/a.md": (about("安排一", kind="plan", commitments=[promise]), "做一件事。\n"),
        "content/2013/h1/b.md": (about("走访一", unit="village", figures=[figure]), "走访。\n"),
        "content/2013/h2/a.md": (about("安排二", "activities", unit="west"), LINKED),
        "content/2013/h2/b.md": (about("走访二", figures=[{**figure, "value": 4}], highlight=True), "走访。\n"),
        "content/2014/h1/a/index.md": (about("组建", "organizing", unit="village"), "有[图](图.png)。\n"),
        "content/2014/h1/a/图.png": PNG,
        "content/2014/h1/b.md": (
            about("走访三", outcomes=[{"commitment": "2013-h1/a#hall", "status": "done"}]),
            "走访。\n",
        ),
        "content/2014/h1/c.md": (about("比赛", "activities", draft=True), "比赛。\n"),
    }


def records(files: Files) -> list[str]:
    return [name for name, value in files.items() if isinstance(value, tuple)]


def fields(chance: random.Random, files: Files) -> dict[str, Any]:
    found: dict[str, Any] = files[chance.choice(records(files))][0]
    return found


def flip(holder: dict[str, Any], name: str, value: Any) -> None:
    if holder.pop(name, None) is None:
        holder[name] = value


def word(chance: random.Random) -> str:
    return f"{chance.choice('甲乙丙丁戊己庚辛')}{chance.choice('子丑寅卯辰巳午未')}{chance.randrange(1000)}"


CHANGES: dict[str, Change] = {}


def change(function: Change) -> Change:
    CHANGES[function.__name__] = function
    return function


@change
def record_text(chance: random.Random, files: Files) -> None:
    name = chance.choice(records(files))
    files[name] = (files[name][0], f"{word(chance)}。\n\n{files[name][1]}")


@change
def record_title(chance: random.Random, files: Files) -> None:
    fields(chance, files)["title"] = word(chance)


@change
def record_added(chance: random.Random, files: Files) -> None:
    topic = chance.choice(files["content/topics.yml"])["slug"]
    unit = chance.choice(files["content/units.yml"])["slug"]
    period = chance.choice([*PERIODS, "2015/h1", "undated/h1"])
    files[f"content/{period}/n{chance.randrange(100)}.md"] = (about(word(chance), topic, unit), "新的。\n")


@change
def record_deleted(chance: random.Random, files: Files) -> None:
    del files[chance.choice(records(files))]


@change
def record_renamed(chance: random.Random, files: Files) -> None:
    name = chance.choice([name for name in records(files) if not name.endswith("index.md")])
    files[f"{name[:-3]}-{chance.randrange(100)}.md"] = files.pop(name)


@change
def record_moved(chance: random.Random, files: Files) -> None:
    name = chance.choice([name for name in records(files) if not name.endswith("index.md")])
    files[f"content/{chance.choice(PERIODS)}/m{chance.randrange(100)}.md"] = files.pop(name)


@change
def record_in_another_topic(chance: random.Random, files: Files) -> None:
    slugs = [topic["slug"] for topic in files["content/topics.yml"]]
    fields(chance, files)["topics"] = chance.sample(slugs, chance.randint(1, len(slugs)))


@change
def topic_renamed(chance: random.Random, files: Files) -> None:
    chance.choice(files["content/topics.yml"])["title"] = word(chance)


@change
def topics_in_another_order(chance: random.Random, files: Files) -> None:
    chance.shuffle(files["content/topics.yml"])


@change
def parent_unit(chance: random.Random, files: Files) -> None:
    flip(files["content/units.yml"][1], "parent", chance.choice(["town", "west"]))


@change
def unit_added(chance: random.Random, files: Files) -> None:
    files["content/units.yml"].append({"slug": f"u{chance.randrange(1000)}", "title": word(chance)})


@change
def unit_in_short(chance: random.Random, files: Files) -> None:
    flip(chance.choice(files["content/units.yml"]), "short", word(chance))


@change
def draft(chance: random.Random, files: Files) -> None:
    flip(fields(chance, files), "draft", True)


@change
def period_held_back(chance: random.Random, files: Files) -> None:
    flip(files["content/periods.yml"][0], "published", f"2013-08-0{chance.randint(1, 9)}")


@change
def period_titled(chance: random.Random, files: Files) -> None:
    flip(files["content/periods.yml"][0], "title", word(chance))


@change
def withdrawn(chance: random.Random, files: Files) -> None:
    flip(fields(chance, files), "withdrawn", {"date": "2014-09-01", "reason": word(chance)})


@change
def correction(chance: random.Random, files: Files) -> None:
    flip(fields(chance, files), "corrections", [{"date": "2014-09-01", "text": word(chance)}])


@change
def alias(chance: random.Random, files: Files) -> None:
    flip(fields(chance, files), "aliases", [f"2012-h2/before-{chance.randrange(100)}"])


@change
def commitment(chance: random.Random, files: Files) -> None:
    flip(fields(chance, files), "commitments", [{"id": "more", "text": word(chance), "due": "2014-h1"}])


@change
def outcome(chance: random.Random, files: Files) -> None:
    status = chance.choice(["done", "partly", "dropped"])
    made = {"commitment": "2013-h1/a#hall", "status": status, "note": word(chance)}
    flip(files.get("content/2014/h1/b.md", [{}])[0], "outcomes", [made])


@change
def figure(chance: random.Random, files: Files) -> None:
    made = {"indicator": "formed", "value": chance.randrange(100), "unit": "家"}
    flip(fields(chance, files), "figures", [made])


@change
def attachment(chance: random.Random, files: Files) -> None:
    if "content/2014/h1/a/index.md" in files:
        files[f"content/2014/h1/a/附{chance.randrange(2)}.pdf"] = f"%PDF-{word(chance)}".encode()


@change
def site_named(chance: random.Random, files: Files) -> None:
    files["content/site.yml"]["name"] = word(chance)


@change
def site_in_english(chance: random.Random, files: Files) -> None:
    flip(files["content/site.yml"], "language", "en")


@change
def frame_template(chance: random.Random, files: Files) -> None:
    texts = [f"<p>{word(chance)}</p>\n", "<p>{{ config.site_name }} {{ page.url }}</p>\n"]
    files["own/partials/copyright.html"] = chance.choice(texts)


@change
def main_template(chance: random.Random, files: Files) -> None:
    text = '{% extends "base.html" %}{% block content %}{{ "topics/" | url }}{{ page.content }}{% endblock %}\n'
    flip(files, "own/main.html", text)


@change
def content_template(chance: random.Random, files: Files) -> None:
    text = f'<h1 id="gb-top">{{{{ record.title }}}}</h1><p>{word(chance)}</p>{{{{ record | full_text }}}}\n'
    flip(files, "own/gongbao/record.html", text)


@change
def file_of_a_template(chance: random.Random, files: Files) -> None:
    files["own/gongbao/mark.txt"] = word(chance)
    files["own/gongbao/withdrawn.html"] = '<h1 id="gb-top">{{ record.title }}</h1>{% include "mark.txt" %}\n'


@change
def page_by_hand(chance: random.Random, files: Files) -> None:
    leads = chance.choice(["topics/index.md", "topics/aid/index.md", "2014/h1/index.md", "2013/h1/records/b/index.md"])
    files["docs/about.md"] = f"# 关于\n\n{word(chance)}，见[那里]({leads})。\n"


@change
def page_by_hand_titled(chance: random.Random, files: Files) -> None:
    name = chance.choice([name for name in files if name.startswith("docs/") and name.endswith(".md")])
    files[name] = f"{word(chance)}\n===\n\n正文。\n"


@change
def page_by_hand_added(chance: random.Random, files: Files) -> None:
    flip(files, f"docs/{chance.choice(['', 'guide/'])}p{chance.randrange(3)}.md", f"# {word(chance)}\n")


@change
def file_in_place_of_ours(chance: random.Random, files: Files) -> None:
    flip(files, f"docs/{chance.choice(['robots.txt', 'feed.json', 'data/figures.csv'])}", word(chance))


@change
def address_of_the_site(chance: random.Random, files: Files) -> None:
    files["mkdocs.yml"]["site_url"] = chance.choice(["https://site.example.org/", "https://example.net/sub/", ""])


@change
def feature_of_the_theme(chance: random.Random, files: Files) -> None:
    features = ["navigation.tabs", "navigation.path", "navigation.top", "content.action.edit", "toc.integrate"]
    files["mkdocs.yml"]["theme"]["features"] = chance.sample(features, 2)


@change
def another_hook(chance: random.Random, files: Files) -> None:
    files["more.py"] = f"def on_page_content(html, page, config, files):\n    return html + '<p>{word(chance)}</p>'\n"
    hooks = files["mkdocs.yml"]["hooks"]
    files["mkdocs.yml"]["hooks"] = hooks[:1] if len(hooks) > 1 else [*hooks, "more.py"]


def build_here(project: Path, site: Path, *, strict: bool = False) -> bool:
    """Build as the command does, in this process; return whether that went well."""
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(site), strict=strict)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except Abort:
        return False
    return True


class Project:
    """A project on the disk, with its site and cache from build to build."""

    def __init__(self, folder: Path, clean: Path, compiled: Path) -> None:
        self.folder, self.site, self.clean, self.compiled = folder, folder / "site", clean, compiled
        self.days = 0
        (folder / "content").mkdir(parents=True)
        git(folder, "init", "--quiet")
        (folder / ".gitignore").write_text("/site/\n/other/\n/.cache/\n", encoding="utf-8")

    def write(self, files: Files) -> None:
        for path in [*self.folder.rglob("*")]:
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and name.startswith(("content/", "docs/", "own/", "more.py")) and name not in files:
                path.unlink()
        (self.folder / "own").mkdir(exist_ok=True)
        for name, value in files.items():
            if isinstance(value, tuple):
                value = f"---\n{dump(value[0])}---\n\n{value[1]}"
            text = value if isinstance(value, str | bytes) else dump(value)
            data = text if isinstance(text, bytes) else text.encode()
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)

    def commit(self) -> None:
        self.days += 1
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message", "Write", day=f"2016-01-{self.days:02}")

    def build(self, site: Path | None = None) -> bool:
        return build_here(self.folder, site or self.site)

    def built_from_nothing(self) -> dict[str, bytes]:
        """Build with nothing but the compiled templates of program and theme in the cache, into an empty folder."""
        cache, aside = self.folder / ".cache", self.clean / "cache"
        cache.rename(aside)
        cache.mkdir()
        shutil.copyfile(aside / "frame", cache / "frame")
        shutil.copyfile(self.compiled, cache / "templates")
        assert self.build(self.clean / "site")
        shutil.rmtree(cache)
        aside.rename(cache)
        found = files_of(self.clean / "site")
        shutil.rmtree(self.clean / "site")
        return found

    def meddle(self, chance: random.Random) -> str:
        """Do to the site or to the cache what nobody should."""
        outputs = sorted(path for path in self.site.rglob("*") if path.is_file())
        kept = self.folder / ".cache" / "site"
        if not outputs or kept.is_dir():  # the site is gone, or the cache is, and no build has mended it since
            return "nothing"
        one = chance.choice(outputs)
        ways: dict[str, Callable[[], object]] = {
            "nothing": lambda: None,
            "commit": self.commit,
            "edited": lambda: one.write_bytes(one.read_bytes()[:-1] + b"?"),
            "deleted": lambda: one.unlink(),
            "feed deleted": lambda: (self.site / "feed.json").unlink(missing_ok=True),
            "extra": lambda: (one.parent / "extra.html").write_text("more", encoding="utf-8"),
            "site gone": lambda: shutil.rmtree(self.site),
            "cache cut": lambda: kept.write_bytes(kept.read_bytes()[:-7]),
            "cache changed": lambda: kept.write_bytes(kept.read_bytes()[:-7] + b"garbage"),
            "cache of another version": lambda: kept.write_bytes(b"?" + kept.read_bytes()[1:]),
            "cache a folder": in_place_of(kept),
            "cache gone": lambda: kept.unlink(),
            "another site": lambda: self.build(self.folder / "other"),
        }
        way = chance.choice(list(ways))
        ways[way]()
        return way


def in_place_of(file: Path) -> Callable[[], object]:
    """Put a folder in place of a file."""

    def put() -> None:
        file.unlink()
        file.mkdir()

    return put


def differences(ours: dict[str, bytes], clean: dict[str, bytes]) -> list[str]:
    return [name for name in sorted({*ours, *clean}) if ours.get(name) != clean.get(name)]


def walk(seed: int, steps: int, folder: Path, compiled: Path, looks: int = 1) -> None:
    """Make changes in random order, each at least once where there are steps enough, building after every few.

    Every build is compared with one from nothing, or with ``looks`` one of so many: what is stale stays so.
    ``compiled`` is a cache of the program's templates that has none of the project's.
    """
    chance = random.Random(seed)
    (folder / "clean").mkdir()
    project, files = Project(folder / "project", folder / "clean", compiled), start()
    project.write(files)
    project.commit()
    assert project.build()
    names = [*CHANGES]
    chance.shuffle(names)
    done: list[Any] = []
    good = 0
    for step in range(steps):
        before = copy.deepcopy(files)
        made = [names[(3 * step + more) % len(names)] for more in range(chance.randint(1, 3))]
        for name in made:
            CHANGES[name](chance, files)
        project.write(files)
        done.append((made, project.meddle(chance)))
        touched = files_of(project.site)
        if project.build():
            good += 1
            if good % looks == 0:
                ours, clean = files_of(project.site), project.built_from_nothing()
                assert differences(ours, clean) == [], (seed, done[-3 * looks :])
        else:
            assert files_of(project.site) == touched, (seed, done[-3:])
            files = before
            project.write(files)
    assert good > steps // 2, done


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    log = logging.getLogger("mkdocs")
    level = log.level
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(level)


def test_the_site_is_that_of_a_build_from_nothing(tmp_path: Path, small_built: Path) -> None:
    walk(1, 14, tmp_path, small_built / ".cache/templates", looks=4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_the_site_is_that_of_a_build_from_nothing_many_times(seed: int, tmp_path: Path, small_built: Path) -> None:
    walk(seed, 40, tmp_path, small_built / ".cache/templates")


def test_what_has_not_changed_is_not_written_again(small: Path) -> None:
    """From one process to the next, of which each has another order of sets."""
    replace(small / "mkdocs.yml", "markdown_extensions:\n", f"{EMOJI}")
    must(small, sys.executable, *BUILD)
    record, topic = (small / "site" / name / "index.html" for name in ("2014/h1/records/plan", "topics/aid"))
    stood = [path.stat().st_mtime_ns for path in (record, topic)]
    replace(small / "content/2014/h1/good.md", "五一前，村", "五一前后，村")
    must(small, sys.executable, *BUILD)
    assert record.stat().st_mtime_ns == stood[0]
    assert "五一前后，村" in (small / "site/2014/h1/records/good/index.html").read_text(encoding="utf-8")


EMOJI = """markdown_extensions:
  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }
"""


def test_a_build_that_fails_in_the_middle_leaves_the_last_site(small: Path, tmp_path: Path) -> None:
    """Even where the site's folder is a link, and somebody else's hidden files lie in it."""
    (tmp_path / "elsewhere" / ".git").mkdir(parents=True)
    (tmp_path / "elsewhere" / ".git" / "HEAD").write_text("ref: refs/heads/pages\n", encoding="utf-8")
    (small / "site").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    succeed(small, *BUILD)
    before = files_of(tmp_path / "elsewhere")
    assert ".git/HEAD" in before

    hook = "def on_post_page(output, page, config):\n    if '/records/' in page.url:\n        raise OSError\n"
    add_hook(small, "more.py", hook)
    replace(small / "content/2014/h1/good.md", "title: 五一", "title: 五月")
    assert run(small, *BUILD).returncode != 0
    assert files_of(tmp_path / "elsewhere") == before

    (small / "more.py").write_text("", encoding="utf-8")
    succeed(small, *BUILD)
    after = files_of(tmp_path / "elsewhere")
    assert (small / "site").is_symlink()
    assert {name for name in after if name.startswith(".")} == {".git/HEAD"}
    assert "五月走访" in after["2014/h1/records/good/index.html"].decode()
