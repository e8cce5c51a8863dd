"""An OpenDocument text (.odt) as lines. Comments, deletions and hidden text stay out. Source: OpenDocument 1.3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from .documents import LineGatherer, SourceText, Unreadable
from .packages import PICTURE_ENDINGS, attribute, attribute_number, first_child, local_name, parse_part, unpacked_parts
from .word_numbers import in_chinese

_NOT_READ = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "hidden-text", "hidden-paragraph", "sequence-decls", "forms"}
)


@dataclass(slots=True)
class _OpenReader:
    lists: Mapping[str, Mapping[int, tuple[str, str, str]]]  # prefix, format and suffix by list style and level
    hidden: frozenset[str]  # styles whose text is hidden
    media: Mapping[str, bytes]
    into: LineGatherer
    found: list[bytes] = field(default_factory=list)  # pictures of the paragraph being read
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def read(self, node: etree._Element, style: str = "", depth: int = 0) -> None:
        """Read the paragraphs, lists and tables below a node, in their order."""
        for child in node:
            name = local_name(child)
            if name in _NOT_READ or (name == "section" and attribute(child, "display") == "none"):
                continue
            if name in ("p", "h"):
                level = attribute(child, "outline-level")
                title = attribute(child, "style-name").lower() == "title"
                text = "".join(self._pieces(child))
                self.into.add_pictures(self.found, in_text=bool(text.strip()))
                self.found.clear()
                self.into.add(text, 0 if title else attribute_number(level))
            elif name == "list":
                own = attribute(child, "style-name") or style
                if attribute(child, "continue-numbering") != "true":
                    self.counts.pop((own, depth + 1), None)
                self._list(child, own, depth + 1)
            elif name == "table":
                rows = [row for row in child.iter() if local_name(row) == "table-row"]
                self.into.add_table(
                    [[self._cell(one) for one in row if "table-cell" in local_name(one)] for row in rows]
                )
            else:
                self.read(child, style, depth)

    def _list(self, node: etree._Element, style: str, depth: int) -> None:
        for item in node:
            if local_name(item) not in ("list-item", "list-header"):
                continue
            key = (style, depth)
            paragraph = first_child(item, "p") if first_child(item, "p") is not None else first_child(item, "h")
            if paragraph is not None and local_name(item) == "list-item":
                self.counts[key] = self.counts.get(key, 0) + 1
                before, form, after = self.lists.get(style, {}).get(depth, ("", "", ""))
                number = in_chinese(self.counts[key]) if form.startswith(("一", "壹")) else str(self.counts[key])
                paragraph.text = f"{before}{number if form else ''}{after}{paragraph.text or ''}"
            self.read(item, style, depth)

    def _pieces(self, node: etree._Element) -> Iterator[str]:
        yield node.text or ""
        for child in node:
            name = local_name(child)
            if name == "line-break":
                yield "\n"
            elif name == "tab":
                yield "\t"
            elif name == "s":
                count = attribute_number(attribute(child, "c"))
                yield " " * (1 if count is None else count)
            elif name not in _NOT_READ and not (name == "span" and attribute(child, "style-name") in self.hidden):
                self.found += [self.media.get(attribute(child, "href"), b"")] if name == "image" else []
                yield from self._pieces(child)
            yield child.tail or ""

    def _cell(self, node: etree._Element) -> str:
        return " ".join("".join(self._pieces(one)) for one in node.iter() if local_name(one) in ("p", "h"))


def read_open_document(data: bytes, name: str) -> SourceText:
    """Return the text of an OpenDocument. Raises Unreadable."""
    content_name, styles_name = (f"{name}.xml" for name in ("content", "styles"))
    parts = unpacked_parts(data, (content_name, styles_name, "META-INF/manifest.xml", *PICTURE_ENDINGS))
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Unreadable("import-encrypted")
    if content_name not in parts:
        raise Unreadable("import-corrupt")
    content = parse_part(parts[content_name])
    trees = [content, *(parse_part(parts[one]) for one in (styles_name,) if one in parts)]
    body = next((node for node in content.iter() if local_name(node) == "text" and node.tag.count("office")), None)
    if body is None:
        raise Unreadable("import-corrupt")
    styles = [node for tree in trees for node in tree.iter() if local_name(node) in ("list-style", "style")]
    reader = _OpenReader(
        {attribute(node, "name"): _levels(node) for node in styles if local_name(node) == "list-style"},
        frozenset(attribute(node, "name") for node in styles if _is_hidden(node)),
        parts,
        LineGatherer(name),
    )
    try:
        reader.read(body)
    except RecursionError as error:
        raise Unreadable("import-corrupt") from error
    return reader.into.done()


def _levels(style: etree._Element) -> Mapping[int, tuple[str, str, str]]:
    return {
        attribute_number(attribute(node, "level")) or 1: (
            attribute(node, "num-prefix"),
            attribute(node, "num-format"),
            attribute(node, "num-suffix"),
        )
        for node in style
        if local_name(node) == "list-level-style-number"
    }


def _is_hidden(style: etree._Element) -> bool:
    return attribute(first_child(style, "text-properties"), "display") == "none"
