"""``content/`` as a whole: every file is read, and the records are checked against each other."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import localcontext

from ..archive.collected import Collected
from ..archive.filing import publish
from ..checks.case import Case
from ..git.past import Past
from ..parallel import Progress
from ..problems.catalogue import Language, is_judged
from ..problems.field_paths import language_of_names
from ..problems.problem import Mark, Problem, errors, in_order
from ..records.fields import PRECISION
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from .baseline import without_known
from .decoding import decode
from .disk import BASELINE, Tree
from .file_results import FileResults, files_of_records, loaded_checks, read_record_files, result_key
from .holding import FetchBlobs, Holding, PeriodLists
from .levels import with_levels
from .lists import WORD_LISTS, read_lists, read_published
from .missing_corrections import uncorrected
from .old_texts import OldTexts
from .placing import clash_problems, find_places, out_of_unit
from .relations import relation_problems
from .stray_files import stray_problems, without_their_links
from .versions import Versions, read_versions
from .waivers import unwaived

_PERIOD = re.compile(r"[^/]+/(\d{4})/(h1|h2|year)/")
_BEGINNING = 8000  # bytes of a file, to see how it names its fields
_ABSENT = ("content.missing", "content.submodule")  # the rules that tell why nothing at all is there
_NO_PAST = Past()
_FEW = 5  # the most records that somebody edits at a time


@dataclass(frozen=True)
class ReadCache:
    """What one read of ``content/`` leaves for the next: the result of each file, and the problems of all together.

    ``inputs`` is a digest of all that these problems depend on. ``texts`` and
    ``period_lists`` are what was read of earlier commits.
    """

    results: FileResults = field(default_factory=dict)
    inputs: bytes = b""
    problems: tuple[Problem, ...] = ()
    texts: OldTexts = field(default_factory=OldTexts)
    period_lists: PeriodLists = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """What was read: word lists, all readable records (drafts and withdrawn ones too), and every problem.

    ``on_disk`` gives the name that each attachment has on the disk, by its path. ``published`` has the addresses that
    the site has had so far, each with its line in ``published.txt``. ``known`` are the problems that the baseline lists
    and that count no more. ``versions`` are those of each published record, by its path, as far as git knows them;
    ``past_missing`` is the name of the label that says why it does not. ``kept`` are the pages of old versions that the
    site keeps, by name. ``cache`` is for the next read. ``collected`` is what subordinates' sites have published.
    """

    vocabulary: Vocabulary
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    on_disk: Mapping[str, str]
    published: Mapping[str, int]
    known: tuple[Problem, ...]
    versions: Versions
    past_missing: str
    kept: Mapping[str, bytes]
    cache: ReadCache = field(repr=False, compare=False)
    collected: Collected = field(default_factory=Collected)


def read_all(
    tree: Tree,
    cache: ReadCache | None = None,
    progress: Progress | None = None,
    past: Past = _NO_PAST,
    fetch: FetchBlobs = lambda _: {},
) -> Content:
    """Read all files of ``content/``; the problems come in order of path and place.

    A file with a result in the cache is not read again, as long as the word lists are the same. ``past`` is what git
    knows of the files, and ``fetch`` gives what they held.
    """
    with localcontext(prec=PRECISION):
        return _read_all(tree, cache or ReadCache(), progress, past, fetch)


def _read_all(tree: Tree, cache: ReadCache, progress: Progress | None, past: Past, fetch: FetchBlobs) -> Content:
    root = tree.root.name
    vocabulary, problems = read_lists(tree.files, root, tree.shared)
    absent = any(problem.rule in _ABSENT for problem in tree.problems)
    problems = [*tree.problems, *([] if absent else problems)]
    places, misplaced = find_places(tree.files, root)
    problems += (out_of_unit(problem, vocabulary, tree.others, root) for problem in misplaced)
    files, left = files_of_records(places, tree)
    names = [name for names in left for name in names]
    told = [problem.path.removeprefix(f"{root}/") for problem in misplaced if problem.rule == "file.index"]
    problems += stray_problems(names, places, tree.files, told, root)
    problems += clash_problems(places, root)
    if not places and not misplaced and not absent and not vocabulary.sites:
        problems.append(Problem(root, Mark(), "content.empty", values={"root": root}))
    results = read_record_files(files, tree, vocabulary, cache.results, progress)
    records = tuple(result.record for result in results.values() if result.record)
    holding = Holding(past, vocabulary.periods, fetch, cache.period_lists)
    versions, texts = read_versions(
        past,
        holding,
        records,
        tree.files,
        vocabulary,
        fetch,
        cache.texts,
        lambda record: loaded_checks().of_record(record, vocabulary),
    )
    every_version = [(path, one) for path, several in versions.items() for one in several]
    seen = [(path, one.number, one.day, one.record and one.record.digest) for path, one in every_version]
    inputs = hashlib.sha256(repr((vocabulary.digest, [*results], problems, seen, past.lines)).encode()).digest()
    if inputs != cache.inputs:
        problems += uncorrected(records, versions, vocabulary, past, holding)
        cache = ReadCache(results, inputs, _all_problems(tree, vocabulary, results, problems), texts, holding.lists)
    elif (texts, holding.lists) != (cache.texts, cache.period_lists):
        cache = replace(cache, texts=texts, period_lists=holding.lists)
    counting, known = without_known(cache.problems, tree.baseline, f"{root}/{BASELINE}")
    return Content(
        vocabulary,
        records,
        counting,
        tree.others,
        read_published(tree.published),
        known,
        versions,
        past.missing,
        tree.kept,
        cache,
    )


def edited_records(tree: Tree, cache: ReadCache, last: Vocabulary) -> tuple[Sequence[Record], Sequence[Record]] | None:
    """Return all records as they are now, and those few of them that were edited since the cache was made.

    ``last`` are the word lists as they were then. The answer is None if nothing or anything else has changed, or if
    there is an error in an edited record.
    """
    with localcontext(prec=PRECISION):
        vocabulary, problems = read_lists(tree.files, tree.root.name, tree.shared)
        places, misplaced = find_places(tree.files, tree.root.name)
        files, _ = files_of_records(places, tree)
        new = {result_key(file, tree, vocabulary.digest) for file in files} - cache.results.keys()
        changed = vocabulary.digest != last.digest or errors(problems) or misplaced or tree.problems
        if changed or not 0 < len(new) <= _FEW:
            return None
        results = read_record_files(files, tree, vocabulary, cache.results, None)
    now = {digest: result.record for digest, result in results.items() if result.record}
    before = [result.record.path for result in cache.results.values() if result.record]
    if any(errors(results[digest].problems) for digest in new) or [record.path for record in now.values()] != before:
        return None
    return [*now.values()], [record for digest, record in now.items() if digest in new]


def _all_problems(
    tree: Tree, vocabulary: Vocabulary, results: FileResults, problems: Iterable[Problem]
) -> tuple[Problem, ...]:
    """Return the problems within and between files, in order, without the waived ones."""
    problems = [*problems, *(problem for result in results.values() for problem in result.problems)]
    problems += _private_in_lists(tree, vocabulary)
    records = [result.record for result in results.values() if result.record]
    sketches = [result.sketch for result in results.values() if result.sketch]
    there = tree.files.keys() | tree.shared.files.keys()
    if "indicators.yml" not in there and any(problem.rule == "ref.indicator" for problem in problems):
        problems = [problem for problem in problems if problem.rule != "ref.indicator"]
        values = {"name": "indicators.yml"}
        problems.append(Problem(f"{tree.root.name}/indicators.yml", Mark(), "list.missing", values=values))
    complete = len(records) == len(results)
    unread = [result.references for result in results.values() if not result.record]
    related = [*relation_problems(records, unread)]
    better = {(problem.path, problem.mark, problem.rule) for problem in related}  # with what other files tell
    problems = [problem for problem in problems if (problem.path, problem.mark, problem.rule) not in better]
    problems += related
    # A record that breaks a rule can still be read.
    complete = complete and all(is_judged(problem.rule) for problem in errors(problems))
    if vocabulary.usable:
        archive = publish(records, vocabulary, preview=True)
        prints = {
            one.record.path: array("I", one.fingerprints) for one in results.values() if one.record and one.fingerprints
        }
        case = Case(archive, complete, prints)
        as_written = [result.sketch for result in results.values() if result.sketch and result.as_written]
        problems += [*loaded_checks().of_archive(case), *loaded_checks().of_sketches(as_written, case)]
    told = without_their_links(_failures_once(problems))
    complete = complete and vocabulary.usable
    left = unwaived(told, [*records, *sketches], vocabulary, tree.root.name, complete=complete)
    levelled = with_levels(left, records, vocabulary)
    newest = max((record.period for record in records), key=lambda period: period.order).id if records else ""
    return in_order(
        replace(problem, names=_language_of_names(problem, tree), period=_period_of(problem.path) or newest)
        for problem in levelled
    )


def _private_in_lists(tree: Tree, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the private data in the sentences of word lists."""
    for name in WORD_LISTS:
        if data := tree.files.get(f"{name}.yml"):
            path = f"{tree.root.name}/{name}.yml"
            yield from loaded_checks().of_list(decode(data, path)[0], path, vocabulary)


def _period_of(path: str) -> str:
    """Return the id of the period that a path of a problem lies in, or an empty text."""
    found = _PERIOD.match(path)
    return f"{found[1]}-{found[2]}" if found else ""


def _failures_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems, of those of a package's rule that fails only the first."""
    failed: set[str] = set()
    for problem in problems:
        if problem.rule != "rule.failed" or problem.written not in failed:
            yield problem
        failed |= {problem.written} if problem.rule == "rule.failed" else set()


def _language_of_names(problem: Problem, tree: Tree) -> Language | None:
    """Return the language in which the file of a problem names its fields, if it names any."""
    data = tree.files.get(problem.path.removeprefix(f"{tree.root.name}/"), b"")
    return language_of_names(data[:_BEGINNING].decode("utf-8", "ignore"))
