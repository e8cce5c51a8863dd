"""Write a site's pages as plain Markdown for another generator: ``gongbao-write-pages path``."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from ..building import CONTENT, build
from ..git.history import read_history
from ..markdown.written import written_pages
from ..problems.catalogue import label
from ..problems.problem import report
from ..problems.rule_texts import GUIDE, guide_pages

DOCS = "docs"  # the pages written by hand, which are plain Markdown already


def main(project: Path = Path()) -> int:
    """Write all pages and files; exit with 1, and touch nothing, for errors or where the folder is not empty."""
    parser = argparse.ArgumentParser(
        description="把网站的每一页写成普通的 Markdown 文件。Write the site's pages as plain Markdown files."
    )
    parser.add_argument("folder", metavar="文件夹", help="新的或空的文件夹 / a new or empty folder")
    parser.add_argument(
        "--site-url", default="", help="网站的网址，写进公开数据 / the site's address, for the open data"
    )
    options = parser.parse_args()
    history = read_history(project)
    built = build(project, preview=False, site_url=options.site_url, first_seen=history.first, changes=history.last)
    language = built.content.vocabulary.language
    if built.problems:
        print(report(built.problems, language), file=sys.stderr)
    if built.site is None:
        return 1
    folder = Path(options.folder)
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


def _place(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    sys.exit(main())
