"""Make drafts of reports in Word and other formats: ``gongbao import FILE…``. Nothing that exists is overwritten."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from ..importing.documents import SourceText, Unreadable
from ..importing.imports import Imported, import_source
from ..importing.kinds_of_files import read_document
from ..importing.told_unit import near_unit
from ..importing.whose import Asked
from ..problems.catalogue import Language, both, label
from ..problems.terminal import Meter
from ..problems.visible import visible
from ..project import CONTENT
from ..reading.disk import Tree, read_content
from ..reading.lists import read_lists
from ..records.periods import parse_period
from ..records.scalars import scalar
from ..records.vocabulary import Vocabulary
from ..text.display import period_title
from .new_files import put_new_file

UNITS = "units.yml"
_FOLDERS = 4  # how many folders with drafts are told
_SHOWN = 60  # signs of a text that is told


def import_files(project: Path, names: Sequence[str], asked: Asked, into: Path, *, mask: bool) -> int:
    """Import files, one after the other, and tell what became of each. Returns 1 if one of them could not be read."""
    tree = read_content(project / CONTENT)
    vocabulary, _ = read_lists(tree.files, CONTENT, tree.shared)
    language = vocabulary.language
    if not vocabulary.usable:
        print(label("no-lists", language, root=CONTENT), file=sys.stderr)
        return 1
    existing = _texts(tree if into == project / CONTENT else read_content(into))
    failed, folders = False, set[str]()
    for name in names:
        try:
            source = _read(name)
        except (Unreadable, OSError) as error:
            reason = _reason(error, language)
            print(visible(label("import-failed", language, name=name, reason=reason)), file=sys.stderr)
            failed = True
            continue
        imported = import_source(source, vocabulary, existing, asked, Meter(language), mask=mask)
        print(visible("\n".join(_told(imported, vocabulary, into, mask=mask))))
        drafts = {path: text.encode() for path, text in imported.files.items()}
        for path, content in {**imported.pictures, **drafts}.items():
            try:
                put_new_file(into / path, content)
            except OSError as error:
                print(label("import-not-written", language, path=into / path, reason=error.strerror), file=sys.stderr)
                return 1
        existing |= imported.files
        folders.update(_folders([draft.path for one in imported.reports for draft in one.drafts], into))
        if imported.files and imported.units:
            vocabulary = _with_units(project / CONTENT, vocabulary, imported.units)
    if not failed:
        print(label("import-next", language, folder=min(folders, default=str(into))))
    return 1 if failed else 0


def _reason(error: Unreadable | OSError, language: Language) -> str:
    if isinstance(error, Unreadable):
        return label(str(error), language)
    if isinstance(error, FileNotFoundError):
        return label("import-no-file", language)
    return label("import-unreadable", language, reason=error.strerror)


def _read(name: str) -> SourceText:
    """Return the text of a file, or of standard input. Raises Unreadable and OSError."""
    if name == "-":
        return read_document(sys.stdin.buffer.read(), "-")
    return read_document(Path(name).read_bytes(), visible(Path(name).name))  # a name may be no UTF-8


def _texts(tree: Tree) -> dict[str, str]:
    return {path: data.decode("utf-8", "replace") for path, data in tree.files.items()}


def _with_units(root: Path, vocabulary: Vocabulary, units: Mapping[str, str]) -> Vocabulary:
    """Add units that the word list lacks at its end, and tell it. A list in another form is left as it is."""
    language, path = vocabulary.language, root / UNITS
    files = read_content(root).files
    lines = "".join(f"- slug: {slug}\n  title: {scalar(name)}\n" for slug, name in units.items())
    old = files[UNITS].decode("utf-8", "replace")
    new = f"{old.rstrip()}\n{lines}"
    added, problems = read_lists({**files, UNITS: new.encode()}, CONTENT)
    fits = not problems and all(added.units.find(slug) for slug in units)
    for slug, name in units.items():
        told = "import-unit-added" if fits else "import-unit-proposed"
        print(label(told, language, name=name, slug=slug, path=path))
        if near := near_unit(name, vocabulary.units):
            print(label("import-unit-near", language, near=f"{vocabulary.unit_title(near)} ({near})"))
    if not fits:
        return vocabulary
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(("" if old.endswith("\n") else "\n") + lines)
    return added


def _told(imported: Imported, vocabulary: Vocabulary, into: Path, *, mask: bool) -> Iterator[str]:
    """Yield the lines that tell what became of a document: last what its writer must look at."""
    language = vocabulary.language
    yield f"{imported.source.name}"
    for report in imported.reports:
        unit = vocabulary.unit_title(report.whose.unit) if report.whose.unit else report.whose.name
        values = {"unit": unit, "period": period_title(report.whose.period, language), "count": len(report.drafts)}
        yield f"  {label('import-report', language, **values)}"
        yield f"    {'；'.join(one.said(language) for one in report.whose.evidence)}"
        for draft in report.drafts:
            yield f"    {draft.order:3}  {draft.path}  {draft.title}"
    yield f"  {label('import-numbers', language)}"
    yield from _numbers(imported, language)
    drafts = [draft for report in imported.reports for draft in report.drafts]
    yield f"  {_account(imported, language)}"
    for start, end in imported.account.lost:
        yield f"  {label('import-lost', language, text=_short(imported.source.text[start:end]))}"
    folders = _folders(imported.files, into)
    named = "、".join([*folders[:_FOLDERS], *(["…"] if len(folders) > _FOLDERS else [])])
    wrote = label("import-wrote", language, count=len(imported.files), folders=named)
    yield f"  {wrote if folders else label('import-wrote-none', language)}"
    if imported.kept:
        yield f"  {label('import-kept', language, count=len(imported.kept))}"
    now = {draft.path: draft for draft in drafts}
    for path, new in imported.changed.items():
        text = _short(" ".join(now[new].paragraphs))
        yield f"  {label('import-changed', language, path=path, text=text)}"
    for path in imported.gone:
        yield f"  {label('import-gone', language, path=path)}"
    if imported.source.is_foreign:
        yield f"  {label('import-foreign', language)}"
    yield f"  {label('import-notes', language, count=sum(len(draft.notes) for draft in drafts))}"
    for name, count in (("import-general", imported.general), ("import-pictures", imported.source.left_out)):
        if count:
            yield f"  {label(name, language, count=count)}"
    if imported.persons:
        told = {"names": "、".join(imported.persons), "count": len(imported.persons)}
        yield f"  {label('import-masked' if mask else 'import-persons', language, **told)}"


def _folders(drafts: Iterable[str], into: Path) -> list[str]:
    """Return the folders of some drafts."""
    return sorted({str(Path(into, *Path(path).parts[:2])) for path in drafts})


def _account(imported: Imported, language: Language) -> str:
    drafts = [draft for report in imported.reports for draft in report.drafts]
    return label(
        "import-account",
        language,
        signs=imported.account.signs,
        done=sum(draft.kind == "done" for draft in drafts),
        numbers=sum(number.went == "figures" for number in imported.numbers),
        promises=sum(len(draft.promises) for draft in drafts),
        missing=imported.account.missing,
    )


def _numbers(imported: Imported, language: Language) -> Iterator[str]:
    """Yield a line for each draft with numbers: every number of it, and where it went."""
    by_path: dict[str, list[str]] = {}
    for one in imported.numbers:
        why = label(f"import-why-{one.number.reason or 'none'}", language)
        went = label(f"import-went-{one.went}", language, why=why)
        printed = " ".join(one.number.printed.split())
        by_path.setdefault(one.path, []).append(label("import-number", language, printed=printed, went=went))
    for path, told in by_path.items():
        yield f"    {path}  {'；'.join(told)}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


@click.command(help=f"{both('command-import')}\n\nFILE: {both('option-files')}")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--unit", default="", metavar="U", help=both("option-unit"))
@click.option("--period", default="", metavar="P", help=both("option-period"))
@click.option("--into", default=Path(CONTENT), type=click.Path(path_type=Path), metavar="DIR", help=both("option-into"))
@click.option("--mask", is_flag=True, help=both("option-mask"))
def command(files: tuple[str, ...], unit: str, period: str, into: Path, mask: bool) -> None:
    """Import documents into the project of the current folder."""
    asked = parse_period(period) if period else None
    if period and asked is None:
        raise click.UsageError(both("no-period", period=period))
    sys.exit(import_files(Path(), files, Asked(visible(unit), asked), into, mask=mask))
