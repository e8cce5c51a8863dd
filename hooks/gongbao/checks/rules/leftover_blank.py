"""``leftover.blank``: a name or a number that was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..blocks import narrow_prose, without_emphasis
from ..passages import Hit, Passage, in_passages

_HAN = r"[\u4e00-\u9fff]"
_COUNTED = r"(?:[人名个家户件次场期份条项元万亿篇支对批组台册间天]|单位|小时|平方|公里|%)"
# Surnames before two signs that stand for a withheld given name. Surnames that are also particles are left out.
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷"
    "罗毕郝邬安常乐傅皮卞齐康伍余元顾孟黄穆萧尹姚邵汪祁毛狄米贝戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万柯管卢莫房裘缪解应宗丁邓洪包左石崔吉龚程邢裴陆翁荀甄封段焦谷侯全秋仲宁甘厉武符刘景龙叶黎白蒲卓池乔翟谭姬申聂辛简饶曾沙关游"
)
_OF_A_PLACE = (
    "公司|街道|镇|乡|村|社区|市|县|区|省|总?工会|单位|部门|企业|厂|学校|医院|局|集团|中心|路|有限|文件"
    "|[元万亿斤户次件份条项%]|[个家](?![人属里])|名(?![列下叫])"
)
_BLANKS = (
    # Several signs before a word. After a surname the word must be that of an organisation or a unit.
    rf"(?<![0-9A-Za-z.\\/@xX×*_])(?:\\?[xX×*_]){{2,20}}(?= ?(?:{_OF_A_PLACE}))(?! ?年)",
    rf"(?<![0-9A-Za-z.\\/@xX×*_{_SURNAMES}])(?:\\?[xX×*_]){{2,20}}(?:-[xX×]{{1,4}})?"
    rf"(?={_HAN}| 同志|“|《)(?!年|[码型]|[注备说]|待)",
    # One sign, where only a number or the name of a place is possible.
    r"(?<![0-9A-Za-z.\\/@xX×*_])[x×*](?=街道|社区|总工会|公司|[镇乡市县区局](?:[委总]|工会|党))",
    r"第 ?(?:\\?[xX×*_]){1,4} ?(?=[届期次批号条名])",
    r"(?<![0-9A-Za-z.\\/@xX×*_])(?:\\?[xX×*_]){1,4}月(?:(?:\\?[xX×*_]){1,4}|\d{1,2}|[上中下]旬)日?",
    r"(?<=\d月)(?:\\?[xX×*_]){1,4}日",
    r"某{3,}",
    rf"\?{{2,10}}(?= ?{_COUNTED})",
    # Empty brackets, and lines to write on.
    rf"(?<![\]A-Za-z0-9])\([ _]*\)(?= ?{_COUNTED})",
    r"第 ?\([ _]*\)",
    rf"(?<![A-Za-z0-9_\\])(?:\\?_){{2,80}} ?(?={_COUNTED})",
    r"(?<=[\u4e00-\u9fff:])(?:\\?_){3,80}(?![_A-Za-z0-9])",
)
_BLANK = re.compile("|".join(_BLANKS))
_SIGN = re.compile(r"[xX×*_]|\?\?|某某|\([ _]*\)")  # every blank has one of these
# Words that filters of web sites replaced by asterisks. (Two of these signs may also be Markdown's emphasis.)
_STRUCK_OUT = re.compile(rf"(?<={_HAN})\\?\*(?=届)|(?<![打画划标填用注加带有写印号])“\\?\*{{1,4}}”(?![号的标者项表注])")


def find(passage: Passage) -> Iterator[Hit]:
    """Find the signs, lines and empty brackets that stand for missing words or numbers."""
    if not _SIGN.search(narrow_prose(passage)):
        return
    places = {found.span() for found in _BLANK.finditer(without_emphasis(passage))}
    places.update(found.span() for found in _STRUCK_OUT.finditer(narrow_prose(passage)))
    for start, end in sorted(places):
        yield Hit(start, end, passage.text[start : end + 4].split("\n")[0])


check = in_passages("leftover.blank", find)
