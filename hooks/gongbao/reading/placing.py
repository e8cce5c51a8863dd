"""The places of files in ``content/``: which files are records, with which ids, and which are misplaced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..archive.addresses import record_folder
from ..problems.problem import Mark, Problem
from ..problems.spelling import near
from ..records.fields import RESERVED_SLUGS, SLUG_LIMIT, as_slug, is_slug
from ..records.numerals import MONTH
from ..records.periods import Period, parse_period
from ..records.record import RECORD_ENDINGS
from ..records.time_guesses import near_due
from ..records.vocabulary import Vocabulary, fold
from .disguises import meant_name
from .lists import WORD_LISTS

_YEAR = re.compile(r"(?!0000)\d{4}|undated", re.IGNORECASE)
_MONTHS = re.compile(f"{MONTH}月份?|第?[一二三四1-4]季度?")
_IN_FOLDERS = 3  # parts of the path of a record: 2014/h1/visit.md
_COPY = re.compile(r"(?:[ -]*副本|[ -]*copy|[ _-]*[(（]\d+[)）])+$", re.IGNORECASE)  # what systems add to a name
_NAMELESS = re.compile(  # what systems call a new file
    r"(?:新建|新)? ?(?:文本文档|文档|Microsoft Word 文档|DOCX? 文档|RTF 文档|文件夹?|无标题|未命名)(?:[ (（]*\d*[)）]?)"
    r"|(?:new text document|untitled|document)[ (]*\d*\)?",
    re.IGNORECASE,
)
_OF_DRAFTS = re.compile(  # how people name copies and drafts
    r"^副本-?(?=.)|-?(?:副本|最终版?|最终稿|终稿|定稿|初稿|草稿|修改[稿版]|第?[一二三四]稿|最新版?|送审稿|审定稿|-copy)-?\d*$",
    re.IGNORECASE,
)
_EXAMPLE = "wuyi-zoufang"
_PART = re.compile(r"h1|h2|year", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """The place of a record's file: its path in ``content/``, and the period and slug that the path gives it."""

    path: str
    period: Period
    slug: str
    folder: str  # the record's folder, or empty if it has none


def find_places(files: Iterable[str], root: str) -> tuple[list[RecordPlace], list[Problem]]:
    """Return the places of all records, and a problem for each file or folder that is misplaced."""
    places: list[RecordPlace] = []
    problems: dict[str, Problem] = {}
    names = list(files)
    beside = Counter(record_folder(name) for name in names)
    for name in names:
        path = PurePosixPath(name)
        parts = path.parts
        if len(parts) == 1:
            if path.stem not in WORD_LISTS or path.suffix != ".yml":
                known = near(path.stem, WORD_LISTS) if path.suffix != ".md" else ""
                values = {"expected": f"{root}/{known}.yml"} if known else {}
                problems[name] = Problem(f"{root}/{name}", Mark(), "file.place", written=name, values=values)
        elif len(parts) == 2 and _YEAR.fullmatch(parts[0]):
            problems[name] = Problem(f"{root}/{name}", Mark(), "file.place", written=name)
        elif not _YEAR.fullmatch(parts[0]) or not _PART.fullmatch(parts[1]):
            folder = "/".join(parts[:2]) if len(parts) > 2 else parts[0]
            wrong = parts[1] if _YEAR.fullmatch(parts[0]) else parts[0]
            meant = _meant_period(parts)
            values = {"expected": f"{root}/{meant.id.replace('-', '/')}"} if meant else {}
            problems[folder] = Problem(f"{root}/{folder}", Mark(), "folder.period", written=wrong, values=values)
            if meant and len(parts) == _IN_FOLDERS:  # so that all else is told as well
                places.append(RecordPlace(name, meant, path.stem, ""))
        elif len(parts) == 3 or (len(parts) == 4 and path.stem.lower() == "index"):
            period = parse_period(f"{parts[0]}-{parts[1]}")
            folder = "/".join(parts[:3]) if len(parts) == 4 else ""
            named = PurePosixPath(meant_name(name) if path.suffix.lower() not in RECORD_ENDINGS else name)
            slug = parts[2] if folder else named.stem
            assert period is not None
            if named != path:
                rule = "file.renamed" if named == path.with_suffix("") else "file.text"
                values = {"expected": f"{root}/{named}"}
                if _NAMELESS.fullmatch(named.stem):
                    values = {"expected": f"{root}/{named.with_stem(_EXAMPLE)}", "nameless": "yes"}
                problems[name] = Problem(f"{root}/{name}", Mark(), rule, written=path.name, values=values)
                if str(named) in names:
                    continue
            places.append(RecordPlace(name, period, slug, folder))
        elif len(parts) == 4 and beside["/".join(parts[:3])] == 1:
            values = {"right": f"{root}/{path.with_stem('index')}"}
            problems[name] = Problem(f"{root}/{name}", Mark(), "file.index", written=f"{root}/{name}", values=values)
            if (period := parse_period(f"{parts[0]}-{parts[1]}")) is not None:  # so that all else is told as well
                places.append(RecordPlace(name, period, parts[2], "/".join(parts[:3])))
        else:
            values = {"expected": f"{root}/{'/'.join(parts[:2])}/{path.name}"}
            problems[name] = Problem(f"{root}/{name}", Mark(), "file.place", written=name, values=values)
    return places, list(problems.values())


