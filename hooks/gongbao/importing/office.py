"""Documents of old formats (.doc, .wps, .rtf), which LibreOffice turns into .docx where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from .documents import Unreadable

_PATIENCE = 120  # seconds
_PROGRAMS = ("soffice", "libreoffice")


def converted_by_office(data: bytes, name: str) -> bytes:
    """Return the bytes of a .docx made of a document. Macros do not run. Raises Unreadable."""
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
