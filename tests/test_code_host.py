"""The editor on a host of code: whoever has a token saves drafts that wait for a merge, and others send from a fork.

The host is a small one of ours (`code_host`), over a real repository; editor, browser and the page's policy are real.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from code_host import BRANCH, REPOSITORY, CodeHost
from commands import CHECK, copy_small_project, run
from gitea_host import Gitea
from github_host import GitHub
from gongbao.archive import addresses
from serving import served
from small_archives import dump
from test_editor import git, write_editor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PEOPLE = {"token-of-clerk": "clerk", "token-of-chief": "chief", "token-of-guest": "guest"}
MEMBERS = {"clerk", "chief"}
REVIEW = "状态：\u2068审核中\u2069"
PREVIEW = "https://preview.example.org/7"
GOOD = "content/2014/h1/good.md"


class Visitor:
    """Somebody at the editor, signed in by a token."""

    def __init__(self, browser: Browser, address: str, host: CodeHost, token: str) -> None:
        self.address = f"{address}{addresses.EDIT}"
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        host.serve(self.context)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.goto(self.address)
        self.button("使用访问令牌登录").click()
        self.page.get_by_role("textbox").fill(token)
        self.button("登录").click()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True).first

    def open(self, slug: str) -> None:
        expect(self.page.get_by_role("button", name="写一条新的").first).to_be_visible()
        self.page.goto(f"{self.address}#/collections/2014-h1/entries/{slug}")

    def title(self) -> Locator:
        return self.page.get_by_role("textbox", name="标题", exact=True)

    def wait_for(self, told: Callable[[], bool]) -> None:
        """Wait until a host has been told something: the editor shows its next state before."""
        for _ in range(100):
            if told():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("the host was not told")

    def save(self, answer: str) -> None:
        """Save, and answer whether the record is to be reviewed."""
        self.button("保存").click()
        self.answer(answer)

    def answer(self, name: str) -> None:
        asked = self.page.get_by_role("alertdialog").or_(self.page.get_by_role("dialog"))
        asked.get_by_role("button", name=name, exact=True).click()


def project(folder: Path, **editor: str) -> Path:
    """A small project in a repository of its own, with an editor."""
    made = copy_small_project(folder)
    settings = {"name": "工报", "editor": {"repository": REPOSITORY, **editor}}
    (made / "content" / "site.yml").write_text(dump(settings), encoding="utf-8")
    git(made, "init", "-qb", BRANCH)
    git(made, "add", ".")
    git(made, "commit", "-qm", "begin")
    return made


@pytest.fixture(autouse=True)
def gone(browser: Browser) -> Iterator[None]:
    """Every visitor leaves with the test: a page that stays asks a host that is no more."""
    there = {*browser.contexts}
    yield
    for context in {*browser.contexts} - there:
        context.close()


@pytest.fixture
def host(tmp_path: Path) -> GitHub:
    return GitHub(project(tmp_path / "project", host="github"), PEOPLE, MEMBERS)


@pytest.fixture
def address(host: GitHub, tmp_path: Path) -> Iterator[str]:
    with served(write_editor(host.folder, tmp_path / "site", preview=False)) as address:
        yield address


def file_in(host: CodeHost, repository: str, branch: str) -> str:
    return host.told("show", f"{host.head(repository, branch)}:{GOOD}")


def test_a_draft_is_a_branch_that_is_reviewed_and_merged(
    browser: Browser, host: GitHub, address: str, tmp_path: Path
) -> None:
    before = (host.folder / GOOD).read_text("utf-8")
    title = next(line for line in before.splitlines() if line.startswith("title: "))
    clerk = Visitor(browser, address, host, "token-of-clerk")
    clerk.open("good")
    clerk.title().fill("五一走访慰问困难职工")
    clerk.save("提交审核")
    expect(clerk.button(REVIEW)).to_be_visible()

    [request] = host.requests
    clerk.wait_for(lambda: not request.draft)
    assert (request.branch, request.draft, request.labels) == (
        "cms/2014-h1/good",
        False,
        ["sveltia-cms/pending_review"],
    )
    changed = host.told("diff", "-U0", BRANCH, request.branch).splitlines()
    assert [line for line in changed if line[:1] in "+-" and line[:3] not in ("+++", "---")] == [
        f"-{title}",
        "+title: 五一走访慰问困难职工",
    ]
    assert file_in(host, REPOSITORY, BRANCH) == before.strip()

    # What the workflow runs on the branch, and where it has put the site that it built.
    host.told("worktree", "add", "--quiet", str(tmp_path / "checked"), request.branch)
    told = run(tmp_path / "checked", *CHECK, "--format", "github", "--since", BRANCH)
    assert told.returncode == 0, told.stdout
    host.previews[host.head(REPOSITORY, request.branch)] = PREVIEW

    chief = Visitor(browser, address, host, "token-of-chief")
    chief.open("good")
    expect(chief.title()).to_have_value("五一走访慰问困难职工")
    chief.context.route(f"{PREVIEW}/**", lambda route: route.fulfill(body="预览"))
    with chief.context.expect_page() as preview:
        chief.button("查看预览").click()
    assert preview.value.url == f"{PREVIEW}/2014/h1/records/good/"
    chief.button(REVIEW).click()
    chief.page.get_by_role("menuitemradio", name="就绪").click()
    chief.wait_for(lambda: request.labels == ["sveltia-cms/pending_publish"])
    chief.button("发布条目").click()
    chief.answer("发布")
    chief.wait_for(lambda: request.state == "merged")
    expect(chief.page.get_by_role("status").filter(has_text="有 2 个条目")).to_be_attached()
    assert file_in(host, REPOSITORY, BRANCH) == before.replace(title, "title: 五一走访慰问困难职工").strip()
    assert (request.state, host.told("for-each-ref", "refs/heads/cms")) == ("merged", "")
    assert host.refused == []


def test_whoever_may_not_write_sends_from_a_fork(browser: Browser, host: GitHub, address: str) -> None:
    guest = Visitor(browser, address, host, "token-of-guest")
    guest.button("复刻").click()
    guest.open("good")
    guest.title().fill("五一前走访困难职工")
    guest.save("提交审核")
    expect(guest.button(REVIEW)).to_be_visible()
    [request] = host.requests
    guest.wait_for(lambda: not request.draft)
    assert (request.fork, request.draft, host.forks) == ("guest/gongbao", False, ["guest/gongbao"])
    assert "title: 五一前走访困难职工" in file_in(host, request.fork, request.branch)
    assert host.told("for-each-ref", "--format=%(refname)", "refs/heads") == f"refs/heads/{BRANCH}"


def test_a_wrong_token_opens_nothing(browser: Browser, host: GitHub, address: str) -> None:
    stranger = Visitor(browser, address, host, "lost")
    expect(stranger.page.get_by_role("alert").filter(has_text="令牌")).to_be_visible()


def test_on_gitea_a_saved_record_is_a_commit(browser: Browser, tmp_path: Path) -> None:
    folder = project(tmp_path / "project", host="gitea", url="https://git.example.org")
    host = Gitea(folder, PEOPLE, MEMBERS)
    before = (folder / GOOD).read_text("utf-8")
    title = next(line for line in before.splitlines() if line.startswith("title: "))
    with served(write_editor(folder, tmp_path / "site", preview=False)) as address:
        clerk = Visitor(browser, address, host, "token-of-clerk")
        clerk.open("good")
        clerk.title().fill("五一走访慰问困难职工")
        clerk.button("保存").click()
        expect(clerk.page.get_by_text("已经存好。")).to_be_visible()
    assert host.told("show", f"{BRANCH}:{GOOD}") == before.replace(title, "title: 五一走访慰问困难职工").strip()
    assert host.told("diff", "--name-only", f"{BRANCH}~1", BRANCH) == GOOD
    assert host.refused == []
