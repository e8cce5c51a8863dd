"""A Word document as lines. Comments, deletions, hidden text, properties and macros stay out.

Neither mammoth nor docx2python nor python-docx gives the numbers that Word makes by itself as a reader sees them
(一、 （一） ①), and python-docx leaves out insertions. So the parts are read here. Source: ECMA-376, part 1.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree  # type: ignore[import-untyped]

from ..text.roles import OWN
from .documents import LineGatherer, SourceText, Unreadable
from .packages import PICTURE_ENDINGS, attribute, first_child, local_name, parse_part, unpacked_parts
from .word_numbers import AutomaticNumbers
from .word_styles import WordStyles

# What no reader sees, or what stands elsewhere a second time.
_NOT_READ = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rPr",
        "pPr",
        "Fallback",
        "rt",
        "sectPr",
        "tblPr",
        "trPr",
    }
)
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


@dataclass(slots=True)
class _WordReader:
    styles: WordStyles
    numbers: AutomaticNumbers
    notes: Mapping[str, etree._Element]
    media: Mapping[str, bytes]  # pictures by the id of their relationship
    into: LineGatherer
    pending: str = ""  # of a paragraph whose end was deleted: it goes on with the next
    found: list[bytes] = field(default_factory=list)  # pictures of the paragraph being read
    beside: list[etree._Element] = field(default_factory=list)  # boxes and notes of the paragraph being read

    def read(self, node: etree._Element) -> None:
        """Read the paragraphs and tables below a node, in their order."""
        for child in node:
            name = local_name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self.into.add_table([[self._cell(cell) for cell in _cells(row)] for row in _rows(child)])
            elif name not in _NOT_READ:
                self.read(child)

    def _paragraph(self, node: etree._Element) -> None:
        properties = first_child(node, "pPr")
        text = self.pending + "".join(self._pieces(node))
        self.pending = ""
        if first_child(first_child(properties, "rPr"), "del") is not None:
            self.pending = text
            return
        self.into.add_pictures(self.found, in_text=bool(text.strip()))
        self.found.clear()
        number = self.numbers.next(*self.styles.numbering(properties)) if text.strip() else ""
        gap = " " if number[-1:] == "." and text[:1].isdigit() else ""
        around = attribute(first_child(properties, "pStyle"), "val") in ("Salutation", "Signature")
        self.into.add(f"{number}{gap}{text}", self.styles.level(properties), around=around)
        boxes, self.beside = self.beside, []
        for box in boxes:
            self.read(box)

    def _pieces(self, node: etree._Element) -> Iterator[str]:
        """Yield the texts below a node that readers see."""
        for child in node:
            name = local_name(child)
            if name in _NOT_READ or (name == "r" and self.styles.is_hidden(child)):
                continue
            if name == "t":
                yield child.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "br":
                yield "" if attribute(child, "type") in ("page", "column") else "\n"
            elif name == "txbxContent":
                self.beside.append(child)
            elif name in ("footnoteReference", "endnoteReference"):
                note = self.notes.get(name[:-9] + attribute(child, "id"))
                self.beside += [note] if note is not None else []
            else:
                if name in ("blip", "imagedata"):
                    self.found.append(self.media.get(attribute(child, "embed") or attribute(child, "id"), b""))
                yield from self._pieces(child)

    def _cell(self, node: etree._Element) -> str:
        texts = ["".join(self._pieces(one)) for one in node.iter() if local_name(one) == "p"]
        self.beside.clear()
        return " ".join(text for text in texts if text.strip())


def read_word(data: bytes, name: str) -> SourceText:
    """Return the text of a Word document (.docx, .docm, .dotx). Raises Unreadable."""
    parts = unpacked_parts(data, (".xml", ".rels", *PICTURE_ENDINGS))
    main = _target(parts, "", "officeDocument")
    if main not in parts:
        raise Unreadable("import-corrupt")
    body = first_child(parse_part(parts[main]), "body")
    if body is None:
        raise Unreadable("import-corrupt")

    def part(kind: str) -> etree._Element | None:
        found = _target(parts, main, kind)
        return parse_part(parts[found]) if found in parts else None

    notes = {
        f"{kind}{attribute(note, 'id')}": note
        for kind in ("footnote", "endnote")
        if (listed := part(f"{kind}s")) is not None
        for note in listed
        if not attribute(note, "type")
    }
    media = {identity: parts.get(target, b"") for identity, _, target in _relations(parts, main)}
    numbers = AutomaticNumbers.of(part("numbering"))
    reader = _WordReader(WordStyles.of(part("styles")), numbers, notes, media, LineGatherer(name))
    try:
        reader.read(body)
    except RecursionError as error:
        raise Unreadable("import-corrupt") from error
    about = _target(parts, "", "core-properties")
    category = first_child(parse_part(parts[about]), "category") if about in parts else None
    return replace(reader.into.done(), is_own=category is not None and category.text == OWN)


def _target(parts: Mapping[str, bytes], source: str, kind: str) -> str:
    """Return the name of the part to which another has a relationship of a kind, or an empty text."""
    return next((target for _, one, target in _relations(parts, source) if one.endswith(f"/{kind}")), "")


def _relations(parts: Mapping[str, bytes], source: str) -> Iterator[tuple[str, str, str]]:
    """Yield the relationships of a part with other parts: id, type, and the other's name."""
    folder, name = posixpath.split(source)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    for relation in parse_part(parts[relations]) if relations in parts else ():
        if attribute(relation, "TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attribute(relation, "Target")))[1:]
            yield attribute(relation, "Id"), attribute(relation, "Type"), target


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table that were not deleted; those of tables within its cells belong to the cells."""
    for child in table:
        name = local_name(child)
        if name == "tr":
            if first_child(first_child(child, "trPr"), "del") is None:
                yield child
        elif name in ("sdt", "sdtContent", "ins"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        name = local_name(child)
        if name == "tc":
            yield child
        elif name in ("sdt", "sdtContent", "ins"):
            yield from _cells(child)
