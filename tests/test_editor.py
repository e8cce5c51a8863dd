"""The editor at ``/edit/``, the real one in a real browser, on a folder of the browser's own that stands for the disk.

``setup.sh editor`` has to have bundled it, as ``make test-long`` does. What it wrote is put into a real repository.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from commands import CHECK, copy_project, run, run_command
from gongbao.archive import addresses
from gongbao.editing.editor_files import editor_output
from gongbao.project import archive_of, read
from previewing import Preview
from serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_FOLDER = """
window.showDirectoryPicker = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle("project", { create: true });
if (window.FileSystemHandle) FileSystemHandle.prototype.requestPermission = async () => "granted";
"""
_PUT = """async (files) => {
  const root = await window.showDirectoryPicker();
  await root.getDirectoryHandle(".git", { create: true });
  for (const [name, text] of Object.entries(files)) {
    const steps = name.split("/");
    let folder = root;
    for (const step of steps.slice(0, -1)) folder = await folder.getDirectoryHandle(step, { create: true });
    const file = await (await folder.getFileHandle(steps.at(-1), { create: true })).createWritable();
    await file.write(text);
    await file.close();
  }
}"""
_GET = """async () => {
  const found = {};
  const walk = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await walk(handle, `${path}${name}/`);
      else found[path + name] = [...new Uint8Array(await (await handle.getFile()).arrayBuffer())];
    }
  };
  await walk(await window.showDirectoryPicker(), "");
  return found;
}"""


class Desk:
    """A writer at the editor, with the ``project`` on the disk of which the browser has a copy."""

    def __init__(self, browser: Browser, address: str, project: Path, site: Path | None = None) -> None:
        self.project, self.address, self.site = project, f"{address}{addresses.EDIT}", site
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        self.context.add_init_script(_FOLDER)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.asked: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(self.address)
        texts = {str(path.relative_to(project)): path.read_text("utf-8") for path in project.glob("content/**/*.md")}
        self.page.evaluate(_PUT, texts)
        self.page.reload()
        self.page.get_by_role("button", name="打开这台电脑上的网站文件夹").click()
        expect(self.page.get_by_role("button", name="写一条新的").first).to_be_visible()

    def open(self, collection: str, slug: str = "") -> None:
        """Open a record, or begin a new one."""
        self.page.goto(f"{self.address}#/collections/{collection}/{f'entries/{slug}' if slug else 'new'}")
        expect(self.text("标题")).to_be_visible()

    def text(self, name: str, at: int = 0) -> Locator:
        return self.page.get_by_role("textbox", name=name, exact=True).nth(at)

    def choose(self, name: str, option: str, at: int = 0) -> None:
        self.page.get_by_role("combobox", name=name, exact=True).nth(at).click()
        self.page.get_by_role("option", name=option).first.click()

    def add(self, name: str, at: int = 0) -> None:
        self.page.get_by_role("button", name=f"添加 \u2068{name}\u2069").nth(at).click()

    def save(self) -> None:
        self.page.get_by_role("button", name="保存").first.click()
        expect(self.page.get_by_text("已经存好。")).to_be_visible()
        expect(self.page.get_by_text("已经存好。")).to_be_hidden(timeout=20_000)
        self.store()

    def store(self) -> None:
        """Put what the browser has onto the disk."""
        for name, data in self.page.evaluate(_GET).items():
            path = self.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != bytes(data):
                path.write_bytes(bytes(data))

    def weight(self) -> int:
        """The bytes of all that the first visit has loaded, compressed as a host does."""
        root = Path(self.site or "")
        names = {urlsplit(one).path.lstrip("/") for one in self.asked if one.startswith(self.address)}
        files = {root / name / ("index.html" if name.endswith("/") else "") for name in names}
        data = [(file, file.read_bytes()) for file in files if file.is_file()]
        return sum(len(one if file.suffix == ".woff2" else gzip.compress(one, 9)) for file, one in data)

    def changed(self) -> Mapping[str, list[str]]:
        """Commit what was written; the lines that git finds new or gone, by file."""
        self.store()
        git(self.project, "add", "-A", "content")
        told = git(self.project, "-c", "core.quotePath=false", "diff", "--cached", "-U0", "--no-color")
        names = git(self.project, "-c", "core.quotePath=false", "diff", "--cached", "--name-only").splitlines()
        git(self.project, "commit", "--allow-empty", "-qm", "written")
        found: dict[str, list[str]] = {name: [] for name in names}
        name = ""
        for line in told.splitlines():
            if line.startswith("+++ "):
                name = line[4:].removeprefix("b/")
            elif line[:1] in "+-" and not line.startswith("--- "):
                found[name].append(line)
        return found

    def told(self) -> str:
        """What ``gongbao check`` says."""
        return run(self.project, *CHECK).stdout.strip()


def write_editor(project: Path, site: Path, *, preview: bool = True) -> Path:
    """Write the editor of a project into the folder of a site, and return it."""
    content = read(project)
    output = editor_output(archive_of(content, preview=preview), {record.period for record in content.records})
    assert output.names, "sh scripts/setup.sh editor"

    def put(name: str, content: bytes | Path) -> None:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content if isinstance(content, bytes) else content.read_bytes())

    output.make(output.names, put)
    return site


def git(project: Path, *arguments: str) -> str:
    done = run_command(project, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, in a repository of its own."""
    made = copy_project(tmp_path_factory.mktemp("desk") / "project")
    git(made, "init", "-q")
    git(made, "add", "content")
    git(made, "commit", "-qm", "begin")
    return made


