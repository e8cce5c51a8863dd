"""Many sites, tried out: each unit of this project as a site of its own, below the site of their superior.

``python scripts/eight_sites.py [FOLDER] [--port N]`` (``make eight-sites``) lays the nine projects out in FOLDER,
builds the eight, collects from them, and builds the superior's. All nine lie below FOLDER/site/, to be served at one
address.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "hooks"))

from gongbao.project import read  # noqa: E402
from gongbao.records.record import Record  # noqa: E402

PARENT, TITLE = "federation", "八家工会的上级"
SHARED = ("topics", "indicators", "sources", "periods")


def lay_out(source: Path, folder: Path, address: str) -> tuple[str, ...]:
    """Lay out the projects of a parent and of each unit of ``source``, for sites below an address.

    Returns the units. Every word list but that of units is the same for all.
    """
    content = read(source)
    units = [unit.slug for unit in content.vocabulary.units]
    entries = yaml.safe_load((source / "content" / "units.yml").read_text(encoding="utf-8"))
    about = {entry["slug"]: entry for entry in entries}
    for unit in units:
        site = {"name": about[unit]["title"], "id": f"{address}{unit}/", "parent": f"{address}{PARENT}/"}
        records = [one for one in content.records if one.unit == unit]
        _project(source, folder / unit, {"site": site, "units": [about[unit]]}, records)
    below = [{**entry, "parent": PARENT} for entry in entries]
    lists = {
        "site": {"name": TITLE, "id": f"{address}{PARENT}/"},
        "units": [{"slug": PARENT, "title": TITLE}, *below],
        "sites": [{"id": unit, "unit": unit, "where": f"../site/{unit}"} for unit in units],
    }
    _project(source, folder / PARENT, lists, ())
    return tuple(units)


def _project(source: Path, project: Path, lists: Mapping[str, object], records: Iterable[Record]) -> None:
    content = project / "content"
    content.mkdir(parents=True, exist_ok=True)
    for name in SHARED:
        if (source / "content" / f"{name}.yml").is_file():
            shutil.copyfile(source / "content" / f"{name}.yml", content / f"{name}.yml")
    for name, value in lists.items():
        text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
        (content / f"{name}.yml").write_text(text, encoding="utf-8")
    for record in records:
        place = Path(record.path).relative_to("content")
        (content / place).parent.mkdir(parents=True, exist_ok=True)
        if place.stem == "index":  # a folder record with its attachments
            shutil.copytree(source / "content" / place.parent, content / place.parent, dirs_exist_ok=True)
        else:
            shutil.copyfile(source / "content" / place, content / place)
    (project / "docs").mkdir(exist_ok=True)
    settings = (source / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("hooks/gongbao_hook.py", f"{PROJECT}/hooks/gongbao_hook.py")
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")


def gongbao(project: Path, *command: str, address: str = "") -> None:
    """Run the program in a project. Raises CalledProcessError."""
    surroundings = {**os.environ, "GONGBAO_SITE_URL": address, "PYTHONPATH": str(PROJECT / "hooks")}
    subprocess.run([sys.executable, "-m", "gongbao", *command], cwd=project, env=surroundings, check=True)


def build(folder: Path, name: str, address: str) -> None:
    """Build a site and put it below FOLDER/site/."""
    gongbao(folder / name, "build", address=f"{address}{name}/")
    shutil.copytree(folder / name / "site", folder / "site" / name, dirs_exist_ok=True)


def make(source: Path, folder: Path, address: str) -> None:
    """Build the sites of all units of ``source``, collect from them, and build that of their superior."""
    for unit in lay_out(source, folder, address):
        build(folder, unit, address)
    gongbao(folder / PARENT, "collect")
    build(folder, PARENT, address)


def serve(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of all sites."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(SimpleHTTPRequestHandler, directory=folder / "site"))


def main() -> None:
    """Build everything, and serve it until somebody stops it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PROJECT / "build" / "federation")
    parser.add_argument("--port", type=int, default=8010)
    options = parser.parse_args()
    address = f"http://127.0.0.1:{options.port}/"
    shutil.rmtree(options.folder, ignore_errors=True)
    make(PROJECT, options.folder, address)
    print(f"{address}{PARENT}/")
    serve(options.folder, options.port).serve_forever()


if __name__ == "__main__":
    main()
