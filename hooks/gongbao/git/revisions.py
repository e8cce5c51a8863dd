"""Earlier versions of the records, taken from git."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .asking import GitRefuses, ask_git, has_no_commit, has_own_repository, is_shallow, names
from .blobs import contents
from .tracked import tracked


class UnknownRevision(Exception):
    """There is no git, no repository or no such revision. The exception's text is git's message.

    ``missing`` is the name of the label that says what the repository lacks of its past, if that is why.
    """

    def __init__(self, reason: str, missing: str = "") -> None:
        super().__init__(reason)
        self.missing = missing


def unpack(project: Path, folder: str, revision: str, into: Path) -> Mapping[str, str]:
    """Write the files that ``project/folder`` held at a revision to ``into/folder``, which may then be empty.

    Returns the files that were renamed since: their present paths by the earlier ones. Nothing was held before a
    repository's first commit. A submodule is asked for the commit that the repository names; a folder that is a
    repository of its own, of which the project's knows nothing, for the revision. Raises UnknownRevision.
    """
    (into / folder).mkdir()
    own = project / folder
    try:
        if has_own_repository(own) and not tracked(project, folder):
            commit = _commit(own, revision)
            renames = _unpack(own, ".", commit, into / folder) if commit else {}
            return {f"{folder}/{before}": f"{folder}/{now}" for before, now in renames.items()}
        commit = _commit(project, revision)
        return _unpack(project, folder, commit, into) if commit else {}
    except GitRefuses as refused:
        raise UnknownRevision(str(refused), "revision-partial" if _is_partial(project) else "") from refused


def _commit(repository: Path, revision: str) -> str:
    """Return the name of a revision's commit; an empty name if there is no commit yet. Raises UnknownRevision.

    A CI names a branch's commit before its first push by zeros.
    """
    if set(revision) == {"0"}:
        return ""
    try:
        asked = ("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        return ask_git(repository, *asked).decode().strip()
    except GitRefuses as refused:
        if has_no_commit(repository):
            return ""
        missing = "revision-shallow" if is_shallow(repository) else ""
        raise UnknownRevision(_why_unknown(repository, revision) or str(refused), missing) from refused


def _why_unknown(repository: Path, revision: str) -> str:
    """Return git's reason for not knowing a revision; ``rev-parse`` says only that it needs one."""
    try:
        ask_git(repository, "rev-list", "-1", "--end-of-options", revision, "--")
    except GitRefuses as refused:
        return str(refused)
    return ""


def _unpack(repository: Path, folder: str, commit: str, into: Path) -> dict[str, str]:
    """Write the files that a commit has below a folder of a repository, and those of the submodules there.

    Returns the renamed files.
    """
    files: dict[str, str] = {}
    links: dict[str, str] = {}
    renames = _renamed(repository, folder, commit)
    for entry in names(ask_git(repository, "ls-tree", "-r", "-z", commit, "--", folder)):
        about, _, name = entry.partition("\t")
        mode, kind, number = about.split()
        if kind == "blob":
            (links if mode == "120000" else files)[name] = number
        elif has_own_repository(repository / name):
            below = _unpack(repository / name, ".", number, into / name)
            renames |= {f"{name}/{before}": f"{name}/{now}" for before, now in below.items()}
    blobs = {*files.values(), *links.values()}
    content = contents(repository, blobs)
    if lacking := blobs - content.keys():
        raise UnknownRevision(f"{min(lacking)} missing", "revision-partial")
    for name, blob in files.items():
        _parent_made(into / name).write_bytes(content[blob])
    for name, blob in links.items():
        _parent_made(into / name).symlink_to(content[blob].decode("utf-8", "surrogateescape"))
    return renames


def _is_partial(folder: Path) -> bool:
    """Whether the repository was cloned without the contents of files, which git then asks the remote for."""
    try:
        return bool(ask_git(folder, "config", "--get-regexp", r"^remote\..*\.promisor$"))
    except GitRefuses:
        return False


def _parent_made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _renamed(repository: Path, folder: str, commit: str) -> dict[str, str]:
    """Return the files below a folder that were renamed since a commit: their present paths by the earlier ones."""
    asked = ("diff", "--name-status", "-M", "--diff-filter=R", "--relative", "-z", commit, "--", folder)
    fields = names(ask_git(repository, *asked))
    return {fields[at + 1]: fields[at + 2] for at in range(0, len(fields), 3)}
