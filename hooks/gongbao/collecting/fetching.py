"""Files of a subordinate site, from where they lie: a folder, a commit in git, or the web. Only what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from ..archive import addresses
from ..git.asking import GitRefuses, ask_git
from ..records.subordinates import Where
from .site_packages import NotTaken

_SECONDS = 30  # for which a server may say nothing
_ALL_SECONDS = 600  # for all files of a site: a server that says a byte now and then would take for ever
_PIECE = 1_000_000  # bytes that are read at a time
LARGEST_COMMIT = 1_000_000_000  # bytes, packed: git sends the pages of a site with its data
_BLOCK = 512  # bytes, in which a shell counts (POSIX, ulimit)
# Git runs no program that an address names, asks nobody for a password, and waits for no server that says nothing.
_SAFE_GIT = (
    *("-c", "protocol.ext.allow=never", "-c", "core.askPass=true", "-c", "credential.helper="),
    *("-c", f"http.lowSpeedTime={_SECONDS}", "-c", "http.lowSpeedLimit=1000"),
    *("-c", f"core.sshCommand=ssh -oBatchMode=yes -oConnectTimeout={_SECONDS} -oServerAliveInterval=10"),
)

# Returns a file of the site's data, of ``limit`` bytes at most. Raises OSError where there is none, TooLong where it is
# longer.
FetchData = Callable[[str, int], bytes]


class TooLong(Exception):
    """A file is longer than it may be. The exception's text is its name."""


@contextmanager
def fetching(where: Where, project: Path) -> Iterator[FetchData]:
    """Yield what fetches files of a site. A path is one from the project's folder.

    Raises OSError, and NotTaken for a commit that is too large.
    """
    if where.git and where.commit:
        with TemporaryDirectory() as name:
            yield _from_git(where.git, where.commit, where.path or "", Path(name), project)
    elif where.url:
        yield _from_web(where.url)
    else:
        yield _from_folder((project / (where.path or "")).resolve())


def _limited(name: str, data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise TooLong(name)
    return data


def _from_folder(site: Path) -> FetchData:
    def fetch(name: str, limit: int) -> bytes:
        path = site / addresses.data_file(name)
        if not path.resolve().is_relative_to(site) or not path.is_file():  # a link out of the site, or a device
            raise FileNotFoundError(name)
        with path.open("rb") as file:
            return _limited(name, file.read(limit + 1), limit)

    return fetch


def _from_git(address: str, commit: str, folder: str, scratch: Path, project: Path) -> FetchData:
    blocks = LARGEST_COMMIT // _BLOCK
    # What git fetches is one file, and git's own shell has the system stop whoever makes a file too large.
    bounded = ("-c", "fetch.unpackLimit=1", "-c", f"alias.bounded=!ulimit -f {blocks}; git", "bounded")
    try:
        ask_git(scratch, "init", "-q", "--bare")
        source = address if ":" in address else str((project / address).resolve())
        fetch_it = ("fetch", "-q", "--depth=1", "--no-tags", "--", source, commit)
        ask_git(scratch, *_SAFE_GIT, *bounded, *fetch_it, seconds=_ALL_SECONDS)
    except GitRefuses as error:
        if any(file.stat().st_size >= blocks * _BLOCK for file in scratch.glob("objects/pack/*")):
            raise NotTaken(
                "hostile", "collect-large-commit", commit=commit, megabytes=LARGEST_COMMIT // 10**6
            ) from error
        raise FileNotFoundError(str(error)) from error

    def fetch(name: str, limit: int) -> bytes:
        blob = f"FETCH_HEAD:{PurePosixPath(folder) / addresses.data_file(name)}"
        try:
            size = int(ask_git(scratch, "cat-file", "-s", blob))
            if size > limit:
                raise TooLong(name)
            return ask_git(scratch, "cat-file", "blob", blob)
        except GitRefuses as error:
            raise FileNotFoundError(str(error)) from error

    return fetch


class _SameKind(HTTPRedirectHandler):
    """Follows no way from https to http, and none out of the web."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        """Return the request that follows, or none."""
        if not newurl.startswith(("https://", "http://") if req.type == "http" else "https://"):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _from_web(site: str) -> FetchData:
    opener = OpenerDirector()
    kinds = (ProxyHandler, HTTPHandler, HTTPSHandler, _SameKind, HTTPErrorProcessor, HTTPDefaultErrorHandler)
    for kind in kinds:  # neither files nor ftp
        opener.add_handler(kind())
    base = f"{site.rstrip('/')}/"
    until = monotonic() + _ALL_SECONDS

    def fetch(name: str, limit: int) -> bytes:
        address = urljoin(base, quote(addresses.data_file(name)))
        request = Request(address, headers={"Accept-Encoding": "identity"})  # nothing is unpacked, so nothing bursts
        try:
            with opener.open(request, timeout=_SECONDS) as answer:
                data = b""
                while len(data) <= limit and (piece := answer.read1(_PIECE)):
                    data += piece
                    if monotonic() > until:
                        raise TimeoutError(name)
                return _limited(name, data, limit)
        except HTTPException as error:
            raise OSError(str(error)) from error
        except HTTPError as error:
            raise FileNotFoundError(f"HTTP {error.code}") from error
        except URLError as error:
            raise OSError(str(error.reason)) from error

    return fetch
