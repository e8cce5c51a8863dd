"""The figures of an item: each number with its name, which is made of the words beside it in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..records.indicators import Indicator
from ..records.measures import dimension
from ..records.vocabulary import Vocabulary, spoken_names
from .marks import Span
from .number_words import SourceNumber

_CLAUSE_END = "，。；！？：,;:"
_AROUND = " \t\u3000，。；：、:;,（）()\"'的"
_LEAD = re.compile(
    r"^(?:其中|另有|另外|另|还有|还|共有|共计|共|总计|合计|累计|现有|现已|已有|已|有|约|并|也|都|全年|今年|半年来|上半年|目前|至此|截至[^，]*|通过努力|最后|最终|同时|此外)+"
)
_TRAIL = re.compile(r"(?:共有|共计|共|总计|合计|累计|达到了?|达|有|为|是|近|约|了|超过|已|的|各|计|占|在|至|到|第)+$")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("‘", "’"), ("「", "」"), ("【", "】"))
_NEXT = re.compile("[、（(]|其中|[和及与]")
_LISTED = re.compile(r"[、和及与]\s*$")
_FOR = re.compile("[为给向]$")
_GIVEN = re.compile("发放|办理|申报|申请|购买|提供|推荐|安排|举办|追讨|追回|讨回|送去|解决|实施|建立")
_WITHIN = re.compile(r"其中|包括|包含|含")
_LONGEST = 24  # signs of a name
UNKNOWN_LABEL = "待核"


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A figure of a draft: the number, its name or indicator, the clause that tells it, and what belongs to it.

    ``is_cut`` tells whether the name lacks some of the words beside the number, as there were too many.
    """

    number: SourceNumber
    label: str
    clause: str
    indicator: str = ""
    among: tuple[DraftFigure, ...] = ()
    target: SourceNumber | None = None
    is_cut: bool = False

    @property
    def whole(self) -> bool:
        """Whether what is among it adds up to it."""
        return len(self.among) > 1 and sum(part.number.value for part in self.among) == self.number.value


def figures_of(text: str, span: Span, numbers: Sequence[SourceNumber], vocabulary: Vocabulary) -> list[DraftFigure]:
    """Return the figures that the numbers of a stretch of a text are."""
    told = [one for one in numbers if one.role != "none" and span[0] <= one.start < span[1]]
    figures = [
        _figure(text, span, one, told[at - 1] if at else None, told[at + 1] if at + 1 < len(told) else None)
        for at, one in enumerate(told)
    ]
    return [_with_indicator(one, vocabulary) for one in _with_targets(text, _grouped(text, figures))]


def _figure(
    text: str, span: Span, number: SourceNumber, before: SourceNumber | None, after: SourceNumber | None
) -> DraftFigure:
    clause_start = max((text.rfind(sign, span[0], number.start) for sign in _CLAUSE_END), default=-1) + 1
    clause_end = min((at for sign in _CLAUSE_END if (at := text.find(sign, number.end, span[1])) >= 0), default=span[1])
    start = max(clause_start, span[0], before.end if before else 0)
    end = min(clause_end, after.start if after else clause_end)
    ahead, behind = text[start : number.start], text[number.end : end]
    if before and before.end >= clause_start and _LISTED.search(ahead):
        ahead = ""  # 3家示范工会、8家先进工会: what stands between belongs to the first
    if after and after.start < clause_end:
        behind = _NEXT.split(behind)[0]  # what follows belongs to the next number
    if _FOR.search(ahead):
        behind = _GIVEN.split(behind)[0]  # 为12名学生发放助学金: the number counts students
    if before and _FOR.search(text[clause_start : before.start]) and (given := _GIVEN.search(ahead)):
        ahead = ahead[given.start() :]
    ahead = _bare(ahead)
    label = _label(ahead, behind)
    if len(label) < 2:
        earlier = text[max(span[0], text.rfind("。", span[0], start) + 1) : start].rstrip(_CLAUSE_END)
        label = _label(_bare(re.split(f"[{_CLAUSE_END}]", earlier)[-1]), behind)
    clause = text[clause_start or span[0] : clause_end].strip()
    name, is_cut = _short(label, keep_start=bool(_bare(behind)))
    return DraftFigure(number, name, clause, is_cut=is_cut)


def _bare(words: str) -> str:
    return re.sub(r"\s", "", words).strip(_AROUND)


