"""What counts as a match in the search, and how a text is written for Pagefind so that it finds just that.

A text is a row of words. It is brought to normal form KC and its case is folded, and then

- a Chinese character is a word, and so is one of the Japanese or Korean scripts and of bopomofo;
- letters and digits of other scripts that stand together are a word: ``qc``, ``5g``, ``2014``; so are digits joined by
  ``.`` or ``+``: ``12.2``, ``6+1``; commas by threes are taken out of a number: ``1,317.3`` is ``1317.3``;
- everything else, white space and punctuation, is nothing.

A query's words match where they stand in a text in that order with no other word between. So Chinese is found as a
piece of the text, Latin words and numbers as a whole. ``assets/gongbao-search.js`` has the same rules for queries, and
a test holds the two together.

Pagefind indexes what stands between spaces, without punctuation, and changes some of what it finds: it takes accents
away and splits words where their case changes. It is therefore given *keys*: Chinese characters as they are, other
words spelt in small letters. What a reader sees goes beside the keys in punctuation, which Pagefind keeps and does not
look at; the script turns it back.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CHINESE = "\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df\U0002a700-\U0002ebe0"
# Each a word: besides Chinese what normal form KC leaves of compatibility characters, kana, bopomofo, hangul.
_ALONE = _CHINESE + "\ufa0e-\ufa29\u3040-\u309f\u30a0-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\uac00-\ud7a3"
_WORD = re.compile(rf"[{_ALONE}]|(?:[^\W_{_ALONE}]|(?<=[0-9])[.+](?=[0-9]))+")
_RUNS = re.compile(rf"([{_CHINESE}]+)")
_IS_CHINESE = re.compile(rf"[{_CHINESE}]")
_BY_THREES = re.compile(r"(?<=[0-9０-９]),(?=[0-9０-９]{3}(?![0-9０-９]))")

_LETTERS = "abcdefghijklmnopqrstuvwxy"  # z is the escape
_DIGITS = "!$%()+,-/:;=?@[]"  # sixteen signs that Pagefind and HTML pass over, for what is only shown
_END, _SILENT = "|", "`"
BOUNDARY = "~"  # between two fields: it takes a word's place, so that no match reaches from one into the other


def words(text: str) -> list[str]:
    """Return the words of a text, in order, as they are compared."""
    return _WORD.findall(_folded(_BY_THREES.sub("", text)))


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
    return word if is_chinese(word) else "".join(map(_spelt, word))


def is_chinese(word: str) -> bool:
    """Whether a word is a Chinese character, and so its own key."""
    return bool(_IS_CHINESE.match(word))


@lru_cache(maxsize=65536)
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
    return f"zz{letter}{''.join(map(_spelt, value))}"


@lru_cache(maxsize=65536)
def shown(text: str) -> str:
    """Write a text in punctuation: it is shown and never found."""
    return "".join("".join(_DIGITS[int(digit, 16)] for digit in f"{ord(one):x}") + _END for one in text)


def indexed(text: str) -> str:
    """Write a text for Pagefind: its words' keys, with what stands between and around them in punctuation."""
    pieces = (" ".join(run) if at % 2 else _other(run) for at, run in enumerate(_RUNS.split(text)))
    return "".join(pieces).strip(" ")


@lru_cache(maxsize=65536)
def _other(run: str) -> str:
    """Write what stands between Chinese characters; a key that is one is not shown a second time."""
    keys = [f"{_SILENT}{word}" if _IS_CHINESE.match(word) else key(word) for word in words(run)]
    return f"{shown(run)} {' '.join(keys)} " if keys else f"{shown(run)} "