def out_of_unit(problem: Problem, vocabulary: Vocabulary, others: Iterable[str], root: str) -> Problem:
    """Return the problem of a record alone in a folder with a unit's name, which belongs into the period's folder.

    ``others`` are the paths of the files that are no records. Any other problem is returned as it is.
    """
    folder = PurePosixPath(problem.path).parent
    if problem.rule != "file.index" or not vocabulary.units.meant(folder.name):
        return problem
    if any(f"{root}/{other}".startswith(f"{folder}/") for other in others):
        return problem
    moved = folder.parent / PurePosixPath(problem.path).name
    return Problem(problem.path, problem.mark, "file.place", written=problem.written, values={"expected": str(moved)})


def _meant_period(folders: Sequence[str]) -> Period | None:
    """Return the period that the names of folders mean: ``2014年/上半年``, ``2014上半年``, ``2014/4月``, or None."""
    year, part = folders[0].strip("年"), folders[1] if len(folders) > 1 else ""
    if _MONTHS.fullmatch(part) and (due := near_due(f"{year}年{part}", None)):
        return parse_period(f"{due[:4]}-{'h1' if due[-2:] < '07' else 'h2'}")
    names = (f"{year}-{part}", "".join(folders[:2]), "-".join(folders[:2]), folders[0])
    spelt = (re.sub(r"^(\d{4})[ _-]?(?=[上下全])", r"\1年", name) for name in names)
    spelt = (re.sub(r"^(\d{4})年?[ _-]?(?=h[12]$)", r"\1-", name, flags=re.IGNORECASE) for name in spelt)
    return next(filter(None, map(parse_period, spelt)), None)


def slug_problems(place: RecordPlace, vocabulary: Vocabulary, files: Collection[str], root: str) -> Iterator[Problem]:
    """Yield the problems of the slug that a record takes from its path. ``files`` are the paths of all records."""
    path, slug = f"{root}/{place.path}", place.slug
    folded = fold(slug)
    original = place.path.replace(slug, _COPY.sub("", slug))
    if original != place.path and original in files:
        yield Problem(
            path, Mark(), "file.copy", written=slug, values={"other": f"{root}/{original}", "example": "duanwu-weiwen"}
        )
    elif not is_slug(slug):
        meant = "" if _NAMELESS.fullmatch(slug) else as_slug(slug)
        values = {"limit": str(SLUG_LIMIT), "example": (meant and _telling_name(meant)) or meant or "swimming-meet"}
        yield Problem(path, Mark(), "slug.form", written=slug, values=values)
    elif slug.casefold() in RESERVED_SLUGS:
        yield Problem(path, Mark(), "slug.reserved", written=slug)
    elif any(fold(topic.slug) == folded for topic in vocabulary.topics):
        yield Problem(path, Mark(), "slug.topic", written=slug)
    elif example := _telling_name(slug):
        yield Problem(path, Mark(), "slug.nameless", written=slug, values={"example": example})


def _telling_name(slug: str) -> str:
    """Return a name in place of one that a system gave a new file, or that tells of its drafts; empty for others."""
    bare = _OF_DRAFTS.sub("", slug)
    return _EXAMPLE if _NAMELESS.fullmatch(slug) or not bare else bare if bare != slug else ""


def clash_problems(places: Sequence[RecordPlace], root: str) -> Iterator[Problem]:
    """Yield a problem for each record whose address another record has: their names differ in case or ending only."""
    seen: dict[tuple[Period, str], RecordPlace] = {}
    for place in sorted(places, key=lambda place: place.path):
        key = (place.period, fold(place.slug))
        if key in seen:
            values = {"other": seen[key].path}
            yield Problem(f"{root}/{place.path}", Mark(), "slug.case", written=place.slug, values=values)
        seen.setdefault(key, place)
