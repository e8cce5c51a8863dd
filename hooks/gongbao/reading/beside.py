"""The files beside records: only kinds that are allowed, with the content that their names tell."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..problems.problem import Mark, Problem
from ..records.file_kinds import begins_as, ending_of, kind_of, may_run


def attachment_problems(
    names: Iterable[str], heads: Mapping[str, bytes], allowed: Collection[str], root: str
) -> Iterator[Problem]:
    """Yield a problem for each attachment that may not be published.

    ``names`` are paths in ``content/``, which problems name ``root``. ``heads`` has the first bytes of each file,
    ``allowed`` the endings that the site allows.
    """
    for path in names:
        name = posixpath.basename(path)
        if problem := _problem(name, heads.get(path), allowed):
            rule, values = problem
            yield Problem(f"{root}/{path}", Mark(), rule, written=path, values=values)


def _problem(name: str, head: bytes | None, allowed: Collection[str]) -> tuple[str, Mapping[str, str]] | None:
    """Return the rule that an attachment breaks, and what its texts need; None if there is nothing wrong."""
    ending = ending_of(name)
    if may_run(name):
        return "file.active", {}
    if ending not in allowed:
        return "file.ending", {"allowed": "、".join(allowed)}
    if head == b"":
        return "file.empty", {}
    if head is not None and not begins_as(ending, head):
        return "file.content", {"ending": ending, "kind": kind_of(head) or "?"}
    return None
