"""``private.name``: a name without a title, directly beside hardship, illness, discipline or aid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import people
from ..lookalikes import is_place, is_word
from ..masking import masked_hit
from ..passages import Hit, Passage, in_passages
from .private_person import sentences_on_matters

_ILL = "尿毒症|白血病|[一-鿿]{0,3}癌(?!筛)|重病|大病|癌症"
_MATTER = re.compile(
    rf"[*_”]{{0,2}} ?[|：:（(，,]? ?(?:同样|今年|已|又|刚|仍|均|长期|也|去年|不慎|系|是)?"
    rf"(?:身?患|因(?:病|工|患|违|伤|车祸|公|意外|火灾)|住院|病[故逝重危倒]|去世|逝世|不幸|确诊|被(?:确诊|查出|诊断|处|开除|警告|立案|辞退)|查出|突[发患]|受伤|负伤"
    rf"|工伤|骨折|瘫痪|致残|残疾|家庭(?:困难|贫困|变故)|家境|生活困难|特困|困难职工|丧偶|离婚|违纪|违规|受(?:到|了)?[^。，\n]{{0,6}}处分|得了|负债|欠债|低保"
    rf"|[动做]了?[^。，\n]{{0,4}}手术|手术|中风|遭遇|车祸|{_ILL})"
)
# Things that are given to the person after 为, 给, 对.
_GIVEN = re.compile(
    r"(?:申请|送[去来上]?|发放|发|给予|进行|办理|提供|落实|解决|支付|争取|作出|做出)了?"
    r"[^。，；\n]{0,10}(?:救助|补助|慰问|帮扶|困难|助学|抚恤|低保|处分|处罚|资助|工伤|医药费|手术费)"
)
# A group of people: before it a place or another word stands more often than the name of a person.
_GROUP = re.compile(
    r"[*_”]{0,2}(?:生活|家庭|因[病灾工残]致?)?(?:困难|特困|贫困|低保|残疾|致[困残贫]|患病|重病|大病|工伤|受[灾伤]|丧偶|离婚)+的?"
    r"(?:[^，。；\n]{0,4}(?:职工|员工|农民工|群众|家庭|户|学生|学子|子女|儿童|党员|会员|老人|妇女|母亲|居民|村民|对象))"
)
_OF_MATTER = people.name_pattern(
    lambda names: (
        r"(?:(?:慰问|看望|探望|救助|资助|帮扶)了|(?:住院|患病|[患得][^。，、；\n]{1,8}|困难|贫困|特困|去世|病[故逝重]|逝世|受伤"
        rf"|负伤|残疾|致残|瘫痪|违纪|工伤|手术|重病|离婚|丧偶|低保|处分|{_ILL})的)[*_“]{{0,2}}(?={names})"
    )
)
_STANDS = people.name_pattern(lambda names: rf"(?:^|(?<=[^一-鿿])|(?<=[了的为给对因是])|\n)(?={names})")


def find(passage: Passage) -> Iterator[Hit]:
    """Find names at the start of a word, with such a matter right after or right before them."""
    text = passage.text
    for start, stop in sentences_on_matters(passage):
        names: set[people.TextSpan] = set()
        for found in _STANDS.finditer(text, start, stop):
            names |= set(_with_matter(text, found.end(), stop))
        for found in _OF_MATTER.finditer(text, start, stop):
            names |= set(people.introduced_names(text, found.end(), stop))
        for name in sorted(names):
            if not people.is_in_office(text, *name) and not _is_other_word(text, *name):
                yield masked_hit(passage, *name)


def _is_other_word(text: str, start: int, end: int) -> bool:
    """Whether a place or another word stands there, as in 崔庄困难职工 and 为崔庄送去慰问金.

    Before a verb that has one person for its subject, such as 因病住院, it is a name.
    """
    written, of_group = text[start:end], bool(_GROUP.match(text, end))
    if _MATTER.match(text, end) and not of_group:
        return False
    return is_place(written) or (of_group and is_word(written))


def _with_matter(text: str, at: int, stop: int) -> Iterator[people.TextSpan]:
    receives = text[at - 1 : at] in ("为", "给", "对", "向")
    for end in people.name_endings(text, at):
        if _MATTER.match(text, end, stop) or (receives and _GIVEN.match(text, end, stop)):
            yield at, end
            return


check = in_passages("private.name", find)
