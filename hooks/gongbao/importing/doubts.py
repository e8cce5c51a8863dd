"""What the importer tells people: the evidence for what it took for certain, and what it doubts."""

from __future__ import annotations

from dataclasses import dataclass

from ..problems.catalogue import Language, label


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence of the catalogue (``import-`` and the name) with its values. ``place`` is the name of a place."""

    name: str
    values: tuple[tuple[str, str], ...] = ()

    def said(self, language: Language) -> str:
        """Return the sentence."""
        places = {key: label(f"import-place-{value}", language) for key, value in self.values if key == "place"}
        return label(f"import-{self.name}", language, **{**dict(self.values), **places})


def doubt(name: str, **values: str) -> Doubt:
    """Return a sentence with its values."""
    return Doubt(name, tuple(values.items()))
