"""What counts as a match in the search, and how a text is written for Pagefind so that it finds just that.

A text is a row of words. It is brought to normal form KC and its case is folded, and then

- a Chinese character is a word, and so is one of the Japanese or Korean scripts and of bopomofo;
- letters and digits of other scripts that stand together are a word: ``qc``, ``5g``, ``2014``; so are digits joined by
  ``.`` or ``+``: ``12.2``, ``6+1``; commas by threes are taken out of a number: ``1,317.3`` is ``1317.3``;
- a number in a circle and a unit in a square are words by themselves, whatever stands beside them: ``①20`` is ``1 20``,
  ``1500㎡`` is ``1500 m2``; the round ``○`` that is written for a zero, as in 二○○四年, is one;
- everything else, white space and punctuation, is nothing.

A query's words match where they stand in a text in that order with no other word between. So Chinese is found as a
piece of the text, Latin words and numbers as a whole. ``host/assets/gongbao-words.js`` has the same rules for queries,
and a test holds the two together.

Pagefind indexes what stands between spaces, without punctuation, and changes some of what it finds: it takes accents
away and splits words where their case changes. It is therefore given *keys*: Chinese characters as they are, other
words spelt in small letters. The index says of each key where it stands, and what it says of an archive's commonest
letters alone would be a large part of what a reader fetches: they are keys only together with their neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import add

_CHINESE = "\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df\U0002a700-\U0002ebe0"
# Each a word: besides Chinese what normal form KC leaves of compatibility characters, kana, bopomofo, hangul.
_ALONE = _CHINESE + "\ufa0e-\ufa29\u3040-\u309f\u30a0-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\uac00-\ud7a3"
_WORD = re.compile(rf"[{_ALONE}]|(?:[^\W_{_ALONE}]|(?<=[0-9])[.+](?=[0-9]))+")
_RUNS = re.compile(rf"([{_CHINESE}]+)")
_IS_CHINESE = re.compile(rf"[{_CHINESE}]")
_BY_THREES = re.compile(r"(?<=[0-9０-９]),(?=[0-9０-９]{3}(?![0-9０-９]))")

_BY_ITSELF = re.compile("[\u2460-\u24ff\u2776-\u2793\u3200-\u33ff]")
_ROUND_ZEROS = re.compile("(?<=[一二三四五六七八九〇])○+")

_LETTERS = "abcdefghijklmnopqrstuvwxy"  # z is the escape
BOUNDARY = "~"  # between two fields: it takes a word's place, so that no match reaches from one into the other


def words_of(text: str) -> list[str]:
    """Return the words of a text, in order, as they are compared."""
    found: list[str] = []
    for at, run in enumerate(_runs(text)):
        found += run if at % 2 else _between(run)
    return found


def _runs(text: str) -> list[str]:
    """Return by turns what stands between Chinese characters, and rows of them."""
    return _RUNS.split(_ROUND_ZEROS.sub(lambda found: "〇" * len(found[0]), text) if "○" in text else text)


def _between(text: str) -> list[str]:
    """Return the words of what stands between Chinese characters, which are words as they are."""
    return _WORD.findall(_folded(_BY_ITSELF.sub(r" \g<0> ", _BY_THREES.sub("", text))))


def _folded(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text)
    if normal.isascii():
        return normal.lower()
    return unicodedata.normalize("NFKC", "".join(map(_fold_character, normal)))


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    """Fold case as browsers can do it too."""
    return character.upper().lower()


def key(word: str) -> str:
    """Return what Pagefind has in its index for a word: the word itself if it is Chinese, else small letters."""
    return word if is_chinese(word) else _spelling(word)


def _spelling(word: str) -> str:
    return "".join(map(_spelt, word))


def keys(text: str, common: str) -> str:
    """Return the keys of a text's words, in order, between spaces.

    A common letter is joined with the word before it and with the one after it, and has no key of its own: 走访的人
    has the keys 走 访 访的 的人 人, if 的 is common. Two texts that have the same keys have the same words, but for
    common letters without a neighbour. What is joined is spelt: Pagefind would look for 访的 by a dictionary's words.
    """
    runs = (" ".join(run) if at % 2 else _keys_between(run) for at, run in enumerate(_runs(text)))
    row = " ".join(filter(None, runs))
    found: list[str] = []
    done = 0
    for letters in re.finditer(f"[{common}](?: [{common}])*", row) if common else ():
        start, end = letters.span()
        found.append(row[done:start])
        after = row.find(" ", end + 1)
        found.append(_pairs(row[row.rfind(" ", 0, max(0, start - 1)) + 1 : after if after > 0 else None]))
        done = end
    return "".join([*found, row[done:]])


@lru_cache(maxsize=65536)
def _keys_between(text: str) -> str:
    return " ".join(map(key, _between(text)))


@lru_cache(maxsize=65536)
def _pairs(row: str) -> str:
    """Return the keys of a row, each joined with the next one and spelt."""
    spelt = [_spelt(one) if is_chinese(one) else one for one in row.split()]
    return " ".join(map(add, spelt, spelt[1:]))


def common_in(common: str, text: str) -> list[str]:
    """Return those common letters that are words of a text, in the order of their codes."""
    return sorted(set(common).intersection(unicodedata.normalize("NFKC", text)))


def is_chinese(word: str) -> bool:
    """Whether a word is a Chinese character, and so its own key."""
    return bool(_IS_CHINESE.match(word))


def _spelt(character: str) -> str:
    """Spell a character in the letters a to y, between two ``z`` unless it is one of these letters."""
    if character in _LETTERS:
        return character
    number, spelt = ord(character), ""
    while number:
        number, digit = divmod(number, len(_LETTERS))
        spelt = _LETTERS[digit] + spelt
    return f"z{spelt}z"


def facet(letter: str, value: str) -> str:
    """Return the key of a property that records are filtered by; no word has a key that begins with two ``z``."""
    return f"zz{letter}{_spelling(value)}"
