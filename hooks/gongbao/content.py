"""``content/`` as a whole: every file in its place read, every reference between records resolved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import localcontext
from pathlib import PurePosixPath

from . import checks
from .archive import publish
from .dates import Date
from .disk import WORD_LISTS, Tree
from .fields import PRECISION, RESERVED_SLUGS, SLUG_LIMIT, as_slug, is_slug
from .lists import read_lists
from .names import near
from .periods import Period, parse_period
from .problems import Mark, Problem, errors, in_order
from .reading import read_record
from .records import Record
from .vocabulary import Vocabulary, fold
from .wording import catalogue
from .wordlists import Waiver

_YEAR = re.compile(r"(?!0000)\d{4}|undated", re.IGNORECASE)
_ACTIVE = frozenset({".html", ".htm", ".xhtml", ".js", ".mjs", ".svg"})  # would run in the reader's browser
_LIKE_RECORDS = frozenset({".txt", ".markdown", ".mdown", ".mkd", ".json", ".png", ".jpg", ".jpeg", ".pdf"})
_PART = re.compile(r"h1|h2|year", re.IGNORECASE)


@dataclass(frozen=True)
class Content:
    """What was read: word lists, all readable records (drafts and withdrawn ones too), and every problem.

    ``on_disk`` gives an attachment's name as the disk has it.
    """

    vocabulary: Vocabulary
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    on_disk: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one record file lies."""

    path: str
    period: Period
    slug: str
    folder: str  # of a folder record, else empty


def read_all(tree: Tree) -> Content:
    """Read all files of ``content/``; the problems come in order of path and place."""
    with localcontext(prec=PRECISION):
        return _read_all(tree)


def _read_all(tree: Tree) -> Content:
    root = tree.root.name
    vocabulary, problems = read_lists(tree.files, root)
    problems += tree.problems
    places, misplaced = _places(tree.files, root)
    problems += misplaced
    beside: dict[str, list[str]] = defaultdict(list)
    for name in tree.others:
        folder = "/".join(name.split("/")[:3])
        beside[folder].append(name)
    records = []
    for place in places:
        problems += _slug_problems(place, vocabulary, root)
        attachments = beside.pop(place.folder, []) if place.folder else []
        problems += (
            Problem(f"{root}/{name}", Mark(), "file.active", written=name)
            for name in attachments
            if PurePosixPath(name).suffix.lower() in _ACTIVE
        )
        data, path = tree.files[place.path], f"{root}/{place.path}"
        record, found = read_record(data, path, place.period, place.slug, vocabulary, attachments)
        problems += found
        if record:
            records.append(record)
    problems += _ignored(beside.values(), root)
    problems += _same_slug(places, root)
    if not places and not misplaced:
        problems.append(Problem(root, Mark(), "content.empty", values={"root": root}))
    if "indicators.yml" not in tree.files and any(problem.rule == "ref.indicator" for problem in problems):
        problems = [problem for problem in problems if problem.rule != "ref.indicator"]
        values = {"name": "indicators.yml"}
        problems.append(Problem(f"{root}/indicators.yml", Mark(), "list.missing", values=values))
    complete = len(records) == len(places)
    problems += _between(records, complete=complete)
    if vocabulary.usable:
        archive = publish(records, vocabulary, preview=True)
        problems += checks.run(checks.Case(archive, complete and not errors(problems)))
    problems = list(_not_waived(problems, records))
    return Content(vocabulary, tuple(records), in_order(problems), tree.others)


def _ignored(left: Iterable[list[str]], root: str) -> Iterator[Problem]:
    """Warn of files in a period's folder that look like a record's and were not read."""
    for name in (name for names in left for name in names):
        path = PurePosixPath(name)
        if len(path.parts) > 2 and path.suffix.lower() in _LIKE_RECORDS:
            yield Problem(f"{root}/{name}", Mark(), "file.ignored", written=path.name)


def _places(files: Iterable[str], root: str) -> tuple[list[_Place], list[Problem]]:
    """Tell the files that are records in their place from those that lie where no record may."""
    places: list[_Place] = []
    problems: dict[str, Problem] = {}
    for name in files:
        path = PurePosixPath(name)
        parts = path.parts
        if len(parts) == 1:
            if path.stem not in WORD_LISTS or path.suffix != ".yml":
                suggestion = f"{known}.yml" if (known := near(path.stem, WORD_LISTS)) else ""
                values = {"suggestion": suggestion if path.suffix != ".md" else ""}
                problems[name] = Problem(f"{root}/{name}", Mark(), "file.place", written=name, values=values)
        elif len(parts) == 2 and _YEAR.fullmatch(parts[0]):
            problems[name] = Problem(f"{root}/{name}", Mark(), "file.place", written=name)
        elif not _YEAR.fullmatch(parts[0]) or not _PART.fullmatch(parts[1]):
            folder = "/".join(parts[:2]) if len(parts) > 2 else parts[0]
            wrong = parts[1] if _YEAR.fullmatch(parts[0]) else parts[0]
            problems[folder] = Problem(f"{root}/{folder}", Mark(), "folder.period", written=wrong)
        elif len(parts) == 3 or (len(parts) == 4 and path.stem.lower() == "index"):
            period = parse_period(f"{parts[0]}-{parts[1]}")
            folder = "/".join(parts[:3]) if len(parts) == 4 else ""
            slug = parts[2] if folder else path.stem
            assert period is not None
            places.append(_Place(name, period, slug, folder))
        else:
            problems[name] = Problem(f"{root}/{name}", Mark(), "file.place", written=name)
    return places, list(problems.values())


