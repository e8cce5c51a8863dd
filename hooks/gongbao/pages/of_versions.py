"""The pages of versions: what a record or a bulletin said before, and where its present text is.

They stand in no frame and have no absolute addresses, so that a version's page depends on nothing that changes later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..archive import addresses
from ..archive.derived import Derived
from ..archive.editions import BulletinEdition
from ..archive.filing import Archive
from ..problems.catalogue import label
from ..records.periods import Period
from ..records.record import Record
from ..records.version import Version
from ..text.differences import differences
from ..text.display import bulletin_title
from ..text.statements import statements
from .page import Page, View

_VERSION, _EDITION = "version_old.html", "edition_old.html"  # the templates of pages that never change again
_ABOVE_TEXT = ("unit", "kind", "date", "dating", "summary")


def version_pages(derived: Derived) -> Iterator[Page]:
    """Yield a page for each version of each record, and for each edition of each bulletin, that git knows."""
    archive = derived.archive
    for record in (*archive.records, *archive.withdrawn):
        versions = archive.versions.get(record.path, ())
        for version, after in pairwise(versions):
            yield _old_version(archive, record, version, after, _next_shown(versions, version))
        if versions:
            address = addresses.version(record, versions[-1].number)
            yield _present(archive, address, record.title, versions[-1].number, addresses.record(record))
    for period, every in derived.editions.items():
        yield from (_old_edition(archive, period, one, after) for one, after in pairwise(every))
        title, number = bulletin_title(period, archive.vocabulary.language), every[-1].number
        yield _present(archive, addresses.edition(period, number), title, number, addresses.bulletin(period))


def is_final(page: Page) -> bool:
    """Whether a page is that of an old version or edition whose text is shown, so that it never changes again."""
    return page.template in (_VERSION, _EDITION) and not ("version" in page.view and page.view["version"].unshown)


def _next_shown(versions: Sequence[Version], version: Version) -> Version | None:
    return next((one for one in versions[version.number :] if one.record), None)


def _old_version(archive: Archive, record: Record, version: Version, after: Version, shown: Version | None) -> Page:
    """Return the page of a version. ``after`` is the version after it, ``shown`` the next one whose text is shown."""
    vocabulary = archive.vocabulary
    old = version.record

    def view() -> View:
        said = statements(old, vocabulary) if old else ()
        told = [one for one in said if one.field not in ("title", "body")]
        then = statements(shown.record, vocabulary) if old and shown and shown.record else ()
        return {
            "record": record,
            "old": None if old is None or old.withdrawn else old,
            "version": version,
            "after": after,
            "shown": shown,
            "above": [one for one in told if one.field in _ABOVE_TEXT],
            "below": [one for one in told if one.field not in _ABOVE_TEXT],
            "differences": differences(said, then) if then else (),
        }

    title = f"{(old or record).title}（{label('version', vocabulary.language, number=version.number)}）"
    return Page(addresses.version(record, version.number), _VERSION, title, view, framed=False)


def _old_edition(archive: Archive, period: Period, edition: BulletinEdition, after: BulletinEdition) -> Page:
    def view() -> View:
        return {"period": period, "edition": edition, "after": after}

    language = archive.vocabulary.language
    title = f"{bulletin_title(period, language)}（{label('version', language, number=edition.number)}）"
    return Page(addresses.edition(period, edition.number), _EDITION, title, view, framed=False)


def _present(archive: Archive, address: str, name: str, number: int, target: str) -> Page:
    """Return the page at the permanent address of the present text: it leads there until the text is an old one."""
    language = archive.vocabulary.language

    def view() -> View:
        return {"name": name, "target": target, "lead": label("version-present", language)}

    title = f"{name}（{label('version', language, number=number)}）"
    return Page(address, "moved.html", title, view, canonical=target, framed=False)
