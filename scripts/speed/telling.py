"""Random Chinese sentences from the words of ``words.yml``. The same seed gives the same sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

LISTS = {
    **{"time": "times", "subject": "subjects", "manner": "manners", "verb": "verbs", "result": "results"},
    **{"cause": "causes", "effect": "effects", "way": "ways", "measure": "measures", "prefix": "prefixes"},
}
NUMBERS = {"few": (2, 9), "n": (10, 60), "many": (61, 980), "percent": (51, 98)}
LENGTH = (570, 760)  # characters of a text, about 2 KB in UTF-8


@cache
def words() -> Mapping[str, Any]:
    """Return the word lists, read once."""
    text = Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.CSafeLoader))


class Teller:
    """Fills the patterns of one topic in one half; each word in braces is drawn at random."""

    def __init__(self, chance: Random, topic: Mapping[str, Any], first_month: int) -> None:
        self.chance, self.topic, self.first_month = chance, topic, first_month

    def __getitem__(self, name: str) -> str:
        """Draw what stands for a word in braces."""
        if name in NUMBERS:
            return str(self.chance.randint(*NUMBERS[name]))
        if name == "month":
            return str(self.month())
        if name == "site":
            return self._one("towns") + self._one("sites")
        if name in ("act", "thing"):
            return str(self.chance.choice(self.topic[f"{name}s"]))
        return self._one(LISTS[name]).format_map(self)

    def month(self) -> int:
        """Draw a month of the half."""
        return self.chance.randrange(self.first_month, self.first_month + 6)

    def tell(self, patterns: str) -> str:
        """Fill one pattern of a list of ``words.yml``."""
        return self._one(patterns).format_map(self)

    def text(self) -> str:
        """Return the Markdown of one record: paragraphs, some with headings, a list or a table among them."""
        length = self.chance.randint(*LENGTH)
        return "\n\n".join(self._blocks(length)) + "\n"

    def _one(self, name: str) -> str:
        return str(self.chance.choice(words()[name]))

    def _blocks(self, length: int) -> Iterator[str]:
        headed, told = self.chance.random() < 0.3, 0
        while told < length:
            shape = self.chance.random()
            if shape < 0.08:
                block = "\n".join(f"- {self.tell('patterns')}" for _ in range(self.chance.randint(3, 5)))
            elif shape < 0.12:
                rows = [f"| {self['site']} | {self['thing']} | {self['n']} |" for _ in range(self.chance.randint(3, 6))]
                block = "\n".join(["| 地点 | 内容 | 数量 |", "| --- | --- | ---: |", *rows])
            else:
                block = "".join(self.tell("patterns") for _ in range(self.chance.randint(2, 5)))
            if headed and told and shape < 0.6:
                yield f"## {self.tell('headings')}"
            yield block
            told += len(block)