@pytest.fixture(scope="module")
def desk(browser: Browser, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all tests; each commits what it wrote."""
    site = write_editor(project, tmp_path_factory.mktemp("site"))
    with served(site) as address:
        desk = Desk(browser, address, project, site)
        yield desk
        desk.context.close()


def test_an_edit_changes_its_line_alone(desk: Desk) -> None:
    desk.open("2014-h1", "medical-aid")
    desk.text("标题").fill("职工医疗互助参保8168人次")
    desk.save()
    edited = "content/2014/h1/medical-aid.md"
    assert desk.changed() == {edited: ["-title: 职工医疗互助参保8168人", "+title: 职工医疗互助参保8168人次"]}
    assert desk.told().startswith(CLEAN)


def test_a_new_record_is_told_of_a_wrong_value_and_then_written_whole(desk: Desk) -> None:
    desk.open("2014-h2")
    desk.text("标题").fill("走访困难职工46户")
    desk.choose("单位", "某街道总工会（青峙")
    desk.choose("主题", "帮扶")
    desk.text("摘要").fill("走访46户，送慰问金2.30万元")
    desk.text("正文").fill("走访困难职工46户。\n\n送慰问金2.30万元。")
    desk.add("数据")
    desk.text("名目").fill("走访困难职工")
    desk.text("数值").fill("46户")
    desk.choose("计量单位", "户")
    desk.text("短名").fill("visits-46")
    desk.page.get_by_role("button", name="保存").first.click()
    expect(desk.page.get_by_text("只写数字，例如 58、1317.10、-3；不要逗号、单位和“约”")).to_be_visible()
    assert desk.changed() == {}

    desk.text("数值").fill("46")
    desk.add("分项")
    desk.text("名目", 1).fill("本街道")
    desk.text("数值", 1).fill("40")
    desk.add("分项")
    desk.text("名目", 2).fill("外街道")
    desk.text("数值", 2).fill("6")
    desk.add("数据")
    desk.text("名目", 3).fill("送慰问金")
    desk.text("数值", 3).fill("2.30")
    desk.choose("计量单位", "万元", 3)
    desk.add("落实")
    desk.choose("对应计划", "定期维护困难职工档案")
    desk.page.get_by_role("radio", name="完成", exact=True).click()
    desk.save()
    made = "content/2014/h2/visits-46.md"
    assert (desk.project / made).read_text("utf-8") == NEW
    assert desk.changed().keys() == {made}
    assert desk.told().startswith(CLEAN)

    # The outcome of another promise, in a record that is there.
    desk.add("落实")
    desk.choose("对应计划", "第六届游泳比赛", 1)
    desk.page.get_by_role("radio", name="取消", exact=True).nth(1).click()
    desk.save()
    assert desk.changed() == {
        made: ["+  - commitment: 2014-h1/second-half-activities#swimming-meet", "+    status: dropped"]
    }
    assert desk.told().startswith(CLEAN)


def test_a_chosen_picture_lands_beside_its_record(desk: Desk, tmp_path: Path) -> None:
    picture = tmp_path / "微信图片 2014(1).PNG"
    Image.new("RGB", (60, 40), "navy").save(picture)
    desk.open("2014-h2-pictures")
    desk.text("标题").fill("第六届职工游泳比赛")
    desk.choose("单位", "某街道总工会（青峙")
    desk.choose("主题", "文体")
    desk.text("正文").fill("120名职工参加。")
    desk.text("短名").fill("swimming")
    desk.add("图片和附件")
    desk.page.get_by_role("button", name="浏览").click()
    with desk.page.expect_file_chooser() as chooser:
        desk.page.get_by_role("button", name="上传").click()
    chooser.value.set_files(picture)
    desk.page.get_by_role("button", name="插入").click()
    expect(desk.page.locator(".content-editor").get_by_text("微信图片-2014-1.png")).to_be_visible()
    desk.text("说明").fill("职工在泳池的出发台上")
    desk.save()
    folder = "content/2014/h2/swimming"
    [shown] = [path.name for path in (desk.project / folder).iterdir() if path.suffix == ".png"]
    assert (desk.project / folder / shown).read_bytes() == picture.read_bytes()
    text = (desk.project / folder / "index.md").read_text("utf-8")
    assert text.endswith(f"---\n\n120名职工参加。\n\n![职工在泳池的出发台上]({shown})\n")
    assert desk.changed().keys() == {f"{folder}/index.md", f"{folder}/{shown}"}
    assert desk.told().startswith(CLEAN)


def test_the_editor_asks_no_other_host_and_is_light(desk: Desk) -> None:
    foreign = {urlsplit(address).netloc for address in desk.asked} - {urlsplit(desk.address).netloc, ""}
    assert foreign == set()
    assert desk.weight() < 800_000


def test_a_preview_tells_at_once_what_is_wrong_with_a_saved_record(
    browser: Browser, small: Path, tmp_path: Path
) -> None:
    preview = Preview(small, tmp_path / "around")
    try:
        desk = Desk(browser, preview.address, small)
        path = next(small.glob("content/*/*/*.md"))
        year, half = path.parent.parts[-2:]
        desk.open(f"{year}-{half}", path.stem)
        panel = desk.page.locator(".gb-check")
        expect(panel).to_contain_text("检查通过")
        desk.text("正文").fill("见[附件](没有.pdf)。")
        desk.save()
        expect(panel).to_contain_text(path.name)
        expect(panel).to_have_attribute("data-wrong", "true")
        # The bar takes its place from the editor, and covers nothing.
        form, bar = (desk.page.locator(one).bounding_box() for one in (".content-editor", ".gb-check"))
        assert form and bar and form["y"] + form["height"] == pytest.approx(bar["y"], abs=1)
        # Whoever asks right after saving need not wait for a build; make bench measures how long it takes.
        path.write_text(path.read_text("utf-8").replace("没有.pdf", "也没有.pdf"), encoding="utf-8")
        assert "也没有.pdf" in preview.answers(f"{addresses.EDIT_PROBLEMS}?saved")
        desk.context.close()
    finally:
        preview.stop()


CLEAN = "没有问题："
NEW = """\
---
title: 走访困难职工46户
unit: qingzhi-subdistrict
topics: [aid]
summary: 走访46户，送慰问金2.30万元
figures:
  - label: 走访困难职工
    value: 46
    unit: 户
    parts:
      - {label: 本街道, value: 40}
      - {label: 外街道, value: 6}
  - label: 送慰问金
    value: 2.30
    unit: 万元
outcomes:
  - commitment: 2014-h1/aid-fund-plan#hardship-files
    status: done
---

走访困难职工46户。

送慰问金2.30万元。
"""
