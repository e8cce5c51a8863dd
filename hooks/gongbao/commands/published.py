"""Note which addresses a site has published: ``gongbao published``, which CI calls after a publication."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..building import CONTENT, archive_of, read
from ..problems.catalogue import both, label
from ..problems.problem import errors, report
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
    new = {*permanent_addresses(archive)} - archive.published.keys()
    every = sorted(new | archive.published.keys())
    if new:
        lines = [*ABOUT, *(f"/{address}" for address in every)]
        (project / CONTENT / PUBLISHED).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(label("addresses-noted", vocabulary.language, count=len(new), all=len(every)))
    return 0


@click.command(help=both("command-published"))
def command() -> None:
    """Note the addresses of the project of the current folder."""
    sys.exit(note_published(Path()))
