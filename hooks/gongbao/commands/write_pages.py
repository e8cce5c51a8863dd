"""Write a site's pages as plain Markdown for another generator: ``gongbao pages DIR``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from ..building import CONTENT, build
from ..git.history import read_history
from ..markdown.written import written_pages
from ..problems.catalogue import both, label
from ..problems.problem import report
from ..problems.rule_texts import GUIDE, guide_pages

DOCS = "docs"  # the pages written by hand, which are plain Markdown already


def write_pages(project: Path, folder: Path, site_url: str = "") -> int:
    """Write all pages and files. Returns 1, and touches nothing, for errors or where the folder is not empty."""
    history = read_history(project)
    built = build(project, preview=False, site_url=site_url, first_seen=history.first, changes=history.last)
    language = built.content.vocabulary.language
    if built.problems:
        print(report(built.problems, language), file=sys.stderr)
    if built.site is None:
        return 1
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(label("new-site-taken", language, folder=folder), file=sys.stderr)
        return 1
    guide = guide_pages() if (project / DOCS / GUIDE).is_dir() else {}
    files = {**guide, **written_pages(built.site, history.last)}
    try:
        if (project / DOCS).is_dir():
            shutil.copytree(project / DOCS, folder, dirs_exist_ok=True)
        for address, text in files.items():
            _place(folder / address).write_text(text, encoding="utf-8", newline="")
        for address, path in built.site.attachments.items():
            shutil.copyfile(project / CONTENT / built.content.on_disk[path], _place(folder / address))
    except OSError as error:
        print(label("new-site-failed", language, folder=error.filename, reason=error.strerror), file=sys.stderr)
        return 1
    print(
        label(
            "pages-written",
            language,
            pages=sum(name.endswith("/index.md") or name == "index.md" for name in files),
            folder=folder,
        )
    )
    return 0


@click.command(help=both("command-pages"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--site-url", default="", metavar="URL", help=both("option-site-url"))
def command(folder: Path, site_url: str) -> None:
    """Write the pages of the project of the current folder."""
    sys.exit(write_pages(Path(), folder, site_url))


def _place(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
