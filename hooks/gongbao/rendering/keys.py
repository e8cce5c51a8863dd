"""The keys of a site's outputs: a digest of everything that an output depends on. The same key means the same bytes.

A page is a function of its view, of the word lists, and of what every template may ask (`TemplateArchive`). In a key, a
record counts by its file's digest, and an entry of a word list by its slug. Everything else counts by value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, get_args

from ..archive.bulletins import Bulletin
from ..archive.filing import Archive, Promise
from ..cache.program import program_fingerprint
from ..charts.chart import Multiples
from ..pages.dating import last_change
from ..pages.page import Page
from ..publishing.publication import Publishing
from ..records.indicators import Indicator
from ..records.models import Model
from ..records.record import Record
from ..records.vocabulary import Vocabulary
from ..records.wordlists import SourceEntry, Topic, Unit
from .template_files import Templates
from .texts import Texts, has_links

_LISTED = (Topic, Unit, Indicator, SourceEntry)
# A bulletin stands in several views, a promise in those of all that tell what became of it, and small charts on one
# scale in the view of each unit among them.
_Repeated = Bulletin | Promise | Multiples
_REPEATED = frozenset(get_args(_Repeated))


class PageKeys:
    """The keys of one archive's outputs."""

    def __init__(self, publishing: Publishing, site_url: str, templates: Templates, texts: Texts) -> None:
        self.publishing, self.texts = publishing, texts
        archive = publishing.archive
        held_back = [period.id for period in archive.periods if archive.is_held_back(period)]
        about = (site_url, publishing.site_url, publishing.pictured, archive.preview, archive.has_units, held_back)
        periods = [period.id for period in archive.periods]
        self._everywhere = digest_of(
            program_fingerprint(), repr((about, periods)).encode(), archive.vocabulary.digest, *_parts(templates)
        )
        self._targets = digest_of(texts.targets.known.encode())
        self._records: dict[bytes, bytes] = {}  # by the record's digest: a page may show two versions of a record
        self._digests: dict[int, tuple[_Repeated, bytes]] = {}

    def page(self, page: Page) -> bytes:
        """Return the key of a page. Raises TypeError for a view with a value that can't be compared."""
        about = (page.address, page.template, page.title, page.description, page.crumbs, page.canonical, page.source)
        shown = (page.full, page.documents, page.kind, page.feed)
        changed = last_change(page, self.publishing.changes)
        return digest_of(self._everywhere, self._written((about, shown, page.view)), changed.encode())

    def all_pages(self, pages: Iterable[Page], first_seen: Mapping[str, str]) -> bytes:
        """Return one key of all pages: if it is the same as before, so is the key of each page."""
        archive = self.publishing.archive
        records = [(record.path, record.digest) for record in (*archive.records, *archive.withdrawn)]
        days = (sorted(first_seen.items()), sorted(self.publishing.changes.items()))
        versions = [(path, one.number, one.day, one.record) for path, of in archive.versions.items() for one in of]
        documents = [(page.address, page.documents) for page in pages]
        return self.of(records, days, versions, archive.collected.digest, documents)

    def of(self, *parts: object) -> bytes:
        """Return the key of an output that depends on these parts. Raises TypeError as `page` does."""
        return digest_of(self._everywhere, self._written(parts))

    def record(self, record: Record) -> bytes:
        """Return the key of a record as pages show it: its file, its promises' outcomes, and its links' targets."""
        if record.digest not in self._records:
            outcomes = [
                other.digest
                for promise in self.publishing.archive.promises_of([record])
                for other, _ in promise.outcomes
            ]
            links = self._targets if has_links(record.text) else b""
            self._records[record.digest] = digest_of(record.digest, links, *outcomes)
        return self._records[record.digest]

    def _written(self, value: object) -> bytes:
        return repr(self._plain(value)).encode("utf-8", "surrogatepass")

    def _plain(self, thing: Any) -> object:
        """Return a value as texts, numbers and tuples of them, the same for equal values.

        Raises TypeError for a value that no view should hold.
        """
        kind = type(thing)
        if kind in _ATOMS:
            return thing
        if kind is tuple or kind is list:
            return self._all_plain(thing)
        if kind is Record:
            return self.record(thing)
        if kind in _REPEATED:
            return self._once(thing)
        values = _values_of(kind)  # type: ignore[arg-type]  # mypy can't know that every class has a hash
        if values:
            return kind.__name__, self._all_plain(values(thing))
        if kind in (set, frozenset):
            return tuple(sorted(repr(self._plain(one)) for one in thing))
        if isinstance(thing, Mapping):
            return tuple((self._plain(key), self._plain(value)) for key, value in thing.items())
        if isinstance(thing, str):
            return str(thing)
        if isinstance(thing, Decimal | date):
            return kind.__name__, str(thing)
        raise TypeError(f"a view holds {kind.__name__}: its page would depend on what can't be told")

    def _once(self, thing: _Repeated) -> bytes:
        if id(thing) not in self._digests:
            said = self._all_plain([getattr(thing, one.name) for one in fields(thing)])
            self._digests[id(thing)] = thing, digest_of(repr(said).encode("utf-8", "surrogatepass"))
        return self._digests[id(thing)][1]

    def _all_plain(self, things: Iterable[Any]) -> object:
        plain = self._plain
        return tuple(
            [one if type(one) in _ATOMS else plain(one) for one in things]
        )  # a call for each atom would take half the time


@cache
def _values_of(kind: type[Any]) -> Callable[[Any], tuple[object, ...]] | None:
    """Return a function that gives all fields that count of a value of this class; None for a class without fields."""
    if issubclass(kind, _LISTED):
        names = ["slug"]
    elif issubclass(kind, Model):
        names = [*kind.model_fields]
    elif is_dataclass(kind) and not issubclass(kind, Archive | Vocabulary):
        names = [one.name for one in fields(kind)]
    else:
        return None
    if len(names) > 1:
        return attrgetter(*names)
    return lambda thing: tuple(getattr(thing, name) for name in names)


_ATOMS = frozenset({str, int, bool, float, bytes, type(None)})


def _parts(templates: Templates) -> Iterator[bytes]:
    for name, (_, text) in sorted(templates.items()):
        yield name.encode()
        yield text


def digest_of(*parts: bytes) -> bytes:
    """Return the SHA-256 of some parts, each with its length."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