def _label(ahead: str, behind: str) -> str:
    """Return a name from the words before and behind a number: 发放0.2万元学习用品 tells of 发放学习用品."""
    before = _TRAIL.sub("", _LEAD.sub("", ahead)).strip(_AROUND)
    following = _bare(behind)
    label = f"{before}{following}" if len(before) < 4 or following else before
    return balanced(label.strip(_AROUND))


def _short(label: str, *, keep_start: bool) -> tuple[str, bool]:
    """Return a name that is no longer than names may be, and whether it was cut."""
    is_cut = len(label) > _LONGEST
    if is_cut:
        label = label[:_LONGEST] if keep_start else label[-_LONGEST:]
    return named(balanced(label.strip(_AROUND))) or UNKNOWN_LABEL, is_cut


def named(words: str) -> str:
    """Return words that name something, or an empty text: signs alone name nothing."""
    return words if any(map(str.isalnum, words)) else ""


def balanced(words: str) -> str:
    """Return words without signs of YAML and Markdown, and without half a pair of quotation marks."""
    words = re.sub(r"[{}\[\]#|`*_<>\\]", "", words)
    for opening, closing in _PAIRS:
        if words.count(opening) != words.count(closing):
            words = words.replace(opening, "").replace(closing, "")
    return words.strip()


def _grouped(text: str, figures: Sequence[DraftFigure]) -> list[DraftFigure]:
    """Put numbers behind 其中 below the figure that they are some of."""
    grouped: list[DraftFigure] = []
    for figure in figures:
        total = grouped[-1] if grouped else None
        if total and _is_among(text, total, figure):
            grouped[-1] = replace(total, among=(*total.among, figure))
        else:
            grouped.append(figure)
    return grouped


def _is_among(text: str, total: DraftFigure, figure: DraftFigure) -> bool:
    last = total.among[-1] if total.among else total
    between = text[last.number.end : figure.number.start]
    opened = bool(total.among) or _WITHIN.search(between) is not None
    alike = (
        figure.number.role == total.number.role == "value"
        and bool(figure.number.unit)
        and dimension(figure.number.unit) == dimension(total.number.unit)
    )
    fits = figure.number.value <= total.number.value
    return opened and alike and fits and not re.search("[。；]", between)


def _with_targets(text: str, figures: Sequence[DraftFigure]) -> list[DraftFigure]:
    """Join a promised number (下达的50家任务) to what was reached, where the same sentence tells both."""
    joined: list[DraftFigure] = []
    for figure in figures:
        before = joined[-1] if joined else None
        if (
            before
            and before.number.role == "target"
            and figure.number.role == "value"
            and before.number.unit == figure.number.unit
            and not re.search("[。；\n]", text[before.number.end : figure.number.start])
        ):
            joined[-1] = replace(figure, target=before.number, label=before.label)
        else:
            joined.append(figure)
    return [
        figure if figure.number.role != "target" else replace(figure, number=replace(figure.number, role="value"))
        for figure in joined
    ]


def _with_indicator(figure: DraftFigure, vocabulary: Vocabulary) -> DraftFigure:
    known = [one for one in vocabulary.indicators if figure.number.role == "value" and _names(one, figure)]
    return replace(figure, indicator=known[0].slug) if len(known) == 1 else figure


def _names(indicator: Indicator, figure: DraftFigure) -> bool:
    return indicator.scale(figure.number.unit) is not None and any(
        len(name) > 1 and name in figure.label for name in spoken_names(indicator)
    )


def figures_in_table(
    rows: Sequence[Sequence[str]], numbers: Sequence[Sequence[SourceNumber | None]], units: Sequence[str]
) -> list[DraftFigure]:
    """Return the figures of a table. Its first row names the columns, and the first words of a row the row."""
    found = []
    for row, cells in zip(rows[1:], numbers[1:], strict=True):
        name = "、".join(word for word, cell in zip(row, cells, strict=False) if word and cell is None)
        for at, number in enumerate(cells):
            if number:
                head = re.sub(r"[（(].*?[）)]", "", rows[0][at]) if at < len(rows[0]) else ""
                label, is_cut = _short(f"{name}{head}", keep_start=True)
                number = replace(number, unit=number.unit or units[at])
                found.append(DraftFigure(number, label, "\t".join(row), is_cut=is_cut))
    return found


def told_key(number: SourceNumber) -> tuple[Decimal, str]:
    """Return the key by which a number of a table is known again that the text tells already."""
    return number.value, dimension(number.unit)
