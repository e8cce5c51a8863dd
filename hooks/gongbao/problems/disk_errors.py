"""What is said where the disk does not take what is to be written: it is full, or another's."""

from __future__ import annotations

import errno

from .catalogue import LANGUAGES, Language, label

_OF_THE_DISK = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EFBIG, errno.EMFILE),
        *(errno.ENFILE, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENOTEMPTY, errno.EXDEV, errno.EBUSY),
    }
)


def disk_line(error: OSError, language: Language | None = None) -> str:
    """Return one line about an error of the disk, in all languages unless one is given; nothing for any other error.

    It names the folder or file, and says what to look for.
    """
    if error.errno not in _OF_THE_DISK:
        return ""
    values = {"reason": error.strerror, "name": error.filename or error.filename2 or ""}
    return " / ".join(label("site-not-written", one, **values) for one in ([language] if language else LANGUAGES))
