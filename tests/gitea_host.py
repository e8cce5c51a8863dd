"""The calls of Gitea that the editor at ``/edit/`` makes: it reads all files, and commits to the one branch."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from code_host import BRANCH, DAY, REPOSITORY, Call, CodeHost, person


class Gitea(CodeHost):
    """A repository on a server of Gitea's."""

    api = "https://git.example.org/api/v1"

    def calls(self, login: str) -> list[Call]:
        repository = f"/repos/{REPOSITORY}"
        return [
            ("GET", "/user", lambda: person(login)),
            ("GET", "/version", lambda: {"version": "1.24.0"}),
            ("GET", "/settings/api", dict),
            ("GET", repository, lambda: {"permissions": {"pull": True}, "default_branch": BRANCH}),
            ("GET", rf"{repository}/branches/{BRANCH}", lambda: {"commit": {"id": self._head(), "message": "begin"}}),
            ("GET", rf"{repository}/git/trees/(\w+)", self.files),
            ("POST", rf"{repository}/file-contents", self._contents),
            ("POST", rf"{repository}/contents", self._change),
        ]

    def _head(self) -> str:
        return self.head(REPOSITORY, BRANCH)

    def _contents(self, files: list[str]) -> Any:
        read = {path: self.git("cat-file", "blob", f"{BRANCH}:{path}") for path in files}
        return [{"path": path, "encoding": "base64", "content": b64encode(read[path]).decode()} for path in files]

    def _change(self, files: list[dict[str, str]], message: str, **_: Any) -> Any:
        gone = [one["path"] for one in files if one["operation"] == "delete"]
        kept = [(one["path"], one["content"]) for one in files if one["operation"] != "delete"]
        made = self.write(self.ref(REPOSITORY, BRANCH), self._head(), kept, gone, message)
        saved = [{"path": path, "sha": self.told("rev-parse", f"{made}:{path}")} for path, _ in kept]
        return {"commit": {"sha": made, "created": DAY}, "files": saved}
