"""``leftover.scan``: what a program misreads in a scan: blanks after all characters, letters among digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..blocks import TextLine, lines, narrow_prose
from ..passages import Hit, Passage, in_passages

_GAP = "[ \u3000]"
_SPACED = re.compile(rf"[\u4e00-\u9fff]{_GAP}{{1,2}}(?=[\u4e00-\u9fff，。、；：（）“”《》\d])")
_TIGHT = re.compile(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMERAL = re.compile(r"[〇一二三四五六七八九十百\s]+")
_FEWEST = 6  # characters: fewer may be a heading that was set wide
_BETWEEN = re.compile(rf"(?<=[^A-Za-z\s]){_GAP}+(?=[^A-Za-z\s])")
_PARTED_DIGITS = re.compile(rf"\d{_GAP}+\d")
_COUNTED = (
    "[人名户家个次件场期份条项元万亿千百篇支对批组台册间天页岁吨斤米年月日号%]|平方|公里|小时|单位|台次|届|周|套|幅|本"
)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.,_/@#-])(?:(?=[0-9,.]{0,12}[lIOo])(?=[lIOo,.]{0,12}\d)[0-9lIOo]{1,12}(?:[.,][0-9lIOo]{1,6}){0,3}"
    rf"|(?<=[\u4e00-\u9fff] )l)(?= ?(?:{_COUNTED}))"
)
_LETTER = re.compile("[lIOo]")
_NAMES = {"O2O", "OO7"}
_DIGITS = str.maketrans("lIOo", "1100")


def find(passage: Passage) -> Iterator[Hit]:
    """Find the paragraphs with a blank after every character, and the numbers with letters in them."""
    for run in _spaced_runs(passage):
        start = run[0].start + run[0].at
        end = run[-1].start + len(run[-1].text.rstrip())
        written = passage.text[start:end]
        right = _BETWEEN.sub("", written)
        values = (("leftover", "spaced"), ("right", right))
        yield Hit(start, end, written, values, right, safe=not _PARTED_DIGITS.search(written))
    text = narrow_prose(passage)
    for found in _NUMBER.finditer(text) if _LETTER.search(text) else ():
        if found[0] not in _NAMES:
            right = found[0].translate(_DIGITS)
            written = " ".join(text[found.start() : found.end() + 3].split())
            yield Hit(*found.span(), written, (("leftover", "letters"), ("right", right)), right)


def _spaced_runs(passage: Passage) -> Iterator[Sequence[TextLine]]:
    """Yield the lines below each other that are spaced."""
    run: list[TextLine] = []
    for line in lines(passage):
        if line.kind in ("plain", "item", "heading", "quote") and _is_spaced(
            passage.text[line.start : line.start + len(line.text)]
        ):
            if run and line.mark:
                yield run
                run = []
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_spaced(line: str) -> bool:
    if " " not in line and "\u3000" not in line:
        return False
    spaced = len(_SPACED.findall(line))
    if spaced < _FEWEST - 1 or len(_HAN.findall(line)) < _FEWEST or _NUMERAL.fullmatch(line):
        return False
    return len(_TIGHT.findall(line)) * 5 <= spaced


check = in_passages("leftover.scan", find)
