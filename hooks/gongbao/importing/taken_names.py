"""What is in ``content/`` already: the names that are taken, and the files that were imported before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .record_files import ORIGIN, RecordDraft

_IMPORTED = re.compile(rf"^{ORIGIN} .* · (?P<digest>[0-9a-f]{{12}})$", re.MULTILINE)
_SOURCE = re.compile(r"^来源:\n  标题: (?P<title>.*)\n(?:  章节: (?P<place>.*)\n)?", re.MULTILINE)


@dataclass(slots=True)
class TakenNames:
    """The paths and slugs that are taken, and what was imported before, by digest and by place in a source."""

    paths: set[str]
    digests: Mapping[str, str]
    places: Mapping[tuple[str, str], str]
    units: dict[str, str] = field(default_factory=dict)  # slug by name, of units that the word list lacks

    @classmethod
    def of(cls, existing: Mapping[str, str]) -> TakenNames:
        """Return the names that files take; ``existing`` are their texts by path."""
        digests = {found["digest"]: path for path, text in existing.items() if (found := _IMPORTED.search(text))}
        places = {
            (_without_quotes(found["title"]), _without_quotes(found["place"] or "")): path
            for path, text in existing.items()
            if (found := _SOURCE.search(text))
        }
        return cls({path.casefold() for path in existing}, digests, places)

    def earlier(self, draft: RecordDraft) -> str:
        """Return the file of the same place in the same source, or an empty text."""
        key = (_without_quotes(draft.source["title"]), _without_quotes(draft.source.get("section", "")))
        return self.places.get(key, "")

    def of_source(self, title: str) -> set[str]:
        """Return the files that were made of a source, by its title."""
        of_it = {path for (known, _), path in self.places.items() if known == _without_quotes(title)}
        return of_it & {*self.digests.values()}


def _without_quotes(value: str) -> str:
    """Return a text as any file has it, whether YAML needs quotes around it or not."""
    return re.sub("[\"']", "", value)
