"""Write a site's pages as plain Markdown for another generator: ``gongbao pages DIR``."""

from __future__ import annotations

import sys
from decimal import localcontext
from pathlib import Path

import click

from ..building import Options, build, outputs
from ..git.history import read_history
from ..markdown.export import written_pages
from ..output import FileContent, Output
from ..problems.catalogue import both, label
from ..problems.rule_texts import GUIDE, guide_pages
from ..problems.text_report import report
from ..project import CONTENT, relative_to
from ..records.fields import PRECISION
from ..rendering.page_files import NO_FRAME
from ..rendering.renderer import Unbuildable
from ..site.files import files_in

DOCS = "docs"  # the folder of the pages written by hand, which are plain Markdown already


def write_pages(project: Path, folder: Path, site_url: str = "") -> int:
    """Write all pages and files. Returns 1, and changes nothing, for errors or if the folder is not empty.

    Raises OSError.
    """
    built = build(project, Options(site_url=site_url, history=read_history(project, CONTENT)))
    language = built.content.vocabulary.language
    if built.problems:
        print(report(built.problems, language), file=sys.stderr)
    edition = built.edition
    if edition is None:
        return 1
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(label("new-site-taken", language, folder=folder), file=sys.stderr)
        return 1
    made = outputs(built, NO_FRAME, Output.nothing())
    others = [made[kind] for kind in ("attachments", "charts", "data", "feeds", "robots")]
    guide = guide_pages() if (project / DOCS / GUIDE).is_dir() else {}
    try:
        rendered = edition.renderer.render_all(edition.pages)
    except Unbuildable as error:
        print(report(relative_to(project, error.problems), language), file=sys.stderr)
        return 1
    html = {page.address: one.html for page, one in zip(edition.pages, rendered, strict=True)}
    files = {**guide, **written_pages(edition, html, [name for output in others for name in output.names])}

    def put(name: str, content: FileContent) -> None:
        _place(folder / name).write_bytes(content if isinstance(content, bytes) else content.read_bytes())

    for name in files_in(project / DOCS):
        put(name, project / DOCS / name)
    for name, text in files.items():
        put(name, text.encode())
    with localcontext(prec=PRECISION):
        for output in others:
            output.make(output.names, put)
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
