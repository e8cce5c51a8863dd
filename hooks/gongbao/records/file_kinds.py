"""The kinds of files that may lie beside a record, each known by its ending and by how its content begins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

HEAD = 2048  # bytes from a file's beginning that tell what it is; browsers look at 1445 of them

_PNG, _JPEG, _TIFF = (b"\x89PNG\r\n\x1a\n",), (b"\xff\xd8\xff",), (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_ZIP, _OLE, _RTF = (b"PK\x03\x04", b"PK\x05\x06"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",), (b"{\\rtf",)
_RIFF, _ISO = b"RIFF....", b"\0\0..ftyp"  # a point stands for any byte
_MP3 = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")
_BRANDS = {b"avif": "avif", b"avis": "avif", b"M4A ": "m4a"} | dict.fromkeys(
    (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"), "heic"
)
_ANY_TEXT: tuple[bytes, ...] = ()

# The beginnings of each kind by its ending. Documents of office programs are ZIP or OLE files.
BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    **{"png": _PNG, "jpg": _JPEG, "jpeg": _JPEG, "gif": (b"GIF87a", b"GIF89a"), "webp": (_RIFF + b"WEBP",)},
    **{"bmp": (b"BM",), "tif": _TIFF, "tiff": _TIFF, "avif": (_ISO,), "heic": (_ISO,), "heif": (_ISO,)},
    **{"pdf": (b"%PDF-",), "ofd": _ZIP, "rtf": _RTF},
    **{"doc": _OLE + _RTF, "xls": _OLE, "ppt": _OLE, "wps": _OLE + _ZIP, "et": _OLE + _ZIP, "dps": _OLE + _ZIP},
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"), _ZIP),
    **{"7z": (b"7z\xbc\xaf\x27\x1c",), "rar": (b"Rar!\x1a\x07",), "gz": (b"\x1f\x8b",)},
    **{"mp3": _MP3, "wav": (_RIFF + b"WAVE",), "mp4": (_ISO,), "m4a": (_ISO,)},
    **dict.fromkeys(("txt", "csv", "tsv", "json"), _ANY_TEXT),
}
# Endings that a browser, a server or a computer takes for a page or a program, also before another ending.
_RUNNING = re.compile(
    r"[xps]?html?|xht|stm|mht|mhtml|svgz?|xml|xslt?|xsd|xbl|xul|mml|mathml|rdf|atom|rss|m?js|cjs|jsx?|jse|vb[se]?|ws[fh]"
    r"|wasm|swf|jar|jnlp|hta|htc|asis|var"
    r"|php\d?|phtml|phar|aspx?|as[chm]x|jspx?|cfm|cgi|fcgi|pl|py|rb|sh|bash|exe|scr|msi|bat|cmd|ps1|lnk|url|dll|reg|htaccess"
)
_YAML = re.compile(r"\.ya?ml(?:\.[a-z]{1,5})?$", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<[!?/A-Za-z]")
_NOT_IN_TEXTS = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1c-\x1f]")  # but DOS ends a text with 1A
_SURE = 4  # so many bytes no text begins with by chance


def is_markdown(path: str) -> bool:
    """Whether a record's file is Markdown with front matter, and not plain YAML. Another ending may follow its own."""
    return not _YAML.search(path)


def ending_of(name: str) -> str:
    """Return the ending of a file's name in lower case, without its dot, or an empty text."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if stem and dot else ""


def may_run(name: str) -> bool:
    """Whether an ending of a file's name, the last or one before it, stands for a page or a program.

    Wide letters count as plain ones (Unicode's normal form KC), and blanks and dots at the end do not count.
    """
    _, *endings = unicodedata.normalize("NFKC", name).lower().rstrip(". ").split(".")
    return any(_RUNNING.fullmatch(ending.strip()) for ending in endings)


def begins_as(ending: str, head: bytes) -> bool:
    """Whether a file's first bytes are those of the kind that its ending tells. The ending is in `BEGINNINGS`."""
    beginnings = BEGINNINGS[ending]
    return any(_fits(head, one) for one in beginnings) if beginnings else _is_text(head)


def kind_of(head: bytes) -> str:
    """Return an ending that fits a file's first bytes, ``html`` for a page's, or an empty text."""
    if _fits(head, _ISO):
        return _BRANDS.get(head[8:12], "mp4")
    found = next((ending for ending, ones in BEGINNINGS.items() if any(_fits(head, one) for one in ones)), "")
    return found or ("html" if _MARKUP.match(_decoded(head)) else "")


def _fits(head: bytes, beginning: bytes) -> bool:
    pairs = zip(head, beginning, strict=False)
    return len(head) >= len(beginning) and all(wanted in (byte, 0x2E) for byte, wanted in pairs)


def _is_text(head: bytes) -> bool:
    """Whether a file begins as a text that no browser takes for anything else (MIME Sniffing Standard, WHATWG)."""
    text = _decoded(head)
    if not text.strip() or _NOT_IN_TEXTS.search(text) or _MARKUP.match(text):
        return False
    others = (one for ones in BEGINNINGS.values() for one in ones)
    return not any(_fits(head, one) for one in others if len(one) >= _SURE or one[0] == 0xFF)


def _decoded(head: bytes) -> str:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.decode("utf-16" if wide else "utf-8", errors="replace").lstrip("\ufeff")
