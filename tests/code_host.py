"""A host of code, as far as the editor at ``/edit/`` speaks with one, over a real repository.

No package registry has a server of Gitea's, Forgejo's or GitLab's. `github_host` and `gitea_host` answer the calls that
the editor makes, as the documentation of those hosts has them. The browser's calls are answered before they leave it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Route

REPOSITORY, BRANCH, DAY = "union/gongbao", "main", "2014-08-23T08:00:00Z"
_AUTHOR = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

Call = tuple[str, str, Callable[..., Any]]  # a method, a pattern of paths, and what answers


class Refused(Exception):
    """The host does not do what is asked; the text says why."""


class CodeHost:
    """The host of one repository, ``folder``, with those who have a token: by token the login of each.

    ``members`` may write to the repository. ``refused`` has what was asked for and not there.
    """

    api = ""

    def __init__(self, folder: Path, people: Mapping[str, str], members: set[str]) -> None:
        self.folder, self.people, self.members = folder, people, members
        self.refused: list[str] = []

    def calls(self, login: str) -> list[Call]:
        """The calls that somebody may make. What answers gets the pattern's groups and the fields of the body."""
        raise NotImplementedError

    def serve(self, context: BrowserContext) -> None:
        """Answer what a browser asks."""
        context.route(f"{self.api}/**", self._route)

    def _route(self, route: Route) -> None:
        call = route.request
        login = self.people.get(call.headers.get("authorization", "").removeprefix("token "))
        status: int = 401
        made: Any = {"message": "Bad credentials"}
        if login:
            try:
                status, made = 200, self._answer(login, call.method, call.url.removeprefix(self.api), call.post_data)
            except Refused as error:
                self.refused.append(f"{call.method} {call.url} {error}")
                status, made = 404, {"message": str(error)}
        route.fulfill(
            status=status,
            body=made if isinstance(made, bytes) else json.dumps(made),
            content_type="application/octet-stream" if isinstance(made, bytes) else "application/json",
            headers={"Access-Control-Allow-Origin": "*"},
        )

    def _answer(self, login: str, method: str, path: str, body: str | None) -> Any:
        for wanted, pattern, act in self.calls(login):
            if found := re.fullmatch(rf"{pattern}(?:\?.*)?", path) if method == wanted else None:
                return act(*found.groups(), **json.loads(body or "{}"))
        raise Refused("no such call")

    # ---- The repository ----

    def git(self, *arguments: str, data: bytes = b"", **more: str) -> bytes:
        environment = {**os.environ, **_AUTHOR, **more}
        done = subprocess.run(["git", *arguments], cwd=self.folder, input=data, capture_output=True, env=environment)
        if done.returncode:
            raise Refused(done.stderr.decode())
        return done.stdout

    def told(self, *arguments: str, **more: str) -> str:
        return self.git(*arguments, data=b"", **more).decode().strip()

    def ref(self, repository: str, branch: str) -> str:
        """The name of a branch in git. The branches of a fork lie apart in the one repository."""
        return f"refs/heads/{branch}" if repository == REPOSITORY else f"refs/forks/{repository}/{branch}"

    def head(self, repository: str, branch: str) -> str:
        """The commit of a branch."""
        return self.told("rev-parse", "--verify", "--quiet", self.ref(repository, branch))

    def files(self, commit: str) -> Any:
        """All files of a commit."""
        told = self.told("ls-tree", "-rlz", commit).split("\0")
        lines = [re.split(r"\s+", line, maxsplit=4) for line in told if line]
        return {"tree": [{"type": kind, "sha": oid, "size": int(size), "path": at} for _, kind, oid, size, at in lines]}

    def write(self, ref: str, before: str, files: Iterable[tuple[str, str]], gone: Iterable[str], message: str) -> str:
        """Commit files, by path in base 64, to a branch whose head is ``before``; refuse where it has moved."""
        index = {"GIT_INDEX_FILE": str(self.folder / ".git" / "index-of-host")}
        self.told("read-tree", before, **index)
        for path in gone:
            self.told("update-index", "--force-remove", "--", path, **index)
        for path, content in files:
            oid = self.git("hash-object", "-w", "--stdin", data=b64decode(content)).decode().strip()
            self.told("update-index", "--add", "--cacheinfo", f"100644,{oid},{path}", **index)
        made = self.told("commit-tree", self.told("write-tree", **index), "-p", before, "-m", message)
        self.told("update-ref", ref, made, before)
        return made


def person(login: str) -> Mapping[str, Any]:
    return {"id": 1, "name": login, "login": login, "email": "a@example.org", "avatar_url": "", "html_url": ""}
