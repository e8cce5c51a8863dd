"""Names of drafts: titles from the words of the source, and file names in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Sequence

from ..records.fields import RESERVED_SLUGS
from ..records.record import RECORD_ENDINGS
from ..records.vocabulary import Vocabulary, spoken_names
from .doubts import Doubt, doubt
from .told_figures import balanced

_TITLE = 30  # signs; see checks.rules.form_title
_CLAUSE = re.compile("[，。；：！？!?;:\n]")
_ENDS = re.compile(r"[\s。，、；：:;,.．！？!?…—（(“《]+$")
_POINT = re.compile(r"^[一二三四五六七八九]是")
_LEAST = 4  # signs of a title
_SAYS_SOMETHING = 8  # signs: 今年以来 and 2023年 are no titles if a longer one fits
# A clause that says when, how or what for, and not what was done: 在县总工会的领导下, 为进一步规范工作, 根据上级要求.
_AIMS = "进一步|更好|深入|切实|全面|认真|加强|提高|做好|确保|推动|促进|贯彻|落实|丰富|营造|庆祝|迎接|纪念"
_ADVERBIAL = re.compile(
    rf"(?:紧紧|紧密)?(?:围绕|按照|根据|随着|针对|结合|依托|本着|由于|鉴于|通过|为了|为(?:{_AIMS}))[^，。；！？]*"
    r"|[^，。；！？]*(?:(?<!以)下|(?<![学小工课])时|后|以来|之际|期间|基础上|过程中)(?=，)"
)
_SYLLABLES, _WORDS = 2, 3
_PINYIN_OF_ALL = re.compile(r"[^a-z0-9]+")
UNKNOWN_TITLE = "待核标题"
_TOLD_TOPICS = 12
_WEIGHTS = (3, 3, 1)  # of words in headings, in the title, and in the text
# Names of topics that are said of anything as well: a campaign for jobs is an 活动, too. Half of their weight counts,
# and alone they are a guess.
_GENERAL = frozenset({"活动", "服务", "学习", "宣传", "教育", "工作", "职工", "建设", "管理", "制度"})


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
    """Return the first clauses of a text that say what was done, and a doubt if they are no whole ones."""
    all_of_it, doubts = text, tuple[Doubt, ...]()
    while found := _ADVERBIAL.match(text):
        text = text[found.end() + 1 :]
    if len(text) < _LEAST:
        text, doubts = all_of_it, (doubt("title-cut"),)
    ends = [found.start() for found in _CLAUSE.finditer(text, _LEAST, _TITLE + 1)]
    if ends:
        whole = _ENDS.sub("", text[: next((end for end in ends if end >= _SAYS_SOMETHING), ends[0])])
        if len(whole) >= _LEAST:
            return whole, doubts
    if len(text) <= _TITLE:
        return text, doubts
    return _ENDS.sub("", text[: _TITLE - 2]) or UNKNOWN_TITLE, (doubt("title-cut"),)


def latin(text: str, taken: Callable[[str], bool], *, words: int = _WORDS, other: str = "item") -> str:
    """Return a short name in Latin letters that is not taken: pinyin, two syllables a word."""
    from pypinyin import lazy_pinyin  # which takes as long to load as the rest of the program

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
    certain: dict[str, float] = {}
    for topic in vocabulary.topics:
        words = {name for name in (*spoken_names(topic), topic.title.zh or "") if len(name) > 1}
        described = re.split("[、，。和与]", (topic.description.zh or "") if topic.description else "")
        certain[topic.slug] = _weight(words - _GENERAL, places) + sum(
            0.5 for word in described if 1 < len(word) < 8 and word in "".join(places)
        )
        scores[topic.slug] = certain[topic.slug] + _weight(words & _GENERAL, places) / 2
    best = max(scores, key=lambda slug: scores[slug], default="")
    if not best:
        return "", (doubt("topic-none"),)
    if not scores[best]:
        others = [vocabulary.topic_title(one.slug) for one in vocabulary.topics if one.slug != best]
        names = "、".join([*others[:_TOLD_TOPICS], *(["…"] if len(others) > _TOLD_TOPICS else [])])
        return best, (doubt("topic-unknown", topic=vocabulary.topic_title(best), topics=names),)
    sure = sorted(scores.values())[-2:] if len(scores) > 1 else [0, scores[best]]
    unsure = certain[best] < 1 or sure[0] == scores[best]
    return best, (doubt("topic-guess", topic=vocabulary.topic_title(best)),) if unsure else ()


def _weight(words: Collection[str], places: Sequence[str]) -> int:
    """Return how much words say that stand in the headings, the title and the text, each counted twice at most."""
    return sum(
        weight * min(place.count(word), 2) for word in words for weight, place in zip(_WEIGHTS, places, strict=True)
    )
