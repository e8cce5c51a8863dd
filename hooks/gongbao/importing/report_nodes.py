"""A report as a tree: sections, items in them, and points within items; and where headings end and texts begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .marks import Span

HEADING_LENGTH = 45  # signs
PLAN_WORDS = "计划|打算|安排|思路|要点|设想|构想|规划|谋划|部署"
NEXT_WORDS = "下半年|下一步|下步|下阶段|下一阶段|今后|明年|来年|下一?学期|新学期|新一年"  # that begin a plan's heading
_RUN_IN_LENGTH = 26  # signs of a heading within a paragraph
_SENTENCE_END = re.compile("[。！？；：:]")
_GENERAL = 80  # signs: what a section says before its items is a matter of its own if it is longer, or has figures
_DIGIT = re.compile(r"[\d０-９]")


@dataclass(slots=True)
class TreeNode:
    """A section or an item: its mark, its own heading, its paragraphs and what is below it."""

    form: str
    number: int = 0
    mark: Span = (0, 0)
    heading: Span | None = None
    paragraphs: list[Span] = field(default_factory=list)
    tables: list[list[Span]] = field(default_factory=list)  # each a list of rows
    children: list[TreeNode] = field(default_factory=list)


@dataclass(slots=True)
class ReportTree:
    """One report of a document: its part in a collection, title, opening, sections and signature."""

    part: str = ""
    titles: list[Span] = field(default_factory=list)
    opening: TreeNode = field(default_factory=lambda: TreeNode("opening"))
    nodes: list[TreeNode] = field(default_factory=list)
    signature: list[Span] = field(default_factory=list)
    follows: bool = False  # whether it goes on in the same part of a collection as the report before
    collection: Sequence[Span] = ()  # the title of that part

    @property
    def empty(self) -> bool:
        """Whether nothing but a title was read."""
        return not (self.nodes or self.opening.paragraphs or self.opening.tables)


def beginning_of(report: ReportTree) -> int:
    """Return the place in the text at which a report begins."""
    spans = [*report.titles, *report.opening.paragraphs, *report.signature]
    spans += [span for node in report.nodes for span in (node.mark, node.heading, *node.paragraphs) if span and span[1]]
    return min((start for start, _ in spans), default=0)


def find_headings(text: str, node: TreeNode) -> None:
    """Find the headings of a node and of those below it, among their first paragraphs."""
    for child in node.children:
        find_headings(text, child)
    if node.heading or not node.paragraphs or node.form in ("opening", "closing", "annex", "front"):
        return
    first = node.paragraphs[0]
    words = text[slice(*first)]
    more = bool(node.children or len(node.paragraphs) > 1 or node.tables)
    tells = _DIGIT.search(words) and words.rstrip().endswith("。")
    if more and not tells and len(words.strip()) <= HEADING_LENGTH and not re.search("[。；]", words.strip()[:-1]):
        node.heading = first
        del node.paragraphs[0]
        return
    found = _SENTENCE_END.search(words)
    if found and found.start() <= _RUN_IN_LENGTH and words[found.end() :].strip() and found[0] in "。：:":
        head = words[: found.start()]
        if not _DIGIT.search(head) and len(head.strip()) >= 2 and "，" not in head[-8:]:
            middle = first[0] + found.end()
            node.heading, node.paragraphs[0] = (first[0], middle), (middle, first[1])


def leaves(
    node: TreeNode, text: str, above: tuple[TreeNode, ...] = ()
) -> Iterator[tuple[tuple[TreeNode, ...], TreeNode]]:
    """Yield the items of a section, each with the sections above it.

    What a section says before its items is an item, if it is long or has figures; else it begins the first of them.
    """
    if not node.children:
        if node.heading and not node.paragraphs and not node.tables:
            node.paragraphs, node.heading = [node.heading], None
        yield above, node
        return
    lead = [*node.paragraphs]
    said = "".join(text[slice(*span)] for span in lead)
    own = len(said) > _GENERAL or _DIGIT.search(said) is not None or bool(node.tables)
    if lead and own:
        yield above, TreeNode(node.form, node.number, node.mark, node.heading, lead, node.tables)
    elif lead:
        first = node.children[0]
        while first.children and not first.paragraphs:
            first = first.children[0]
        first.paragraphs[:0] = lead
    node.paragraphs = [] if not own else node.paragraphs
    for child in node.children:
        yield from leaves(child, text, (*above, node))
