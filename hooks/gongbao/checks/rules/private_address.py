"""``private.address``: the address of somebody's home, with the number of the room."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..masking import masked_hit
from ..nearby import text_before, text_behind
from ..passages import Hit, Passage, in_passages

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
