"""What is said where the disk does not take or give what it should: it is full, read-only, or another's."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from .catalogue import LANGUAGES, Language, label

_KINDS: Mapping[int, str] = {
    errno.ENOSPC: "full",  # no blocks, or no inodes
    errno.EDQUOT: "full",
    errno.EROFS: "read-only",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
}
_OTHERS = frozenset(
    {
        *(errno.EIO, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ESTALE),
        *(errno.ENOTEMPTY, errno.EXDEV, errno.EBUSY, errno.EEXIST, errno.ENOENT, errno.ENAMETOOLONG),
    }
)


def disk_line(error: OSError, language: Language | None = None) -> str:
    """Return one line about an error of the disk, in all languages unless one is given; nothing for any other error.

    It says what is wrong with which folder or file, and what to do.
    """
    kind = _KINDS.get(error.errno or 0, "other" if error.errno in _OTHERS else "")
    if not kind:
        return ""
    # Where a file is copied, linked or renamed, the second name is that of the place that did not take it.
    values = {"reason": error.strerror, "name": error.filename2 or error.filename or "."}
    return " / ".join(label(f"disk-{kind}", one, **values) for one in ([language] if language else LANGUAGES))


def disk_reason(error: OSError, language: Language) -> str:
    """Return in a few words what is wrong, for another sentence."""
    kind = _KINDS.get(error.errno or 0)
    return label(f"reason-{kind}", language) if kind else error.strerror or type(error).__name__
