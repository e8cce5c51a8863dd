"""Word lists and settings that several sites share: ``extends`` in ``site.yml`` names a folder or an installed package.

A site's own entry takes the place of a shared one with the same code; all others are added. Shared settings of rules
come before the site's own, of which the last one counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..problems.problem import Mark
from ..records.site_settings import SharedSettings, SiteSettings
from ..records.vocabulary import fold
from ..records.yamltree import Items, Node

SHAREABLE = ("site", "topics", "units", "indicators", "sources", "wording")
_EXTENDS = re.compile(r"""^(?:extends|沿用)[ \t]*:[ \t]*["']?([^"'#\r\n]*?)["']?[ \t]*(?:#.*)?\r?$""", re.MULTILINE)
_SETTINGS = ("attachments", "issuer", "contact", "licence")  # that a site takes where it has none of its own


@dataclass(frozen=True)
class Shared:
    """The files that a site shares with others, by name, and what ``site.yml`` calls their folder."""

    root: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


NOTHING_SHARED = Shared()


class Extends(NamedTuple):
    """What ``site.yml`` names below ``extends``, and where."""

    name: str
    mark: Mark


class Entries(NamedTuple):
    """Entries of a list, the nodes that they were read from, and the path of each one's file."""

    values: tuple[Any, ...]
    tree: Items
    paths: Sequence[str]


def extends_of(settings: bytes) -> Extends | None:
    """Return what a ``site.yml`` extends, if it does; what is wrong with it otherwise, its own reading tells."""
    text = settings.decode("utf-8-sig", errors="replace")
    found = _EXTENDS.search(text)
    return Extends(found[1], Mark(text.count("\n", 0, found.start()) + 1)) if found and found[1] else None


def with_shared(own: Entries, shared: Entries) -> Entries:
    """Return the shared entries that the site does not have itself, and then its own."""
    taken = {key for value in own.values if (key := _key(value))}
    kept = [at for at, value in enumerate(shared.values) if _key(value) not in taken]
    pick: Callable[[Sequence[Any]], list[Any]] = lambda items: [items[at] for at in kept]  # noqa: E731
    nodes: list[Node] = [*pick(shared.tree), *own.tree]
    return Entries(
        (*pick(shared.values), *own.values),
        Items.at(nodes, own.tree.mark),
        [*pick(shared.paths), *own.paths],
    )


def with_shared_settings(own: SiteSettings, shared: SharedSettings) -> SiteSettings:
    """Return a site's settings with the shared ones where it has none, and with the shared settings of rules."""
    taken = {name: getattr(shared, name) for name in _SETTINGS if name not in own.model_fields_set}
    return own.model_copy(update={**taken, "rules": (*shared.rules, *own.rules)})


def _key(value: Any) -> str:
    slug = getattr(value, "slug", "")
    return fold(slug) if slug else ""
