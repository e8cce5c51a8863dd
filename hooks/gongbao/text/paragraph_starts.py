"""Where paragraphs begin in records' texts: at numbers such as （一） and 1.1, at senders and dates, and where not."""

from __future__ import annotations

import re

from ..records.numerals import NUMERAL

COUNT = f"{NUMERAL}{{1,4}}"
_CHINESE = r"(?= ?[\u4e00-\u9fff“《（])"  # a number that was wrapped to the start of a Latin line is none of these
# What follows a decimal such as 12.5万元, and not a number such as 1.1走访.
_MEASURED = (
    r"(?! ?(?:[多余]|[万亿千百]|元|角|个(?![人别性])|倍|米|公[里斤顷分]|[吨克斤亩]|平方|立方|分[钟之，。]|小时"
    r"|[天岁]|人次|[户家场次件份套台辆](?!访)|年[以之内间，。]|折|成[，。以左]|度[，。以左]))"
)
_LEVEL_TWO = rf"\d{{1,2}}[.．]\d{{1,2}}(?:{_CHINESE}{_MEASURED}|[.．、]{_CHINESE})"
_DEEPER = rf"{_LEVEL_TWO}|\d{{1,2}}(?:[.．]\d{{1,2}}){{2,4}}[.．、]?{_CHINESE}"
# 一、 （一） 1、 １． 1.走访 1.1走访 (1) 1） A、 ① 第一条 第一， 其一， 一是 一要: numbers before a paragraph.
# A tick or a box begins one too.
# 3、4月 12.5万元 一、二线 have none.
_NUMBERED = re.compile(
    rf"(?:\*\*)?(?:{COUNT}(?:、(?!{COUNT})|是(?!否)|要(?!求|素))|[（(](?:{COUNT}|\d{{1,3}})[)）](?! ?[A-Za-z])"
    rf"|\d{{1,2}}(?:、(?!\d)|[.．)）]{_CHINESE})|{_DEEPER}|[①-⒛㈠-㈩]"
    r"|[✓✔√☑☒☐□] ?(?=[\u4e00-\u9fff])"
    rf"|第{COUNT}(?:[章节条](?=\s)|[，,、：:])"
    rf"|其{COUNT}[，,、：:]|[A-Ha-h](?:、(?![A-Za-z])|[.．)）]{_CHINESE}))"
)
# A heading on a line of its own: 一、帮扶救助. What follows it is a paragraph.
_HEADING = re.compile(
    rf"(?:{COUNT}、(?!{COUNT})|[（(]{COUNT}[)）]|第{COUNT}(?:章|节|部分)[ \u3000、：:]?)[^，。；：！？、,;:!?*]{{2,16}}"
)
_SENTENCE = 10  # characters: what follows a heading is a whole sentence, and not its last words
_PUSHED = 4  # spaces: a line that is indented as far begins a paragraph after a whole sentence
_PUSHED_RIGHT = 8  # spaces: a line that is indented as far stands alone, such as the name below a letter
_SENTENCE_END = tuple("。！？；：…”）.!?;:)")
_NUMBERS = "[0-9０-９〇○零一二三四五六七八九十]"
_DATE_ALONE = re.compile(
    rf"[（(]?{_NUMBERS}{{4}} ?年 ?{_NUMBERS}{{1,2}} ?月(?: ?{_NUMBERS}{{1,3}} ?日)?[）)]?"
    r"|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
)
_SENDER = re.compile(r"[^，。；：！？,;:!?、]{2,30}")
_BLANKS = " \t\u3000"
_AMOUNT = re.compile(r"[\u4e00-\u9fff（）()“”《》·]{1,16}[ \t\u3000:：]*\d[\d,.]* ?[\u4e00-\u9fff%％]{0,4}")
_HEADS = re.compile(r"[\u4e00-\u9fff（）()/]{1,8}(?:[ \t\u3000]+[\u4e00-\u9fff（）()/]{1,8}){1,3}")
_GOES_ON = tuple("，、,（(《“—-")
LATIN_END = re.compile(r"[A-Za-z0-9,;'\"`*_)]$")
_WRAPPED = 60  # characters: a Latin line that is as long was broken by its editor


def continues(before: str, line: str) -> bool:
    """Whether a line at the margin goes on with the list item or quotation in the line before it.

    It does where the line before stops in mid-sentence, or is a Latin line that an editor has broken.
    """
    before = before.rstrip()
    if before.endswith(_GOES_ON):
        return True
    return bool(LATIN_END.search(before)) and (line[:1].islower() or len(before) >= _WRAPPED) and line[:1].isascii()


def is_amount(line: str) -> bool:
    """Whether a line is nothing but a thing and how much there is of it: 米20份, 参加人数：8人."""
    return _AMOUNT.fullmatch(line) is not None


def begins_paragraph(before: str, line: str, following: str) -> bool:
    """Whether a line right after a line of words begins a paragraph: a number, an indented line, a sender or a date.

    So does a line below a heading with a number, and the amount of a thing (米20份) below a colon, another amount, or
    the heads of their columns. ``following`` is the line after it, or empty.
    """
    bare = line.strip(_BLANKS)
    if _NUMBERED.match(bare):
        return True
    if len(bare) >= _SENTENCE and _HEADING.fullmatch(before.strip(_BLANKS)):
        return True
    if is_amount(bare):
        above = before.strip(_BLANKS)
        return above.endswith(("：", ":")) or is_amount(above) or _HEADS.fullmatch(above) is not None
    indent = len(line[: len(line) - len(line.lstrip(_BLANKS))].expandtabs(4))
    if indent >= (_PUSHED if before.rstrip(_BLANKS).endswith(_SENTENCE_END) else _PUSHED_RIGHT):
        return True
    if _DATE_ALONE.fullmatch(bare):
        return not following.strip(_BLANKS)
    return _SENDER.fullmatch(bare) is not None and _DATE_ALONE.fullmatch(following.strip(_BLANKS)) is not None
