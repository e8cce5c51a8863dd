"""Note which addresses a site has published: ``gongbao published``, which CI calls after a publication."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from ..archive.filing import Archive
from ..building import build
from ..host.settings import options_of
from ..pages.layout import lay_out
from ..pages.of_versions import is_final
from ..problems.catalogue import both, label
from ..problems.problem import errors
from ..problems.text_report import report
from ..project import CONTENT, archive_of, read
from ..publishing.kept import kept_path
from ..publishing.permanent import permanent_addresses
from ..reading.disk import PUBLISHED

ABOUT = ("# 发布过的网址，一行一个。少了一个，检查和生成就报错。", "# Published addresses, one a line. None may go.")


def note_published(project: Path) -> int:
    """Add the present addresses of a site to the list of those that have to stay. Returns 1 for errors."""
    content = read(project)
    vocabulary = content.vocabulary
    if found := errors(content.problems):
        print(report(found, vocabulary.language), file=sys.stderr)
        return 1
    archive = archive_of(content)
    _keep_versions(project, archive, content.kept)
    new = {*permanent_addresses(archive)} - archive.published.keys()
    every = sorted(new | archive.published.keys())
    if new:
        lines = [*ABOUT, *(f"/{address}" for address in every)]
        (project / CONTENT / PUBLISHED).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(label("addresses-noted", vocabulary.language, count=len(new), all=len(every)))
    return 0


def _keep_versions(project: Path, archive: Archive, kept: Mapping[str, bytes]) -> None:
    """Keep the pages of old versions that are not kept yet, and delete those that must not be published any more."""
    folder = project / CONTENT
    for address in {name.removesuffix("index.html") for name in kept} - archive.kept.keys():
        kept_path(folder, address).unlink()
    if all(page.address in archive.kept for page in lay_out(archive) if is_final(page)):
        return
    edition = build(project, options_of(project)).edition
    assert edition is not None, "the content was read without an error"
    pages = [page for page in edition.pages if is_final(page) and page.address not in archive.kept]
    for page, rendered in zip(pages, edition.renderer.render_all(pages), strict=True):
        path = kept_path(folder, page.address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rendered.html.encode("utf-8", "xmlcharrefreplace"))


@click.command(help=both("command-published"))
def command() -> None:
    """Note the addresses of the project of the current folder."""
    sys.exit(note_published(Path()))
