"""The rules of a match in the search, and the keys by which Pagefind finds exactly these matches.

A text is a row of words. It is brought to normal form KC (Unicode), its case is folded, and then

- a Chinese character is a word, and so is one of the Japanese or Korean scripts and of bopomofo;
- letters and digits of other scripts that stand together are a word: ``qc``, ``5g``, ``2014``; so are digits joined by
  ``.`` or ``+``: ``12.2``, ``6+1``; commas by threes are taken out of a number: ``1,317.3`` is ``1317.3``;
- a number in a circle and a unit in a square are words by themselves, whatever stands beside them: ``①20`` is ``1 20``,
  ``1500㎡`` is ``1500 m2``; the round ``○`` that is written for a zero, as in 二○○四年, is one;
- everything else, such as white space and punctuation, is left out.

A query matches where its words stand in a text in the same order with no other word between them. So a query finds
any piece of a Chinese text, but Latin words and numbers only as a whole. ``host/assets/gongbao-words.js`` has the same
rules for queries, and a test compares the two.

Pagefind indexes what stands between spaces, without punctuation, and changes some of what it finds: it takes accents
away and splits words where their case changes. It therefore gets *keys*: Chinese characters as they are, and other
words spelt in small letters. The index lists the places of each key, and the places of an archive's commonest letters
would be a large part of what a reader fetches. These letters are keys only together with their neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CHINESE = "\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df\U0002a700-\U0002ebe0"
# Each is a word by itself: Chinese, compatibility characters that normal form KC keeps, kana, bopomofo, hangul.
_ALONE = _CHINESE + "\ufa0e-\ufa29\u3040-\u309f\u30a0-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\uac00-\ud7a3"
_WORD = re.compile(rf"[{_ALONE}]|(?:[^\W_{_ALONE}]|(?<=[0-9])[.+](?=[0-9]))+")
_RUNS = re.compile(rf"([{_CHINESE}]+)")
_IS_CHINESE = re.compile(rf"[{_CHINESE}]")
_BY_THREES = re.compile(r"(?<=[0-9０-９]),(?=[0-9０-９]{3}(?![0-9０-９]))")

_BY_ITSELF = re.compile("[\u2460-\u24ff\u2776-\u2793\u3200-\u33ff]")
_ROUND_ZEROS = re.compile("(?<=[一二三四五六七八九〇])○+")

_LETTERS = "abcdefghijklmnopqrstuvwxy"  # z is the escape
BOUNDARY = "~"  # stands between two fields as a word, so that no match reaches from one field into the other


def words_of(text: str) -> list[str]:
    """Return the words of a text, in order, in the form in which they are compared."""
    found: list[str] = []
    for at, run in enumerate(_runs(text)):
        found += run if at % 2 else _between(run)
    return found


def _runs(text: str) -> list[str]:
    """Split a text into pieces: by turns one without Chinese characters, and a row of Chinese characters."""
    return _RUNS.split(_ROUND_ZEROS.sub(lambda found: "〇" * len(found[0]), text) if "○" in text else text)


def _between(text: str) -> list[str]:
    """Return the words of a piece without Chinese characters."""
    return _WORD.findall(_folded(_BY_ITSELF.sub(r" \g<0> ", _BY_THREES.sub("", text))))


def _folded(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text)
    if normal.isascii():
        return normal.lower()
    return unicodedata.normalize("NFKC", "".join(map(_fold_character, normal)))


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    """Fold case in a way that browsers have too."""
    return character.upper().lower()


def key(word: str) -> str:
    """Return the key of a word in Pagefind's index: a Chinese word itself, any other word spelt in small letters."""
    return word if is_chinese(word) else _spelling(word)


def _spelling(word: str) -> str:
    return "".join(map(_spelt, word))


def keys(text: str, common: str) -> str:
    """Return the keys of a text's words, in order, joined by spaces.

    A common letter is joined with the word before it and with the word after it, and has no key of its own: if 的 is
    common, 走访的人 has the keys 走 访 访的 的人 人. Two texts with the same keys have the same words, except for
    common letters without a neighbour. Joined words are spelt, as Pagefind would split 访的 by a dictionary.
    """
    found: list[str] = []
    letters, before = frozenset(common), ""
    for one in _keys_of_words(text):
        if before and (one in letters or before in letters):
            found.append(_pair(before, one))
        if one not in letters:
            found.append(one)
        before = one
    return " ".join(found)


def _keys_of_words(text: str) -> list[str]:
    """Return the key of each word of a text, in order."""
    found: list[str] = []
    for at, run in enumerate(_runs(text)):
        found += run if at % 2 else _keys_between(run)
    return found


@lru_cache(maxsize=65536)
def _keys_between(text: str) -> tuple[str, ...]:
    return tuple(map(key, _between(text)))


@lru_cache(maxsize=65536)
def _pair(one: str, other: str) -> str:
    """Return the key of two words side by side, both spelt."""
    return "".join(_spelt(word) if is_chinese(word) else word for word in (one, other))


def common_in(common: str, text: str) -> list[str]:
    """Return the common letters that are words of a text, in the order of their codes."""
    if all(letter in text for letter in common):
        return sorted(common)
    normal = "".join(map(_normal, set(text)))
    return [letter for letter in sorted(common) if letter in normal]


@lru_cache(maxsize=65536)
def _normal(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


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


@lru_cache(maxsize=1024)
def facet(letter: str, value: str) -> str:
    """Return the key of a property by which readers filter. It begins with two ``z``, as no word's key does."""
    return f"zz{letter}{_spelling(value)}"
