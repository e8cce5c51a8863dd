"""Documents of old formats (.doc, .wps, .rtf), which LibreOffice turns into .docx where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from .documents import Unreadable

_PATIENCE = 120  # seconds
_PROGRAMS = ("soffice", "libreoffice")
# Chinese and English text in a .doc, whose mark behind a cell is U+0007, and behind a row another one.
_STRETCH = re.compile(rb"(?:[ -~\x07\t\v\r]\x00|[\x00-\xff][\x20\x30\x4e-\x9f\xff])+")
_CELL, _ROW_END, _LINE_END = b"\x07\x00", b"\x07\x00\x07\x00", b"\r\x00"


def converted_by_office(data: bytes, name: str) -> bytes:
    """Return the bytes of a .docx made of a document. Macros do not run. Raises Unreadable."""
    made = _converted(data, name)
    said = _text(made)
    lost = {rows for rows in _last_tables(data) if rows.replace(_CELL, b"").decode("utf-16-le", "replace") in said}
    for rows in lost:
        data = data.replace(rows, rows.replace(_ROW_END, b"\t\x00\r\x00").replace(_CELL, b"\t\x00"))
    return _converted(data, name) if lost else made


def _converted(data: bytes, name: str) -> bytes:
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Unreadable("import-old-format")
    with TemporaryDirectory(prefix="gongbao-") as folder:
        source = Path(folder) / f"document{PurePosixPath(name).suffix.lower() or '.doc'}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        line = [program, profile, "--headless", "--norestore", "--convert-to", "docx", "--outdir", folder, str(source)]
        try:
            subprocess.run(line, capture_output=True, timeout=_PATIENCE, check=True, stdin=subprocess.DEVNULL)
            return (Path(folder) / "document.docx").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise Unreadable("import-not-converted") from error


def _last_tables(data: bytes) -> Iterator[bytes]:
    """Yield the rows of a .doc that no other paragraph follows, as far as they stand in one piece.

    LibreOffice may drop such a table, and runs its cells together: 4 and 8.5 would become 48.5.
    """
    for stretch in _STRETCH.findall(data):
        rows, end, _ = stretch.rpartition(_ROW_END)
        rows = rows.rpartition(_LINE_END)[2]
        if _CELL in rows:
            yield rows + end


def _text(document: bytes) -> str:
    """Return the text of a .docx, a line for each paragraph. Raises Unreadable."""
    try:
        with ZipFile(BytesIO(document)) as parts:
            markup = parts.read("word/document.xml").decode("utf-8")
    except (BadZipFile, KeyError, OSError, RuntimeError, UnicodeDecodeError) as error:
        raise Unreadable("import-not-converted") from error
    return unescape(re.sub("<[^>]*>", "", markup.replace("</w:p>", "\n")))
