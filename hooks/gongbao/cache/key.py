"""The key with which kept files are signed. It lies outside of every project.

Whoever can write into a project, or into a cache that machines share, can therefore not make files that the program
takes for its own. A machine without the key reads nothing, and makes everything anew.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from platformdirs import user_cache_path

# Machines that are set up anew for each run, as those of GitHub and GitLab, can be given a key of their own here.
VARIABLE = "GONGBAO_CACHE_KEY"
_LENGTH = 32


def signing_key() -> bytes | None:
    """Return the key of the variable, or this user's own of 32 bytes. None where nothing can be written for them."""
    given = os.environ.get(VARIABLE)
    return given.encode("utf-8", "surrogateescape") if given else _own(_place())


def key_lies_in(project: Path) -> bool:
    """Whether a project holds the key itself, so that a signature would say nothing."""
    return not os.environ.get(VARIABLE) and Path(os.path.realpath(_place())).is_relative_to(os.path.realpath(project))


def _place() -> Path:
    return user_cache_path("gongbao") / "key"


@cache
def _own(path: Path) -> bytes | None:
    """Return this user's key, which is made where there is none."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent) as file:  # only this user may read it
                file.write(secrets.token_bytes(_LENGTH))
                file.flush()
                _link_new(file.name, path)
        key = path.read_bytes()
    except OSError:
        return None
    return key if len(key) == _LENGTH else None


def _link_new(source: str, target: Path) -> None:
    """Put a file at a path, whole, unless another process has been quicker."""
    with suppress(FileExistsError):
        os.link(source, target)
