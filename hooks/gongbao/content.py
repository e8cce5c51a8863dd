"""``content/`` as a whole: every file in its place read, every reference between records resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import localcontext

from . import checks
from .archive import publish
from .disk import Tree
from .fields import PRECISION
from .lists import read_lists
from .placing import active, find_places, ignored, same_slug, slug_problems
from .problems import Mark, Problem, errors, in_order
from .reading import read_record
from .records import Record
from .relations import between
from .vocabulary import Vocabulary
from .waivers import settle


@dataclass(frozen=True)
class Content:
    """What was read: word lists, all readable records (drafts and withdrawn ones too), and every problem.

    ``on_disk`` gives an attachment's name as the disk has it.
    """

    vocabulary: Vocabulary
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    on_disk: Mapping[str, str]


def read_all(tree: Tree) -> Content:
    """Read all files of ``content/``; the problems come in order of path and place."""
    with localcontext(prec=PRECISION):
        return _read_all(tree)


def _read_all(tree: Tree) -> Content:
    root = tree.root.name
    vocabulary, problems = read_lists(tree.files, root)
    problems += tree.problems
    places, misplaced = find_places(tree.files, root)
    problems += misplaced
    beside: dict[str, list[str]] = defaultdict(list)
    for name in tree.others:
        folder = "/".join(name.split("/")[:3])
        beside[folder].append(name)
    records = []
    for place in places:
        problems += slug_problems(place, vocabulary, root)
        attachments = beside.pop(place.folder, []) if place.folder else []
        problems += active(attachments, root)
        data, path = tree.files[place.path], f"{root}/{place.path}"
        record, found = read_record(data, path, place.period, place.slug, vocabulary, attachments)
        problems += found
        if record:
            records.append(record)
    problems += ignored(beside.values(), root)
    problems += same_slug(places, root)
    if not places and not misplaced:
        problems.append(Problem(root, Mark(), "content.empty", values={"root": root}))
    if "indicators.yml" not in tree.files and any(problem.rule == "ref.indicator" for problem in problems):
        problems = [problem for problem in problems if problem.rule != "ref.indicator"]
        values = {"name": "indicators.yml"}
        problems.append(Problem(f"{root}/indicators.yml", Mark(), "list.missing", values=values))
    complete = len(records) == len(places)
    problems += between(records, complete=complete)
    if vocabulary.usable:
        complete = complete and not errors(problems)
        for record in records:
            problems += checks.of_record(record, vocabulary)
        archive = publish(records, vocabulary, preview=True)
        problems += checks.of_archive(checks.Case(archive, complete))
    problems = list(settle(problems, records, vocabulary, root, complete=complete and vocabulary.usable))
    return Content(vocabulary, tuple(records), in_order(problems), tree.others)
