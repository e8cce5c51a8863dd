"""Hold a published copy of a site against its manifest, file by file: ``gongbao verify DIR|URL``.

With ``--root`` the manifest itself is held against its time stamp, offline.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

import click

from ..archive import addresses
from ..data.package import SIGNATURE_FILE
from ..problems.catalogue import both, label
from ..problems.terminal import Meter
from ..site.files import files_in
from ..site.manifest import MANIFEST, FileDigest, listed_files
from ..site.timestamps import STAMP, WrongStamp, stamped_at
from .timestamp import ROOT

_AT_ONCE = 8  # requests to a web server
_SECONDS = 30  # for which a server may say nothing
_BESIDE = frozenset({MANIFEST, STAMP, addresses.data_file(SIGNATURE_FILE)})  # made of the site when it is there

Fetch = Callable[[str], bytes]  # returns a file of the copy. Raises FileNotFoundError or another OSError.


def verify(place: str, root: Path | None = None) -> int:
    """Report each file that differs, is missing, or is not in the manifest. Returns 1 if there is any, else 0.

    With the root certificates (PEM) of a time stamping authority, a manifest without a sound stamp of it counts too.
    """
    web = place.startswith(("https://", "http://"))
    fetch = _from_web(place) if web else _from_folder(Path(place))
    try:
        manifest = fetch(MANIFEST)
        files = listed_files(manifest)
    except (OSError, ValueError) as error:
        print(label("verify-no-manifest", "zh", place=place, reason=error), file=sys.stderr)
        return 1
    there = {} if web else files_in(Path(place))
    faults = {name: fault for name, fault in _compared(files, fetch) if fault}
    faults |= dict.fromkeys(there.keys() - files.keys() - _BESIDE, "verify-extra")
    for name, fault in sorted(faults.items()):
        print(label(fault, "zh", file=name.encode("unicode_escape").decode() if not name.isprintable() else name))
    print(label("verify-faults" if faults else "verify-sound", "zh", count=len(files), faults=len(faults)))
    stamped = root is None or _is_stamped(fetch, manifest, root)
    return 0 if stamped and not faults else 1


def _is_stamped(fetch: Fetch, manifest: bytes, root: Path) -> bool:
    """Tell since when a manifest has been there by its stamp, or what is wrong with the stamp."""
    try:
        time = stamped_at(fetch(STAMP), manifest, root.read_bytes())
    except ImportError:
        print(label("timestamp-library", "zh"), file=sys.stderr)
    except (OSError, WrongStamp) as error:
        print(label("verify-stamp-wrong", "zh", file=STAMP, reason=error), file=sys.stderr)
    else:
        print(label("verify-stamped", "zh", time=f"{time:%Y-%m-%d %H:%M:%S} UTC"))
        return True
    return False


def _compared(files: Mapping[str, FileDigest], fetch: Fetch) -> Iterator[tuple[str, str]]:
    """Yield each file with the label of what is wrong with it, or with an empty text."""
    meter = Meter()

    def fault_of(name: str) -> str:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            return "verify-outside"
        try:
            return "" if FileDigest.of(fetch(name)) == files[name] else "verify-differs"
        except FileNotFoundError:
            return "verify-missing"
        except OSError:
            return "verify-unreadable"

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done, (name, fault) in enumerate(zip(files, pool.map(fault_of, files), strict=True), start=1):
            meter("verify-reading", len(files), done)
            yield name, fault


def _from_folder(folder: Path) -> Fetch:
    return lambda name: (folder / name).read_bytes()


def _from_web(site: str) -> Fetch:
    """Return how a file is fetched from a web server, as the bytes that the server has and not packed by it."""
    base = f"{site.rstrip('/')}/"

    def fetch(name: str) -> bytes:
        request = Request(urljoin(base, quote(name)), headers={"Accept-Encoding": "identity"})
        try:
            with urlopen(request, timeout=_SECONDS) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as error:
            if error.code in (404, 410):
                raise FileNotFoundError(name) from error
            raise

    return fetch


@click.command(help=both("command-verify"))
@click.argument("place", metavar="DIR|URL")
@click.option("--root", metavar="FILE", envvar=ROOT, type=click.Path(path_type=Path), help=both("option-tsa-root"))
def command(place: str, root: Path | None) -> None:
    """Verify the copy at a place."""
    sys.exit(verify(place, root))
