"""What a site of somebody's own still has of the two samples: that of this repository, and that of a new site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from ..problems.problem import Mark, Problem
from ..project import CONTENT
from ..records.vocabulary import Vocabulary
from .settings import mark_in, project_of

NAMES = frozenset({"工报", "某镇总工会工作公报"})
UNITS = frozenset(
    {
        *("寮步镇总工会", "某县属镇工会", "北仑区某街道总工会", "某社区工会", "某街道总工会（青峙、蔚斗）"),
        *("某镇工会（工资协商）", "某区水务局工会", "贵州省人民医院工会"),
        *("某镇总工会", "某村工会"),
    }
)
ABOUT = ("现有记录取自一份在网上流传的工会半年总结和计划的汇编", "这里写明网站由谁办、内容从哪里来、发现错误怎样联系。")
_PAGE = "about.md"
# Domains that nobody can have (RFC 2606, RFC 6761).
_RESERVED = (".example", ".test", ".invalid", ".example.com", ".example.net", ".example.org")


def sample_problems(config: MkDocsConfig, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find what is still a sample's: name, units, the page about the site, addresses. A whole sample has no problem."""
    project, settings = project_of(config), Path(config.config_file_path)
    name = vocabulary.site.name.zh or ""
    left = [unit.title.zh or "" for unit in vocabulary.units if unit.title.zh in UNITS]
    if name in NAMES and len(left) == len(vocabulary.units):
        return
    if name in NAMES:
        yield _problem(project, "site.yml", "sample.name", name)
    if left:
        yield _problem(project, "units.yml", "sample.units", left[0], count=str(len(left)))
    for rule, address in (("sample.address", config.site_url), ("sample.repository", config.repo_url)):
        if address and f".{urlsplit(address).hostname}".endswith(_RESERVED):
            yield Problem(settings.name, mark_in(settings, address), rule, written=address)
    page = Path(config.docs_dir, _PAGE)
    text = page.read_text(encoding="utf-8", errors="replace") if page.is_file() else ""
    for sentence in ABOUT:
        if sentence in text:
            yield Problem(f"{page.parent.name}/{_PAGE}", mark_in(page, sentence), "sample.about", written=sentence)


def _problem(project: Path, name: str, rule: str, written: str, **values: str) -> Problem:
    file = project / CONTENT / name
    mark = mark_in(file, written) if file.is_file() else Mark()
    return Problem(f"{CONTENT}/{name}", mark, rule, written=written, values=values)
