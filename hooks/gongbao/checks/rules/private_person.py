"""``private.person``: the name of a worker, pensioner or child beside hardship, illness, discipline or aid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .. import people
from ..masking import masked_hit
from ..passages import Hit, Passage, in_passages

_MATTER = re.compile(
    r"困难(?<!克服困难)(?<!战胜困难)|贫困|特困|患|病|癌(?<!两癌)(?!筛)|尿毒|肿瘤|手术|住院|工伤|受伤|伤残|车祸|去世|逝世|死亡|身亡|遗属|残疾|致残|瘫痪|骨折|中风"
    r"|救助|慰问(?!演出|团|组)|探望|看望|帮扶|补助|资助|助学|低保|处分|处罚|违纪|警告|开除|离婚|丧偶|负债|欠债|不幸|抑郁|自杀"
)
_TITLE = (
    "职工|员工|会员|工人|农民工|民工|务工人员|劳模|劳动模范|退休|离休|困难户|特困户|低保户|女工|师傅|工友|同学|学生|学子|患者|病人|伤者|死者|遗属|家属"
    "|孤儿|教师|老师|司机|环卫工|保洁员|保安|老人|老党员|党员|单亲母亲|妻子|丈夫|儿子|女儿|父亲|母亲|爱人|配偶|遗孀|孩子|子女|兄弟|哥哥|弟弟|姐姐"
    "|妹妹|[其之][子女妻夫父母]|家庭|对象|骑手|快递员|护士|医生|驾驶员|保育员|邻居|民警|青年|村民|居民"
)
_INTRODUCED = people.name_pattern(lambda names: rf"(?:{_TITLE})(?=[*_ \t：:“\"「（(【\[|]{{0,3}}{names})")
_FOLLOWED = re.compile(
    r"(?:[*_]{0,2})(?:同志|师傅|女士|先生|老人|夫[妇妻]|遗属|家属|一家|[之][子女妻夫父母]|的?(?:儿子|女儿|妻子|丈夫|父亲|母亲|爱人|孩子|遗孀))"
)


_NAMES = re.compile("姓 ?名|名单|受助|帮扶对象|慰问对象|困难职工")
_NAMES_HEAD = re.compile(
    "(?:职工|学生|家长|户主|患者|受助人?|困难职工|子女|孩子)?(?:姓[ \u3000]*名|名字)|受助人|户主|(?:帮扶|慰问|救助)对象"
)
_OF_OFFICE = re.compile("职[ \u3000]*务|职称|岗位|主讲|分工")
_BLANKS = " \t\u3000*_"


def sentences_on_matters(passage: Passage) -> Sequence[people.TextSpan]:
    """Return the places of the sentences that speak of hardship, illness, discipline or aid."""
    return passage.once(_sentences_on_matters)


def _sentences_on_matters(passage: Passage) -> Sequence[people.TextSpan]:
    return tuple(people.sentence_spans(passage.text, _MATTER))


def find(passage: Passage) -> Iterator[Hit]:
    """Find names beside a title or a word of kinship, in sentences about such a matter, and in columns of tables."""
    text = passage.text
    if passage.is_body and _NAMES.search(text):
        yield from (masked_hit(passage, *name) for name in _in_columns(passage))
    for start, stop in sentences_on_matters(passage):
        matters = [matter.start() for matter in _MATTER.finditer(text, start, stop)]
        names: set[people.TextSpan] = set()
        for title in _INTRODUCED.finditer(text, start, stop):
            names |= set(people.introduced_names(text, title.end(), stop))
        for word in _FOLLOWED.finditer(text, start, stop):
            if name := people.name_before(text, word.start(), start):
                names.add(name)
        for name in sorted(names):
            told = people.is_beside(name, matters)
            if told and not people.is_in_office(text, *name) and not people.is_acting(text, *name):
                yield masked_hit(passage, *name)


def _in_columns(passage: Passage) -> Iterator[people.TextSpan]:
    """Yield the names in columns of names, in tables with tabs or bars that tell of such a matter or stand below it."""
    column, start, above = -1, 0, ""
    for line in passage.text.split("\n"):
        sign = next((sign for sign in "\t|｜" if sign in line), "")
        cells = line.split(sign) if sign else []
        heads = [at for at, cell in enumerate(cells) if _NAMES_HEAD.fullmatch(cell.strip(_BLANKS))]
        if heads or not cells:
            column = heads[0] if heads and not _OF_OFFICE.search(line) else -1
        elif 0 <= column < len(cells) and _MATTER.search(f"{above}{line}"):
            cell = cells[column].strip(_BLANKS)
            if people.is_name(cell):
                at = start + sum(len(one) + 1 for one in cells[:column]) + cells[column].index(cell)
                yield at, at + len(cell)
        if (line.strip() and not cells) or heads:
            above = line if not heads else above + line
        start += len(line) + 1


check = in_passages("private.person", find)
