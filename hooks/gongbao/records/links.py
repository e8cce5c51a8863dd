"""Which addresses a link may have: one decision for pages, feeds, Word, Markdown, data and checks.

Browsers read addresses more freely than Python does (URL Standard, WHATWG). They leave out control characters and
blanks, take ``\\`` for ``/``, and find another host in ``//x`` and ``https:x``. An address that two programs could read
in two ways is no link.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

OUTGOING_SCHEMES = {"http", "https", "mailto", "tel"}  # the schemes that links to other places may have
_SCHEME = re.compile(r"[^/?#]*?:")  # whatever stands before a colon, also where it is no word for a scheme
_SAFE_SIGNS = re.compile(r"[!#-;=?-\[\]_a-z{|}~^]*")  # of ASCII; without blanks, controls and "<>\`
_BLANKS = "\u0020\u3000"  # they may stand within the name of a file
_ODD = ("Cc", "Cf", "Cs", "Zl", "Zp")  # the categories of controls, invisible signs, halves of signs and line ends
_RUNS = re.compile("(?:javascript|vbscript|livescript|data|blob|filesystem):", re.IGNORECASE)
_WITH_HOST = re.compile(r"https?://[^/?#@%\s]*[^\W_][^/?#@%\s]*(?:[/?#]|$)", re.IGNORECASE)


def link_address(address: str, base: str = "") -> str:
    """Return an address as a link may have it, joined to ``base``, or an empty text if no link may have it.

    A link leads to another site by http or https, to a mailbox, to a telephone, or, without scheme and host, to a
    place in this site. A host without a scheme (``//x``) gets https. Blanks around the address do not count, as in a
    browser.
    """
    written = address.strip(" ")
    if written.startswith("//"):
        written = f"https:{written}"
    if not _may_be_link(written):
        return ""
    joined = urljoin(base, written) if base else written
    return joined if _may_be_link(joined) else ""


def leads_out(address: str) -> bool:
    """Whether an address that `link_address` returned leads to another place than this site."""
    return bool(_SCHEME.match(address))


def is_trap(address: str) -> bool:
    """Whether an address would run a script, or has signs that some programs leave out and others do not."""
    written = address.strip(" ")
    bare = "".join(sign for sign in written if not (sign.isspace() or _is_odd(sign)))
    return bool(_RUNS.match(bare)) or written != written.strip() or any(map(_is_odd, written))


@lru_cache(maxsize=4096)
def _may_be_link(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:  # //[x
        return False
    scheme = _SCHEME.match(address)
    if not scheme:
        return not address.startswith("//") and address == address.strip(_BLANKS) and _is_plain(address, _BLANKS)
    name = scheme[0][:-1].lower()
    return name in OUTGOING_SCHEMES and _is_plain(address) and (name[:4] != "http" or bool(_WITH_HOST.match(address)))


def _is_plain(address: str, blanks: str = "") -> bool:
    """Whether an address has only signs that every program reads alike. ``blanks`` may stand in it too."""
    if _SAFE_SIGNS.fullmatch(address):
        return True
    return all(
        sign in blanks or (_SAFE_SIGNS.fullmatch(sign) if sign.isascii() else not (sign.isspace() or _is_odd(sign)))
        for sign in address
    )


def _is_odd(sign: str) -> bool:
    return unicodedata.category(sign) in _ODD or is_no_character(sign)


def is_no_character(sign: str) -> bool:
    """Whether Unicode says that a code point will never be a character (U+FFFE, U+FDD0 …)."""
    number = ord(sign)
    return number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
