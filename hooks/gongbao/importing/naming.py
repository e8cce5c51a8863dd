"""Names of drafts: titles from the words of the source, and file names in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence

from pypinyin import lazy_pinyin

from ..records.fields import RESERVED_SLUGS
from ..records.record import RECORD_ENDINGS
from ..records.vocabulary import Vocabulary, spoken_names
from .doubts import Doubt, doubt
from .told_figures import balanced

_TITLE = 30  # signs; see checks.rules.form_title
_CLAUSE = re.compile("[，。；：！？!?;:\n]")
_ENDS = re.compile(r"[\s。，、；：:;,.．！？!?…—（(“《]+$")
_POINT = re.compile(r"^[一二三四五六七八九]是")
_SAYS_SOMETHING = 8  # signs: 今年以来 and 2023年 are no titles if a longer one fits
_SYLLABLES, _WORDS = 2, 3
_PINYIN_OF_ALL = re.compile(r"[^a-z0-9]+")
UNKNOWN_TITLE = "待核标题"
_TOLD_TOPICS = 12
_WEIGHTS = (3, 3, 1)  # of words in headings, in the title, and in the text


def title_of(heading: str, body: str) -> tuple[str, tuple[Doubt, ...]]:
    """Return a title: the heading, or the first clause of the text; and a doubt if a clause had to be cut."""
    for words in (heading, body):
        text = re.sub(r"\s+", "", words) if not re.search("[A-Za-z] [A-Za-z]", words) else " ".join(words.split())
        if bare := _ENDS.sub("", _POINT.sub("", text)):
            title, doubts = (bare, ()) if len(bare) <= _TITLE and words is heading else _cut(bare)
            if (title := _ENDS.sub("", balanced(title))) and any(map(str.isalnum, title)):
                return title, doubts
    return UNKNOWN_TITLE, (doubt("title-cut"),)


def _cut(text: str) -> tuple[str, tuple[Doubt, ...]]:
    ends = [found.start() for found in _CLAUSE.finditer(text, 4, _TITLE + 1)]
    if ends:
        whole = _ENDS.sub("", text[: next((end for end in ends if end >= _SAYS_SOMETHING), ends[0])])
        if len(whole) >= 4:
            return whole, ()
    if len(text) <= _TITLE:
        return text, ()
    return _ENDS.sub("", text[: _TITLE - 2]) or UNKNOWN_TITLE, (doubt("title-cut"),)


def latin(text: str, taken: Callable[[str], bool], *, words: int = _WORDS, other: str = "item") -> str:
    """Return a short name in Latin letters that is not taken: pinyin, two syllables a word."""
    syllables = [_PINYIN_OF_ALL.sub("", one.lower()) for one in lazy_pinyin(text) if re.search(r"[\w]", one)]
    kept = [one[:20] for one in syllables if one][: words * _SYLLABLES]
    groups = ["".join(kept[at : at + _SYLLABLES]) for at in range(0, len(kept), _SYLLABLES)]
    return free_name("-".join(groups)[:50].strip("-") or other, taken)


def free_name(name: str, taken: Callable[[str], bool]) -> str:
    """Return a name that is not taken: with a number behind it where it is."""
    count, found = 1, name
    while taken(found):
        count += 1
        found = f"{name}-{count}"
    return found


def is_taken(folder: str, slug: str, paths: Container[str]) -> bool:
    """Whether a record of a folder can't have a slug: it is reserved, or there is one among the ``paths``, folded."""
    endings = (*RECORD_ENDINGS, "/index.md")
    return slug in RESERVED_SLUGS or any(f"{folder}/{slug}{ending}".casefold() in paths for ending in endings)


def topics_of(heads: Sequence[str], title: str, body: str, vocabulary: Vocabulary) -> tuple[str, tuple[Doubt, ...]]:
    """Return the slug of the topic that the words of a matter name most, and what is not certain of it."""
    titled = (topic.slug for head in heads for topic in vocabulary.topics if head == topic.title.zh)
    if named := next(titled, ""):
        return named, ()
    places = (" ".join(heads), title, body)
    scores: dict[str, float] = {}
    for topic in vocabulary.topics:
        names = {*spoken_names(topic), topic.title.zh or ""}
        words = {name for name in names if len(name) > 1}
        scores[topic.slug] = sum(
            weight * min(place.count(word), 2) for word in words for weight, place in zip(_WEIGHTS, places, strict=True)
        )
        described = re.split("[、，。和与]", (topic.description.zh or "") if topic.description else "")
        scores[topic.slug] += sum(0.5 for word in described if 1 < len(word) < 8 and word in "".join(places))
    best = max(scores, key=lambda slug: scores[slug], default="")
    if not best:
        return "", (doubt("topic-none"),)
    if not scores[best]:
        topics = "、".join(
            f"{one.slug}（{vocabulary.topic_title(one.slug)}）" for one in [*vocabulary.topics][:_TOLD_TOPICS]
        )
        return best, (doubt("topic-unknown", topics=topics),)
    sure = sorted(scores.values())[-2:] if len(scores) > 1 else [0, scores[best]]
    unsure = scores[best] < 1 or sure[0] == scores[best]
    return best, (doubt("topic-guess", topic=vocabulary.topic_title(best)),) if unsure else ()
