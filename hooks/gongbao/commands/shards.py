"""Split an archive into sites, one for each direct subordinate: ``gongbao shards DIR``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ..archive.filing import publish
from ..problems.catalogue import both, label
from ..problems.problem import errors
from ..problems.terminal import Meter, print_report
from ..problems.text_report import report
from ..project import CONTENT, read
from ..reading.disk import Tree, read_content
from ..writing.splitting import SHARED, Shard, Split, split
from .new_site import SKELETON
from .own_wheel import NAME, own_wheel

_MATRIX = Path(__file__).parent / "matrix"
_WORKFLOWS = {"github.yml": ".github/workflows/publish.yml", "gitlab.yml": ".gitlab-ci.yml"}
_OF_EACH = ("mkdocs.yml", "docs/about.md", "docs/readers.md")
_JOBS = 100  # at the most: GitHub takes 256 in a matrix, GitLab 200


def shards(project: Path, folder: Path) -> int:
    """Write the sites into a new or empty folder. Returns 1, and writes nothing, if that can't be. Raises OSError."""
    content = read(project, Meter())
    language, tree = content.vocabulary.language, read_content(project / CONTENT, project)
    if wrong := errors(content.problems):
        print_report(report(wrong, language))
        return 1
    lists = {name: data for name, data in tree.files.items() if "/" not in name}
    others = [name for name in (*tree.files, *tree.others) if "/" in name]
    archive = publish(content.records, content.vocabulary, preview=True)
    made = split(archive, lists, others)
    taken = folder.exists() and any(folder.iterdir())
    if tree.shared.files or not made.below or taken:
        name = "shards-extends" if tree.shared.files else "shards-taken" if taken else "shards-none"
        print(label(name, language, folder=folder), file=sys.stderr)
        return 1
    for path, data in _files(made, tree):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    above = sum(name.endswith((".md", ".yml", ".yaml")) for name in made.above.files)
    print(label("shards-done", language, folder=folder, count=len(made.below), above=above, name=made.above.name))
    if made.staying:
        titles = label("comma", language).join(map(content.vocabulary.unit_short, made.staying))
        print(label("shards-staying", language, units=titles))
    return 0


def _files(made: Split, tree: Tree) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the sites and of the folder that holds them, by its path there."""
    for site in (made.above, *made.below):
        yield from ((f"{site.name}/{CONTENT}/{name}", data) for name, data in _content(site, tree))
        yield from ((f"{site.name}/{name}", (SKELETON / name).read_bytes()) for name in _OF_EACH)
    yield from ((f"{SHARED}/{name}", data) for name, data in made.shared.items())
    for template, name in _WORKFLOWS.items():
        yield name, _workflow((_MATRIX / template).read_text(encoding="utf-8"), made).encode()
    yield "requirements.txt", (SKELETON / "requirements.txt").read_bytes().replace(b"{gongbao-wheel}", NAME.encode())
    yield NAME, own_wheel()
    yield ".gitignore", b"/*/.cache/\n/*/site/\n/.venv/\n"


def _content(site: Shard, tree: Tree) -> Iterator[tuple[str, bytes]]:
    yield from site.lists.items()
    for name in site.files:
        yield name, tree.files[name] if name in tree.files else (tree.root / tree.others[name]).read_bytes()


def _workflow(template: str, made: Split) -> str:
    """Return a host's file: a job for each site below, or for several of them if there are too many."""
    names = [one.name for one in made.below]
    jobs = [" ".join(names[at::_JOBS]) for at in range(min(_JOBS, len(names)))]
    return template.replace('["SITES"]', json.dumps(jobs, ensure_ascii=False)).replace("ABOVE", made.above.name)


@click.command(help=both("command-shards"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Split the archive in this folder."""
    sys.exit(shards(Path(), folder))
