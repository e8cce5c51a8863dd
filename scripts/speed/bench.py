"""The command: it takes sizes, measures one after the other, writes the page, and returns an exit code."""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from gongbao import __version__

from .comparing import compare
from .corpus import PROJECT
from .measuring import Failed
from .table import page

FOLDER = PROJECT / ".cache" / "bench"
PAGE = PROJECT / "docs" / "maintain" / "speed.md"
OF_THE_GOALS = 5000  # records; a run without this size is a quick look and does not change the guide
PEERS = ("hugo", "pagefind", "mkdocs-material", "zensical")


def main() -> int:
    """Measure and write. Return 1 if a build fails or the builds do not have the same pages, else 0."""
    parser = argparse.ArgumentParser(description="Measure our builds and the peers' side by side.")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured; the median counts")
    parser.add_argument("sizes", metavar="N", type=int, nargs="*", default=[1000, 5000], help="how many records")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    about = machine()  # taken first: afterwards, the load would be our own
    with TemporaryDirectory(dir=FOLDER) as folder:
        try:
            results = [compare(size, options.runs, Path(folder) / str(size), _say) for size in options.sizes]
        except Failed as error:
            print(error, file=sys.stderr)
            return 1
    sizes = " ".join(map(str, options.sizes))
    text = page(results, about, f'make bench SIZES="{sizes}" RUNS={options.runs}')
    written = PAGE if OF_THE_GOALS in options.sizes else FOLDER / PAGE.name
    written.write_text(text, encoding="utf-8", newline="\n")
    print(f"{text}\n{written}")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def machine() -> dict[str, str]:
    """Return the conditions of the measurements by name: the machine, the programs and their versions, the day."""
    locked = (PROJECT / "requirements-bench.txt").read_text(encoding="utf-8")
    peers = [found[0].replace("==", " ") for name in PEERS if (found := re.search(rf"^{name}==\S+", locked, re.M))]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "机器": f"{_processor()}，{os.cpu_count()} 核，内存 {memory:.0f} GB，{platform.system()}",
        "工报": f"gongbao {__version__}，mkdocs {version('mkdocs')}，Python {platform.python_version()}",
        "对手": "，".join(peers),
        "开始时的负载": f"{os.getloadavg()[0]:.1f}（别的程序也在运行时，秒数和倍数都靠不住）",
        "日期": date.today().isoformat(),
    }


def _processor() -> str:
    """Return the processor's name, or its architecture if the system has no name."""
    try:
        told = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
    except OSError:
        told = None
    return told[1] if told else platform.processor() or platform.machine()
