"""Texts without a format of their own: plain text in any Chinese encoding, Markdown, and pages of the web."""

from __future__ import annotations

import re

from lxml import etree, html  # type: ignore[import-untyped]

from .documents import LineGatherer, SourceText, Unreadable

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_USUAL = re.compile("[，。、的]")  # one of these is in every Chinese text
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"[\s|:\-]+")
_SPACE = re.compile(r"\s+")
_LARGEST = 50_000_000  # bytes
_NOT_READ = frozenset(
    {"script", "style", "head", "template", "noscript", "del", "s", "nav", "iframe", "object", "button"}
)
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "section", "article", "header", "footer", "main", "blockquote", "body", "html"}
    | {"dl", "dt", "dd", "pre", "figure", "figcaption", "address", "center", "form"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def decoded_text(data: bytes) -> str:
    """Return the text of bytes in UTF-8, GB18030, UTF-16 or Big5, without a byte-order mark. Raises Unreadable."""
    if len(data) > _LARGEST:
        raise Unreadable("import-too-large")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        likely = ["utf-16"]
    elif b"\0" in data:  # half of every Latin letter and line end in UTF-16
        likely = ["utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le"]
    else:
        likely = ["utf-8-sig", "gb18030", "big5"]
    texts = [text for encoding in likely if (text := _decoded(data, encoding)) is not None]
    if not texts:
        raise Unreadable("import-encoding")
    text = next((one for one in texts if _USUAL.search(one)), texts[0])
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return the text of bytes, or None if they are no text in this encoding."""
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text


def read_plain(data: bytes, name: str) -> SourceText:
    """Return a plain text. Raises Unreadable."""
    into = LineGatherer(name)
    for line in decoded_text(data).split("\n"):
        into.add(line)
    return into.done()


def read_markdown(data: bytes, name: str) -> SourceText:
    """Return a text in Markdown, without the signs of headings and tables. Raises Unreadable."""
    into, rows = LineGatherer(name), list[list[str]]()
    for line in [*decoded_text(data).split("\n"), ""]:
        if line.lstrip().startswith("|") and line.rstrip().endswith("|"):
            if not _RULE.fullmatch(line):
                rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            into.add_table(rows)
            rows = []
        heading = _HEADING.fullmatch(line)
        into.add(heading[2] if heading else line.replace("**", ""), len(heading[1]) if heading else None)
    return into.done()


def read_web_page(data: bytes, name: str) -> SourceText:
    """Return the text of a page of the web as its readers see it. Raises Unreadable."""
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:2000])
    try:
        text = data.decode(declared[1].decode()) if declared else decoded_text(data)
    except (LookupError, UnicodeError):
        text = decoded_text(data)
    try:
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), ensure_head_body=True)
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("import-corrupt") from error
    page = _WebReader(LineGatherer(name))
    try:
        page.read(tree, None)
    except RecursionError as error:
        raise Unreadable("import-corrupt") from error
    page.flush(None)
    return page.into.done()


class _WebReader:
    """Reads a page; ``line`` is what was read of the block that is open."""

    def __init__(self, into: LineGatherer) -> None:
        self.into, self.line = into, ""

    def flush(self, level: int | None) -> None:
        self.into.add("\n".join(_SPACE.sub(" ", one).strip() for one in self.line.split("\n")), level)
        self.line = ""

    def read(self, node: etree._Element, level: int | None) -> None:
        name = node.tag if isinstance(node.tag, str) else ""
        if not name or name in _NOT_READ or "hidden" in node.attrib or _HIDDEN.search(node.get("style") or ""):
            return
        if name == "table":
            self.flush(level)
            rows = [
                [_SPACE.sub(" ", str(cell.text_content())).strip() for cell in row if cell.tag in ("td", "th")]
                for row in node.iter("tr")
            ]
            self.into.add_table(rows)
            return
        heading = int(name[1]) if re.fullmatch("h[1-6]", name) else None
        block = heading is not None or name in _BLOCKS
        if block:
            self.flush(level)
        if name == "br":
            self.line += "\n"
        self.into.left_out += name == "img"
        own = heading if heading is not None else level
        self.line += _SPACE.sub(" ", node.text or "")
        for child in node:
            self.read(child, own)
            self.line += _SPACE.sub(" ", child.tail or "")
        if block:
            self.flush(own)
