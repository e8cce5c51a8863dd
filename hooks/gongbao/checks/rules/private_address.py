"""``private.address``: the address of somebody's home, with the number of the room."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..masking import masked_hit
from ..nearby import text_before, text_behind
from ..passages import Hit, Passage, in_passages
from .private_person import sentences_on_matters

_NUMBER = "[0-9A-Za-z一二三四五六七八九十百零〇甲乙丙丁]{1,6}"
_ROOM = (
    rf"{_NUMBER} ?(?:号房|室|房(?![间屋子产源租贷]))(?! ?[0-9一二两三四] ?厅)|(?<=单元)[0-9]{{3,4}}(?![0-9]|[人户套间])"
)
_PART = rf"{_NUMBER} ?(?:号楼|号院|栋|幢|座|弄|巷|组|队|号|单元|梯|楼|层)[ ,-]?"
_HOUSE = re.compile(rf"(?<![0-9A-Za-z一二三四五六七八九十百零〇])(?P<before>(?:{_PART}){{1,4}})(?:{_ROOM})")
_NUMBERED_ROOM = re.compile("[0-9A-Za-z一二三四五六七八九十百零〇甲乙丙丁] ?(?:号房|室|房)")
_STREET = re.compile(
    r"(?:路|街|巷|村|里|道|弄|屯|园|苑|居|庭|城|府|湾|公寓|宿舍|家属[院区楼]|小区|社区|大院|新区|坊|庄)[ ,-]?$"
)
_HOME = re.compile(r"家住|住在|现住|住址|居住|住所|家庭地址|户籍|租住|暂住|住(?![房院宿])")
_LIVES = re.compile(
    rf"(?:家住|住在|现住|住址|租住|家庭地址|户籍地?)[^。;,，\n]{{0,20}}?"
    rf"(?P<number>(?:{_NUMBER} ?(?:组|队|栋|幢|弄|巷)[ ,-]?)+{_NUMBER} ?号)(?![线楼院房])"
)
# A house of a village (一组38号) is an address where hardship or illness stands beside it; elsewhere it is a day, or a
# player's number.
_VILLAGE_HOUSE = re.compile(
    rf"(?:{_NUMBER} ?(?:组|队|栋|幢|弄|巷)|[\u4e00-\u9fff]{{1,4}}[路街巷村屯庄])[ ,-]?{_NUMBER} ?号(?![线楼院房病床])"
)
_HARD = "困难|特困|低保|贫困|伤残|残疾|大病|患|病|癌|瘫痪|尿毒|肿瘤|单亲|孤"
_OF_A_HARD_ONE = re.compile(rf"(?:{_HARD})[\u4e00-\u9fff]{{0,6}}[*_]{{0,2}}\([^()\n]{{0,20}}$")
_AND_HARD = re.compile(rf"[^()\n]{{0,30}}?(?:{_HARD})[^()\n]{{0,30}}\)")
_WHOSE = re.compile(rf" ?的?(?:{_HARD})(?!职工之家)")
_OFFICE = re.compile(
    r"办公|会议室|活动[室中]|服务[中站大点窗]|[总分]?工会|报名|大厦|写字楼|公司|政府|接待|受理|咨询|教室|培训|职工之家|法院|仲裁|书屋"
    r"|阅览|门诊|医院|酒店|宾馆|招待所|展厅|中心|学校|领取|集合|报到|驻地|窗口"
)
_FLAT = re.compile("单元")
_FLAT_OFFICE = re.compile(r"办公|会议室|服务[中站大]|报名|活动[室中]|公司|接待|咨询|工会(?:办|驻|所在)")


def find(passage: Passage) -> Iterator[Hit]:
    """Find a house, a stairway and a room, or a street, a house and a room, that are not those of an office."""
    text = passage.narrow
    for found in _LIVES.finditer(text):
        yield masked_hit(passage, *found.span("number"))
    for start, stop in sentences_on_matters(passage):
        for found in _VILLAGE_HOUSE.finditer(text, start, stop):
            before = text[start : found.start()]
            open_bracket = before.rfind("(") > before.rfind(")")
            hard = open_bracket and (_OF_A_HARD_ONE.search(before) or _AND_HARD.match(text, found.end(), stop))
            if hard or _WHOSE.match(text, found.end(), stop):
                yield masked_hit(passage, *found.span())
    if "单元" not in text and not _NUMBERED_ROOM.search(text):
        return
    for found in _HOUSE.finditer(text):
        before, after = text_before(text, found.start(), 30), text_behind(text, found.end(), 12)
        flat = bool(_FLAT.search(found["before"]))
        if not flat and not _STREET.search(before):
            continue
        office = _FLAT_OFFICE if flat else _OFFICE
        clause = re.split("[。;!?]", before)[-1]
        if _HOME.search(clause) or not (office.search(clause) or office.search(after)):
            yield masked_hit(passage, *found.span())


check = in_passages("private.address", find)
