"""One size of archive, measured side by side: our cold build and builds after edits, and the peers' builds."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from .corpus import make_corpus
from .editing import edits, numbered
from .indexing import Indexed, seconds_to_index
from .measuring import Cost, Failed, Output, output_of
from .peers import (
    OURS_ALONE,
    build_hugo,
    build_material,
    build_ours,
    build_zensical,
    index_hugo,
    lay_out_hugo,
    lay_out_material,
)
from .preview import Waited, seconds_to_answer
from .searching import Searched, search_costs

PEERS_UP_TO = 10_000  # records; larger archives are measured without peers
SITE = "site"
_PEERS = ("hugo", "material", "zensical")
_SEARCH = "search/index.html"  # Material and Zensical search in a box alone


@dataclass(frozen=True)
class Measured:
    """The measurements at one size: the median cost and the output of each build by name, and the other numbers."""

    records: int
    costs: dict[str, Cost]
    outputs: dict[str, Output]
    preview: Waited | None  # seconds from saving a record to the preview's answer
    record_page: int  # bytes of HTML of the largest record page
    index: Indexed | None = None  # seconds for the search's index by itself
    search: Searched | None = None
    failed: dict[str, str] = field(default_factory=dict)  # peers that could not be measured, and what they said


def compare(count: int, runs: int, folder: Path, say: Callable[[str], None]) -> Measured:
    """Measure ``count`` records in an empty folder. Raises Failed if a build fails or lacks a page.

    All take turns in every run, so that a busy spell of the machine slows none of them alone. Hugo follows our cold
    build at once, before edits delete anything. The edits come before the slow peers, which take minutes and would
    drive our files out of memory. Beyond `PEERS_UP_TO` records, only our program is measured.
    """
    folders = {name: folder / name for name in ("ours", *(_PEERS if count <= PEERS_UP_TO else ()))}
    _lay_out(count, folders)
    tally, indexed = _Tally(count, say), []
    for run in range(runs):
        _cold(folders["ours"], tally)
        if "hugo" in folders:
            _hugo(folders["hugo"], tally)
            _edited(folders["ours"], count, run, tally)
            indexed.append(seconds_to_index(folders["ours"], edits(count)["text"]))
            _slow_peers(folders["material"], folders["zensical"], tally)
    for name in tally.outputs.keys() & _PEERS:
        ours, theirs = (_pages(folders[one] / SITE) for one in ("ours", name))
        if name == "hugo":
            ours = {page for page in ours if not OURS_ALONE.fullmatch(page)}
        _same_pages(name, ours if name == "hugo" else ours - {_SEARCH}, theirs)
    size = _record_page(folders["ours"])
    if "hugo" not in folders:
        return Measured(count, tally.medians(), tally.outputs, None, size)
    index = Indexed(median(one.whole for one in indexed), median(one.again for one in indexed))
    say(f"{count} index: {index.whole:.2f} s, after an edit: {index.again:.2f} s")
    wait = seconds_to_answer(folders["ours"], edits(count)["text"], runs)
    say(f"{count} preview: {wait.page:.2f} s, the whole site {wait.site:.2f} s, told {wait.told:.2f} s")
    searched = search_costs(folders["ours"])
    say(f"{count} search: {len(searched.first)} visits")
    return Measured(count, tally.medians(), tally.outputs, wait, size, index, searched, tally.failed)


@dataclass
class _Tally:
    """The costs of every run so far, the output of each build, and the peers that failed."""

    count: int
    say: Callable[[str], None]
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    outputs: dict[str, Output] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, cost: Cost, site: Path | None = None) -> None:
        """Note the cost of a build, and its output if ``site`` was empty before."""
        self.costs.setdefault(name, []).append(cost)
        if site and name not in self.outputs:
            self.outputs[name] = output_of(site)
        self.say(f"{self.count} {name}: {cost.wall:.2f} s, CPU {cost.cpu:.2f} s, {cost.memory / 1e6:.0f} MB")

    def medians(self) -> dict[str, Cost]:
        return {name: _median(each) for name, each in self.costs.items()}


def _lay_out(count: int, folders: Mapping[str, Path]) -> None:
    make_corpus(count, folders["ours"])
    if "hugo" in folders:
        lay_out_hugo(count, folders["ours"], folders["hugo"])
        lay_out_material(folders["ours"], folders["material"])
        shutil.copytree(folders["material"], folders["zensical"])


def _cold(folder: Path, tally: _Tally) -> None:
    """Build from nothing."""
    _clear(folder)
    tally.add("cold", build_ours(folder), folder / SITE)


def _edited(folder: Path, count: int, run: int, tally: _Tally) -> None:
    """Build with nothing changed, and after each edit. Raises Failed if the site does not show an edit."""
    tally.add("nothing", build_ours(folder))
    for name, edit in edits(count).items():
        words = f"改动{numbered(run)}"
        edit.make(folder, words)
        tally.add(name, build_ours(folder))
        edit.check(folder, words)


def _hugo(folder: Path, tally: _Tally) -> None:
    """Build with Hugo from nothing, and index it."""
    _clear(folder)
    made = build_hugo(folder)
    tally.add("hugo", made, folder / SITE)
    tally.add("hugo-pagefind", made.then(index_hugo(folder)), folder / SITE)


def _slow_peers(material: Path, zensical: Path, tally: _Tally) -> None:
    """Build with Material and Zensical from nothing; Zensical is young, and may fail."""
    _clear(material)
    tally.add("material", build_material(material), material / SITE)
    _clear(zensical)
    try:
        tally.add("zensical", build_zensical(zensical), zensical / SITE)
    except Failed as error:
        tally.failed["zensical"] = str(error)
        tally.say(str(error))


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        int(median(cost.memory for cost in costs)),
    )


def _clear(folder: Path) -> None:
    """Move the built site, and the folder in which ours makes the next one, out of the way.

    It is deleted only in the end: a disk that has just lost thousands of files is slow at making new ones (ext4 leaves
    their places free for minutes), and the next build would seem slow.
    """
    for path in (folder / SITE, folder / f".{SITE}.next", folder / ".cache"):
        if path.exists():
            path.rename(Path(mkdtemp(prefix=f"{folder.name}-", dir=folder.parent)) / path.name)


def _pages(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")}


def _same_pages(name: str, ours: set[str], theirs: set[str]) -> None:
    if ours != theirs:
        lacking, more = sorted(ours - theirs), sorted(theirs - ours)
        raise Failed(
            f"{name} does not put out the pages that ours does: {len(lacking)} are lacking ({lacking[:3]}), "
            f"{len(more)} are too many ({more[:3]})"
        )


def _record_page(folder: Path) -> int:
    """Return the size in bytes of the largest record page."""
    return max(path.stat().st_size for path in (folder / SITE).glob("*/h[12]/records/*/index.html"))
