"""The names of persons in Chinese text: a family name, one or two signs, and then the end of the word.

No dictionary of given names is needed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from .lookalikes import is_word
from .surnames import DOUBLE, SINGLE

TextSpan = tuple[int, int]
# Signs that are in no given name. A family name before one of them is no person's name.
_NEVER = frozenset(
    "的了着过是在有和与及或被将把为从由对向以也都就又还而且但则这那其此各每某何谁哪们个件次家户员工会病患伤死残困难贫助款费"
    "额率数量期间时月度级型类项式制名等所因该让给到去来说做办职位据按凡虽没不被要能很太最更只人者上下今昨当前后里内本老"
    "您我你他她它妻夫父母女孩第村区县市镇街路厂店院校室局处科课股班站社委党省号楼栋日分姓氏同仍已曾并再因及获受遭均系带"
)
_SURNAME = "".join(SINGLE)
# What may stand before the first sign of a name that nothing introduces …
_LEFT = "了的为给对因是"
# … and what may follow the last sign of one that something introduces.
_RIGHT = re.compile(
    "$|[^一-鿿]|[等的之因患被做遭受负欠丧失在于由送领获得说和与及年现已也从是为向将把对经提给予违上到去来没无有捐作其全一两二三]"
    "|[办伤病晕昏感含流拿握拉考需独单急瘫残左右双腿腰摔肝肾肺胃心脑颈股乳血尿白癌肿陪父母]|家[庭中人里境属住]?|手[术里中上]"
    "|同志|夫[妇妻]|女士|先生|师傅|老人|本人|身[患体]|查出|确诊|诊断|检查|突[发患然]|重病|大病|生[病活]|住院|动手术|不幸|逝世|工伤"
    "|离[婚异]|下岗|退休|发放|发生|申请|收到|接过|以及|今年|怎么|自[小幼己]|新年|告诉|高兴|高位|长期|常年|骨折|中风|低保|特困"
    "|困难|贫困|儿子|女儿|子女|丈夫|妻子|爱人|孩子|同样|解决|进行|激动|就读|出[现院车]|意外"
)
_OFFICE = (
    "主席|书记|局长|主任|部长|镇长|区长|市长|县长|乡长|村长|院长|校长|处长|科长|经理|董事长?|总裁|总监|委员|常委|会长|理事长?|秘书长"
    "|厂长|队长|站长|所长|班长|组长|调研员|巡视员|专干|干事|指导员|律师|教授|领导|老板|企业主|法人|负责人"
)
# Titles that follow a family name alone. Only people who know 王主任 or 李师傅 know who that is.
_POLITE = re.compile(
    f"[副总老]?(?:{_OFFICE})|先生|女士|师傅|老师|同志|同学|大[姐妈爷哥嫂]|阿姨|叔叔|奶奶|爷爷|老汉|小姐|夫[妇妻]|医生|护士"
)
_FORM_OF_ADDRESS = re.compile(r"[*_]{0,2}(?:同志|师傅|女士|先生|夫[妇妻])")
_NO_NAMES = frozenset(
    {
        *("关于", "关爱", "关心", "关怀", "关注", "任何", "单位", "方面", "车间", "安排"),
        *("安置", "安慰", "高龄", "高校", "常年", "余名", "余位", "万名", "管理"),
    }
)
_GIVEN_AT_MOST = 2  # signs of a given name
_IN_OFFICE = re.compile(rf"(?:{_OFFICE})[ 、:：*（(“]{{0,2}}$")
_THEN_OFFICE = re.compile(rf"[ *，,（(]{{0,2}}(?:[副总老]|工会|村|镇|区|市|车间){{0,3}}(?:{_OFFICE})")
# What a person does for others. A text that says this of somebody does not tell of that person's private matters.
_ACTS = re.compile(
    r"(?:同志|师傅|先生|女士|夫[妇妻]|老人)?(?:一行|带队|率|走访|慰问|看望|探望|代表|陪同|出席|参加|深入|主持|主讲|授课|讲|捐|带头|主动|担任|负责|荣获|前往"
    r"|热心|帮助|资助|说[：，:]|一再|多次|曾?指出|强调|提出|警告|考察|在[^。，、\n]{1,12}(?:讲话|报告|一[诗文书]|上说|陪同)"
    r"|[为向给替](?:[^。，、\n]{0,4}(?:困难|特困|贫困|灾区|患病|残疾|受灾|农民工|职工|同事|工友|他人|患者)[^。，、\n]{0,4}(?:捐|送|讲|义|献|服|上课|做|提供)))"
)
_FOR, _CLAUSE_ENDS = "为给向替对", "，。；、\n"  # after these, others act for the person
# Persons of history, whose names are in speeches.
_OF_HISTORY = {
    *("毛泽东", "周恩来", "刘少奇", "邓小平", "江泽民", "胡锦涛", "习近平"),
    *("雷锋", "焦裕禄", "孔繁森", "王进喜", "白求恩"),
}
_REACH = 40  # the most signs between a name and words about the person
_OPENING = re.compile(r"[*_ \t：:“\"「（(【\[|]{0,3}")
# What may stand between two names: a remark in brackets (a number, an address, an illness), and a sign or a word.
_NEXT = re.compile(r"[*_]{0,2} ?(?:[（(][^（()）\n]{0,60}[)）] ?)?[、和与及，,] ?[*_]{0,2}")
_MASKED = re.compile(rf"[{_SURNAME}×＊*](?:某{{1,2}}|[×＊*xXＸ○〇]{{1,2}})[一-鿿]?(?=[^一-鿿]|[和与及等])")
_CLOSING = re.compile(r"[*_”\"」]{0,2}")
_SENTENCE = re.compile(r"[^。！？!?\n]+")


def sentence_spans(text: str, matter: re.Pattern[str]) -> Iterator[TextSpan]:
    """Yield the places of the sentences that speak of a matter."""
    for found in _SENTENCE.finditer(text):
        if matter.search(text, *found.span()):
            yield found.span()


def name_endings(text: str, at: int, *, sure: bool = False) -> Iterator[int]:
    """Yield the places at which a name that begins at a place may end, the longest name first.

    ``sure`` is true if the words around it leave no doubt. Then 高峰 counts as a name, too, although it is also a word.
    """
    size = 2 if text[at : at + 2] in DOUBLE else 1
    if size == 1 and (text[at : at + 1] not in SINGLE or text[max(0, at - 1) : at + 1] == "师傅"):
        return
    given = at + size
    if _POLITE.match(text, given):
        return
    if text[given : given + 1] in " \u3000" and _is_given(text[given + 1 : given + 2]):
        yield given + 2
        return
    if size == 1 and not sure and text[given : given + 1] in SINGLE[text[at]]:
        return
    if _is_given(text[given : given + 1]):
        if _is_given(text[given + 1 : given + 2]):
            yield given + 2
        yield given + 1


def _is_given(sign: str) -> bool:
    return "一" <= sign <= "鿿" and sign not in _NEVER


def introduced_names(text: str, at: int, stop: int) -> Iterator[TextSpan]:
    """Yield the names after a title that ends at a place: one name, or several in a list.

    A list may begin with names that are masked already (李某、…). Those are passed over.
    """
    opening = _OPENING.match(text, at, stop)
    at = opening.end() if opening else at
    while at < stop:
        end = next((end for end in name_endings(text, at) if end <= stop and _ends_well(text, end, stop)), None)
        if end is not None:
            yield at, end
        elif masked := _MASKED.match(text, at, stop):
            end = masked.end()
        else:
            return
        following = _NEXT.match(text, end, stop)
        if not following:
            return
        at = following.end()


def _ends_well(text: str, end: int, stop: int) -> bool:
    closing = _CLOSING.match(text, end, stop)
    return bool(_RIGHT.match(text, closing.end() if closing else end, stop))


def name_before(text: str, end: int, start: int) -> TextSpan | None:
    """Return the name that ends at a place (before 同志 or 之子), or None.

    Before 同志 and the like a name may also be a word, as 高峰 is. Before 老人 or 遗属 a word is none: 关爱老人.
    """
    form = _FORM_OF_ADDRESS.match(text, end)
    for size in (4, 3, 2):
        at = end - size
        if at < start or text[at:end] in _NO_NAMES or (is_word(text[at:end]) and not form):
            continue
        if stands_free(text, at, start) and end in name_endings(text, at, sure=bool(form) and size < 4):
            return at, end
    return None


def stands_free(text: str, at: int, start: int) -> bool:
    """Whether a new word certainly begins at a place."""
    return at == start or not "一" <= text[at - 1] <= "鿿" or text[at - 1] in _LEFT


def is_in_office(text: str, start: int, end: int) -> bool:
    """Whether an office stands beside a name."""
    return bool(_IN_OFFICE.search(text[max(0, start - 8) : start]) or _THEN_OFFICE.match(text, end))


def is_acting(text: str, start: int, end: int) -> bool:
    """Whether a named person acts for others (speaks, visits, gives) or is a person of history."""
    if text[start:end] in _OF_HISTORY:
        return True
    if not _ACTS.match(text, end):
        return False
    ahead = text[max(0, start - 20) : start]
    return max(map(ahead.rfind, _FOR)) <= max(map(ahead.rfind, _CLAUSE_ENDS))


def is_beside(name: TextSpan, places: Sequence[int]) -> bool:
    """Whether one of the ascending places is near a name, before or after it."""
    first = bisect_left(places, name[0] - _REACH)
    behind = bisect_left(places, name[1])
    return any(
        at < len(places) and at_most > places[at] for at, at_most in ((first, name[0]), (behind, name[1] + _REACH))
    )


def is_name(text: str) -> bool:
    """Whether a text is a whole name that is not masked: a family name, and one or two signs."""
    double = text[:2] in DOUBLE
    given = text[2:] if double else text[1:]
    if not (double or text[:1] in SINGLE) or not 1 <= len(given) <= _GIVEN_AT_MOST:
        return False
    return all("\u4e00" <= sign <= "\u9fff" and sign not in "某某" for sign in given) and not is_word(text)


def name_pattern(pattern: Callable[[str], str]) -> re.Pattern[str]:
    """Return the pattern that ``pattern`` makes of the character class of all family names."""
    return re.compile(pattern(f"[{_SURNAME}]"))