def _slug_problems(place: _Place, vocabulary: Vocabulary, root: str) -> Iterator[Problem]:
    path, slug = f"{root}/{place.path}", place.slug
    if not is_slug(slug):
        values = {"limit": str(SLUG_LIMIT), "suggestion": as_slug(slug)}
        yield Problem(path, Mark(), "slug.form", written=slug, values=values)
    elif slug.casefold() in RESERVED_SLUGS:
        yield Problem(path, Mark(), "slug.reserved", written=slug)
    elif any(fold(topic.slug) == fold(slug) for topic in vocabulary.topics):
        yield Problem(path, Mark(), "slug.topic", written=slug)


def _same_slug(places: Sequence[_Place], root: str) -> Iterator[Problem]:
    """Find records whose addresses would be one: names that differ only by case or by ending."""
    seen: dict[tuple[Period, str], _Place] = {}
    for place in sorted(places, key=lambda place: place.path):
        key = (place.period, fold(place.slug))
        if key in seen:
            values = {"other": seen[key].path}
            yield Problem(f"{root}/{place.path}", Mark(), "slug.case", written=place.slug, values=values)
        seen.setdefault(key, place)


def _between(records: Sequence[Record], *, complete: bool) -> Iterator[Problem]:
    """Check records against each other and against their folders.

    Where some record could not be read (not ``complete``), nobody is blamed for pointing to it.
    """
    ids = {fold(record.id): record for record in records}
    owners: dict[str, Record] = {}
    for record in sorted(records, key=lambda record: record.path):
        for at, alias in enumerate(record.aliases):
            owner = ids.get(fold(alias)) or owners.get(fold(alias))
            if owner:
                values = {"other": owner.path}
                mark = record.mark("aliases", at)
                yield Problem(record.path, mark, "alias.taken", f"aliases[{at}]", alias, values)
            elif not _is_id(alias):
                yield Problem(record.path, record.mark("aliases", at), "alias.form", f"aliases[{at}]", alias)
            owners.setdefault(fold(alias), record)
        yield from _within(record)
    known = owners | ids
    promises = {f"{fold(r.id)}#{fold(one.id)}": f"{r.id}#{one.id}" for r in records for one in r.commitments}
    for record in records:
        for at, outcome in enumerate(record.outcomes):
            record_id, _, commitment = outcome.commitment.partition("#")
            target = known.get(fold(record_id))
            key = f"{fold(target.id)}#{fold(commitment)}" if target else ""
            if key not in promises and (complete or target):
                mark = record.mark("outcomes", at, "commitment")
                values = {"suggestion": near(outcome.commitment, promises.values())}
                field = f"outcomes[{at}].commitment"
                yield Problem(record.path, mark, "ref.commitment", field, outcome.commitment, values)


def _is_id(alias: str) -> bool:
    name, _, slug = alias.partition("/")
    period = parse_period(name)
    spelt = period is not None and period.id == name.casefold()
    return spelt and is_slug(slug) and slug.casefold() not in RESERVED_SLUGS


def _within(record: Record) -> Iterator[Problem]:
    """Check the fields of one record against each other and against its folder."""
    if record.date and not _in_time(record, record.date):
        mark = record.mark("date")
        values = {"period": record.period.id}
        yield Problem(record.path, mark, "date.outside", "date", record.date.text, values)
    seen: set[str] = set()
    for at, commitment in enumerate(record.commitments):
        if fold(commitment.id) in seen:
            mark = record.mark("commitments", at, "id")
            yield Problem(record.path, mark, "commitment.duplicate", f"commitments[{at}].id", commitment.id)
        seen.add(fold(commitment.id))
    for at, (earlier, later) in enumerate(zip(record.corrections, record.corrections[1:], strict=False), 1):
        if earlier.date.first and later.date.first and later.date.first < earlier.date.first:
            mark = record.mark("corrections", at, "date")
            values = {"other": earlier.date.text}
            field = f"corrections[{at}].date"
            yield Problem(record.path, mark, "correction.order", field, later.date.text, values)
    rules: Mapping[str, object] = catalogue()["problems"]
    for at, waiver in enumerate(record.allow):
        if waiver.rule not in rules:
            values = {"suggestion": near(waiver.rule, rules)}
            mark = record.mark("allow", at, "rule")
            yield Problem(record.path, mark, "ref.rule", f"allow[{at}].rule", waiver.rule, values)


def _in_time(record: Record, date: Date) -> bool:
    """Whether a date fits the folder; a plan is dated when it was written, at the latest in its own period."""
    if record.kind == "plan" and date.last and record.period.last_day:
        return date.last <= record.period.last_day or date.within(record.period)
    return date.within(record.period)


def _not_waived(problems: Iterable[Problem], records: Iterable[Record]) -> Iterator[Problem]:
    """Leave out the warnings that their record waives; an error cannot be waived."""
    waivers = {record.path: record.allow for record in records}
    for problem in problems:
        if problem.severity == "error" or not any(_covers(waiver, problem) for waiver in waivers.get(problem.path, ())):
            yield problem


def _covers(waiver: Waiver, problem: Problem) -> bool:
    field = waiver.field or ""
    return waiver.rule == problem.rule and (not field or f"{problem.field}.".startswith(f"{field}."))
