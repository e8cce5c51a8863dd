"""Documents that are packed folders of XML (.docx, .odt): opened with a limit on what comes out of them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree  # type: ignore[import-untyped]

from .documents import Unreadable

PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".PNG", ".JPG", ".JPEG")
_LARGEST = 200_000_000  # bytes of one part: 1,000 pages of text are about ten million
_PARTS = 20_000
_ENCRYPTED = 1  # the bit of a packed file's flags that says so
_WHOLE = re.compile("[0-9]{1,5}")  # Word counts to 32767


def unpacked_parts(data: bytes, suffixes: tuple[str, ...]) -> Mapping[str, bytes]:
    """Return the parts of a packed document whose names end so, by name. Raises Unreadable."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                raise Unreadable("import-encrypted")
            wanted = [part for part in parts if part.filename.endswith(suffixes)]
            if len(parts) > _PARTS or sum(part.file_size for part in wanted) > _LARGEST:
                raise Unreadable("import-too-large")
            return {part.filename: packed.read(part) for part in wanted}
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, OSError, ValueError) as error:
        raise Unreadable("import-corrupt") from error


def parse_part(data: bytes) -> etree._Element:
    """Return the tree of a part. Entities stay as they are, and nothing is fetched. Raises Unreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("import-corrupt") from error
    if tree.getroottree().docinfo.doctype:
        raise Unreadable("import-corrupt")  # no office program writes a document type into its parts
    return tree


def local_name(node: etree._Element) -> str:
    """Return the name of a node without its namespace; empty for what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: etree._Element | None, name: str) -> str:
    """Return an attribute by its name without namespace, or an empty text."""
    if node is None:
        return ""
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), "")


def attribute_number(text: str) -> int | None:
    """Return the number that an attribute says, or None if it says none: ``many``, ``²``, or one of 20 digits."""
    return int(text) if _WHOLE.fullmatch(text) else None


def first_child(node: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of a name without namespace, or None."""
    return None if node is None else next((child for child in node if local_name(child) == name), None)
