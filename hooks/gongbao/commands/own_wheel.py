"""The program that is running as a wheel (PEP 427), so that a site can carry the very program that laid it out.

A requirement that names a file asks no package index, where anybody may have taken the name. Building the wheel as pip
would, in an environment of its own, would need the network.
"""

from __future__ import annotations

import tomllib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.metadata import distribution
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .. import __version__

NAME = f"gongbao-{__version__}-py3-none-any.whl"
_PACKAGE = Path(__file__).parent.parent
_INFO = f"gongbao-{__version__}.dist-info"
_LICENCE = "licenses/LICENSE"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of all days that a zip file can hold, so that equal programs make equal wheels


def own_wheel() -> bytes:
    """Return the wheel of the running program. Its metadata are those that it was installed with, or the repository's.

    Raises OSError.
    """
    files = {f"gongbao/{name}": data for name, data in _package()} | _metadata()
    record = "".join(f"{name},{_digest(data)},{len(data)}\n" for name, data in files.items())
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as wheel:
        for name, data in {**files, f"{_INFO}/RECORD": f"{record}{_INFO}/RECORD,,\n".encode()}.items():
            entry = ZipInfo(name, _EARLIEST)
            entry.external_attr, entry.compress_type = 0o100644 << 16, ZIP_DEFLATED
            wheel.writestr(entry, data)
    return packed.getvalue()


def _package() -> Iterator[tuple[str, bytes]]:
    for path in sorted(_PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(_PACKAGE).as_posix(), path.read_bytes()


def _metadata() -> dict[str, bytes]:
    project = _PACKAGE.parent.parent / "pyproject.toml"
    if project.is_file():
        about = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
        texts = {"METADATA": _lines(_described(about)), "entry_points.txt": _lines(_entries(about))}
        texts[_LICENCE] = project.with_name("LICENSE").read_text(encoding="utf-8")
    else:
        installed = distribution("gongbao")
        texts = {name: installed.read_text(name) or "" for name in ("METADATA", "entry_points.txt", _LICENCE)}
    texts["WHEEL"] = "Wheel-Version: 1.0\nGenerator: gongbao\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    return {f"{_INFO}/{name}": text.encode() for name, text in texts.items()}


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _described(about: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of METADATA for ``[project]`` of a ``pyproject.toml``."""
    yield from ("Metadata-Version: 2.4", f"Name: {about['name']}", f"Version: {about['version']}")
    yield from (f"Summary: {about['description']}", f"License-Expression: {about['license']}")
    yield from ("License-File: LICENSE", f"Requires-Python: {about['requires-python']}")
    yield from (f"Requires-Dist: {needed}" for needed in about["dependencies"])
    for extra, several in about["optional-dependencies"].items():
        yield f"Provides-Extra: {extra}"
        yield from (f'Requires-Dist: {needed}; extra == "{extra}"' for needed in several)


def _entries(about: Mapping[str, Any]) -> Iterator[str]:
    groups = {"console_scripts": about["scripts"], **about["entry-points"]}
    for group, entries in groups.items():
        yield f"[{group}]"
        yield from (f"{name} = {value}" for name, value in entries.items())


def _digest(data: bytes) -> str:
    return f"sha256={urlsafe_b64encode(sha256(data).digest()).rstrip(b'=').decode()}"
