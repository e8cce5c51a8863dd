"""The calls of GitHub that the editor at ``/edit/`` makes: files, requests to merge with their previews, and forks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from code_host import BRANCH, DAY, REPOSITORY, Call, CodeHost, Refused, person
from graphql_answers import answer

_CHANGES = {"A": "ADDED", "M": "MODIFIED", "D": "DELETED"}
_NAME = REPOSITORY.split("/")[1]


@dataclass
class Request:
    """A request to merge a branch, which may be that of a fork."""

    number: int
    title: str
    fork: str  # the repository of the branch
    branch: str
    draft: bool
    labels: list[str] = field(default_factory=list)
    state: str = "open"


class GitHub(CodeHost):
    """A repository on GitHub. ``previews`` has the address of a built site by the commit it shows."""

    api = "https://api.github.com"

    def __init__(self, folder: Path, people: Mapping[str, str], members: set[str]) -> None:
        super().__init__(folder, people, members)
        self.requests: list[Request] = []
        self.forks: list[str] = []
        self.previews: dict[str, str] = {}

    def calls(self, login: str) -> list[Call]:
        repository, request = r"/repos/([\w-]+/[\w-]+)", r"/repos/[\w-]+/[\w-]+/(?:pulls|issues)/(\d+)"
        return [
            ("POST", "/graphql", partial(self._graphql, login)),
            ("GET", "/user", lambda: person(login)),
            ("GET", repository, partial(self._about, login)),
            ("GET", rf"{repository}/git/trees/(\w+)", lambda _, commit: self.files(commit)),
            ("GET", rf"{repository}/git/blobs/(\w+)", lambda _, oid: self.git("cat-file", "blob", oid)),
            ("GET", rf"{repository}/compare/{BRANCH}\.\.\.([\w-]+):(.+?)", self._compare),
            ("POST", rf"{repository}/forks", partial(self._fork, login)),
            ("POST", rf"{repository}/merge-upstream", lambda _, **__: {}),
            ("POST", rf"{repository}/pulls", self._ask),
            ("GET", request, lambda number: {"labels": [{"name": one} for one in self._of(number).labels]}),
            ("PATCH", request, self._change),
            ("POST", rf"{request}/labels", self._change),
            ("PUT", rf"{request}/merge", partial(self._merge, login)),
            ("DELETE", rf"{repository}/git/refs/heads/(.+)", self._delete),
        ]

    def _graphql(self, login: str, query: str, variables: Mapping[str, Any]) -> Any:
        try:
            return {"data": answer(query, variables, self._root(login))}
        except Refused as error:  # GitHub says this with a 200
            return {"data": None, "errors": [{"message": str(error)}]}

    # ---- Repositories, files and commits ----

    def _about(self, login: str, name: str) -> Any:
        if name not in (REPOSITORY, *self.forks):
            raise Refused("Not Found")
        writes = login in self.members or name.startswith(f"{login}/")
        fork = {"fork": True, "parent": {"full_name": REPOSITORY}} if name != REPOSITORY else {}
        return {"full_name": name, "permissions": {"push": writes}, "owner": {"type": "Organization"}, **fork}

    def _fork(self, login: str, name: str, **_: Any) -> Any:
        self.forks.append(f"{login}/{name.split('/')[1]}")
        return {"full_name": self.forks[-1]}

    def _delete(self, repository: str, branch: str, **_: Any) -> Any:
        self.told("update-ref", "-d", self.ref(repository, branch))
        return {}

    def _commit(self, repositoryNameWithOwner: str, branchName: str, given: Mapping[str, Any]) -> Any:
        changes = given["fileChanges"]
        files = [(one["path"], one["contents"]) for one in changes["additions"]]
        gone = [one["path"] for one in changes["deletions"]]
        ref = self.ref(repositoryNameWithOwner, branchName)
        return {
            "commit": self._shown(self.write(ref, given["expectedHeadOid"], files, gone, given["message"]["headline"]))
        }

    def _shown(self, commit: str) -> Any:
        """A commit, or nothing where there is none."""
        preview = self.previews.get(commit)
        status = {"state": "SUCCESS", "environmentUrl": preview, "description": ""}
        return {
            **{"oid": commit, "message": self.told("log", "-1", "--format=%s", commit), "committedDate": DAY},
            "author": {"name": "a", "email": "a@example.org", "user": None},
            "history": lambda **_: {"nodes": [self._shown(commit)]},  # who last changed a file is told to nobody here
            "file": lambda path: {"oid": self.told("rev-parse", f"{commit}:{path}")},
            "deployments": {"nodes": [{"environment": "preview", "latestStatus": status}] if preview else []},
        }

    def _object(self, oid: str = "", expression: str = "") -> Any:
        try:
            found = oid or self.told("rev-parse", "--verify", "--quiet", expression)
        except Refused:
            return None
        if self.told("cat-file", "-t", found).strip() == "commit":
            return self._shown(found)
        data = self.git("cat-file", "blob", found)
        is_binary = b"\0" in data
        text = None if is_binary else data.decode()
        return {"oid": found, "byteSize": len(data), "isBinary": is_binary, "isTruncated": False, "text": text}

    # ---- Requests to merge ----

    def _of(self, number: str) -> Request:
        return self.requests[int(number) - 1]

    def _ask(self, _: str, *, title: str, head: str, draft: bool, **__: Any) -> Any:
        owner, _, branch = head.rpartition(":")
        fork = f"{owner}/{_NAME}" if owner else REPOSITORY
        self.requests.append(Request(len(self.requests) + 1, title, fork, branch, draft))
        made = self._node(self.requests[-1])
        return {
            **{"number": made["number"], "node_id": made["id"], "title": title, "html_url": made["url"]},
            **{"head": {"sha": made["headRefOid"]}, "created_at": DAY, "updated_at": DAY},
        }

    def _change(self, number: str, *, labels: list[str] | None = None, state: str = "", **_: Any) -> Any:
        request = self._of(number)
        request.labels, request.state = labels or request.labels, state or request.state
        return {}

    def _set_draft(self, draft: bool, given: Mapping[str, Any]) -> Any:
        self._of(given["pullRequestId"]).draft = draft
        return {"pullRequest": {"isDraft": draft}}

    def _merge(self, login: str, number: str, *, commit_title: str, **_: Any) -> Any:
        request = self._of(number)
        if login not in self.members or request.draft:
            raise Refused("Not allowed")
        base, head = self.head(REPOSITORY, BRANCH), self.head(request.fork, request.branch)
        tree = self.told("merge-tree", "--write-tree", base, head).split("\n")[0]
        made = self.told("commit-tree", tree, "-p", base, "-p", head, "-m", commit_title)
        self.told("update-ref", self.ref(REPOSITORY, BRANCH), made, base)
        request.state = "merged"
        return {"merged": True}

    def _compare(self, _: str, owner: str, branch: str) -> Any:
        lines = self._changed(self.head(f"{owner}/{_NAME}", branch))
        return {"files": [{"filename": path, "status": "removed" if kind == "D" else "added"} for kind, path in lines]}

    def _changed(self, head: str) -> list[list[str]]:
        lines = self.told("-c", "core.quotePath=false", "diff", "--name-status", f"refs/heads/{BRANCH}...{head}")
        return [line.split("\t") for line in lines.splitlines()]

    def _node(self, request: Request) -> Mapping[str, Any]:
        head = self.head(request.fork, request.branch)
        files = [{"path": path, "changeType": _CHANGES[kind]} for kind, path in self._changed(head)]
        return {
            **{"id": str(request.number), "number": request.number, "title": request.title, "isDraft": request.draft},
            **{"url": f"https://github.com/{REPOSITORY}/pull/{request.number}", "state": request.state.upper()},
            **{"createdAt": DAY, "updatedAt": DAY, "headRefName": request.branch, "headRefOid": head},
            **{"isCrossRepository": request.fork != REPOSITORY, "author": None, "files": {"nodes": files}},
            "headRepositoryOwner": {"login": request.fork.split("/")[0]},
            "labels": {"nodes": [{"name": one} for one in request.labels]},
        }

    def _asked(self, *, labels: list[str] | None = None, headRefName: str = "", states: Any = (), **_: Any) -> Any:
        wanted = {states} if isinstance(states, str) else {*states}
        found = [
            self._node(one)
            for one in self.requests
            if one.state.upper() in wanted
            and (labels is None or {*labels} & {*one.labels})
            and headRefName in ("", one.branch)
        ]
        return {"nodes": found, "totalCount": len(found)}

    # ---- What GraphQL is asked of ----

    def _root(self, login: str) -> Mapping[str, Any]:
        return {
            "repository": lambda owner, name: self._repository(f"{owner}/{name}"),
            "node": lambda id: self._node(self._of(id)),
            "createRef": lambda input: self._create(**input),
            "createCommitOnBranch": lambda input: self._commit(**input["branch"], given=input),
            "convertPullRequestToDraft": lambda input: self._set_draft(True, input),
            "markPullRequestReadyForReview": lambda input: self._set_draft(False, input),
        }

    def _create(self, repositoryId: str, name: str, oid: str) -> Any:
        ref = self.ref(repositoryId, name.removeprefix("refs/heads/"))
        if self.told("for-each-ref", ref):
            raise Refused(f"A ref named {name!r} already exists in the repository.")
        self.told("update-ref", ref, oid)
        return {"ref": {"name": name}}

    def _repository(self, name: str) -> Any:
        if name not in (REPOSITORY, *self.forks):
            return None

        def ref(qualifiedName: str) -> Any:
            return {"name": qualifiedName, "target": self._shown(self.head(name, qualifiedName))}

        def refs(refPrefix: str, **_: Any) -> Any:
            prefix = self.ref(name, refPrefix.removeprefix("refs/heads/"))
            found = self.told("for-each-ref", "--format=%(refname) %(objectname)", prefix.rstrip("/")).splitlines()
            pairs = [line.split(" ") for line in found]
            return {"nodes": [{"name": one.removeprefix(prefix), "target": self._shown(oid)} for one, oid in pairs]}

        return {
            **{"id": name, "defaultBranchRef": {"name": BRANCH}, "ref": ref, "refs": refs},
            **{"object": self._object, "pullRequests": self._asked, "forks": {"nodes": []}},
        }
