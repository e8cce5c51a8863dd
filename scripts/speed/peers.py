"""The peers, which are the programs to compare with, and the same records laid out for each of them."""

from __future__ import annotations

import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .corpus import PROJECT, dump
from .measuring import Cost, cost_of
from .records import PERIODS, Place, record, schedule
from .telling import words

HERE = Path(__file__).parent
PROGRAMS = PROJECT / ".cache" / "bench-venv" / "bin"
# The addresses of pages that Hugo is not given: comparisons, and parts of what it has whole. We make more than it does.
OURS_ALONE = re.compile(
    r"compare/(?:.+)?|plans/(?!index\.html).+|(?:topics/[^/]+|figures/doubts|corrections|register)/[^/]+/(?:index\.html)?"
)
GONGBAO = (sys.executable, "-m", "gongbao")
# Hugo's pages with a layout of their own, each named like its layout.
_LISTS = {"plans": "计划落实台账", "corrections": "更正", "data": "公开数据", "search": "搜索"}


def build_ours(folder: Path) -> Cost:
    """Build the corpus as its owner would."""
    return cost_of((*GONGBAO, "build"), folder)


def build_hugo(folder: Path) -> Cost:
    """Build with Hugo alone."""
    return cost_of((PROGRAMS / "hugo", "build", "--quiet", "--destination", "site"), folder)


def index_hugo(folder: Path) -> Cost:
    """Index Hugo's pages with Pagefind, as its makers advise."""
    return cost_of((PROGRAMS / "python", "-m", "pagefind", "--site", "site", "--quiet"), folder)


def build_material(folder: Path) -> Cost:
    """Build with stock Material for MkDocs, its own search included."""
    return cost_of((PROGRAMS / "python", "-m", "mkdocs", "build", "--quiet"), folder)


def build_zensical(folder: Path) -> Cost:
    """Build the same files and settings with Zensical, from nothing."""
    return cost_of((PROGRAMS / "zensical", "build", "--clean"), folder)


def lay_out_material(corpus: Path, folder: Path) -> None:
    """Write every page of ours as a Markdown file, by ``gongbao pages``, beside stock settings."""
    folder.mkdir(parents=True)
    cost_of((*GONGBAO, "pages", folder.resolve() / "docs"), corpus)
    shutil.copyfile(HERE / "material.yml", folder / "mkdocs.yml")


def lay_out_hugo(count: int, corpus: Path, folder: Path) -> None:
    """Write the corpus of ``count`` records as Hugo's content, with its hand-written pages and the plain templates."""
    shutil.copytree(HERE / "hugo", folder)
    shutil.copytree(corpus / "docs", folder / "content")
    for name, (header, text) in hugo_files(count):
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{dump(header)}---\n\n{text}", encoding="utf-8", newline="\n")


def hugo_files(count: int) -> Iterator[tuple[str, tuple[Mapping[str, Any], str]]]:
    """Yield path, front matter and text of every content file: of records, and of pages that list records."""
    topics, units = ({entry["slug"]: entry["title"] for entry in words()[name]} for name in ("topics", "units"))
    filed: dict[int, list[tuple[Place, Mapping[str, Any]]]] = defaultdict(list)
    for place in schedule(count):
        fields, text = record(place)
        filed[place.period].append((place, fields))
        yield f"{PERIODS[place.period].folder}/records/{place.slug}.md", (_hugo_header(place, fields), text)
    newest = PERIODS[max(filed)].folder
    yield "_index.md", ({"title": "首页", "params": {"newest": newest}}, "")
    yield "latest.md", ({"title": "最新公报", "layout": "half", "params": {"half": newest}}, "")
    for name, title in _LISTS.items():
        yield f"{name}.md", ({"title": title, "layout": name}, "")
    yield "figures/_index.md", ({"title": "数据", "layout": "figures"}, "")
    yield "figures/doubts.md", ({"title": "存疑的数", "layout": "doubts"}, "")
    for entry in words()["indicators"]:
        header = {"indicator": entry["slug"], "measure": entry["unit"]}
        yield f"figures/{entry['slug']}.md", ({"title": entry["title"], "layout": "indicator", "params": header}, "")
    for name, title, entries in (("topics", "主题", topics), ("units", "单位", units)):
        yield f"{name}/_index.md", ({"title": title}, "")
        for slug, own in entries.items():
            yield f"{name}/{slug}/_index.md", ({"title": own}, "")
    for number, written in filed.items():
        half = PERIODS[number]
        yield f"{half.year}/_index.md", ({"title": f"{half.year}年"}, "")
        yield f"{half.folder}/_index.md", ({"title": f"{half.id}工作公报", "layout": "half"}, "")
        for topic in {slug for _, fields in written for slug in fields["topics"]}:
            header = {"title": topics[topic], "layout": "half-topic", "params": {"topic": topic}}
            yield f"{half.folder}/{topic}.md", (header, "")
        for unit in {place.unit for place, _ in written}:
            params = {"unit": unit, "half": half.folder}
            header = {"title": f"{units[unit]}{half.id}", "layout": "bulletin", "params": params}
            yield f"units/{unit}/{half.id}.md", (header, "")


def _hugo_header(place: Place, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a record's fields in the places where Hugo looks for them, each figure with its name and unit."""
    told = {name: value for name, value in fields.items() if name not in ("title", "unit", "topics", "kind", "date")}
    params = {**told, "half": PERIODS[place.period].id, "genre": place.kind, "when": fields.get("date", "")}
    indicators = {entry["slug"]: entry for entry in words()["indicators"]}
    if "figures" in fields:
        entries = [indicators.get(figure.get("indicator"), {}) for figure in fields["figures"]]
        params["figures"] = [
            {"name": entry.get("title") or figure["label"], "unit": entry.get("unit"), **figure}
            for figure, entry in zip(fields["figures"], entries, strict=True)
        ]
    return {
        "title": fields["title"],
        "type": "record",
        "topics": fields["topics"],
        "units": [place.unit],
        "params": params,
    }
