"""The frame around the pages, where a site has templates of its own: broken ones stop a build, not a preview."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from commands import BUILD, STRICT, add_hook, mark_of, replace, succeed
from gongbao.host.frame import THEME
from previewing import PATIENCE, Preview
from test_failures import fails_and_leaves_the_site, told

MAIN = '{% extends "base.html" %}\n'  # Material's frame, with nothing of ours in it
BROKEN = {  # file in custom_dir: its text, and the line that is at fault
    "a name that nothing has": (
        "main.html",
        f"{MAIN}{{% block content %}}\n{{{{ page.nothing.here }}}}{{% endblock %}}",
        3,
    ),
    "an unclosed block": ("main.html", f"{MAIN}{{% block content %}}", 2),
    "a filter that there is not": (
        "main.html",
        f"{MAIN}{{% block content %}}{{{{ page.title | shout }}}}{{% endblock %}}",
        2,
    ),
    "a template that there is not": ("main.html", '{% extends "bare.html" %}\n', 1),
    "a part with wrong syntax": ("partials/footer.html", "<p>\n{{ config.site_name }</p>\n", 2),
    "a part that fails": ("partials/footer.html", "<p>\n{{ config.nothing.here }}</p>\n", 2),
    "a part of pages by hand that fails": ("partials/content.html", "{{ page.nothing.here }}\n", 1),
    "a part that no page uses": ("partials/of-mine.html", "{% if %}\n", 1),
    "the page for wrong addresses": (
        "404.html",
        f"{MAIN}{{% block content %}}{{{{ page.nothing.here }}}}{{% endblock %}}",
        2,
    ),
    "another encoding": ("main.html", f"{MAIN}\n{{# 网页 #}}\n", 3),
    "another encoding of our part": ("gongbao/record.html", "<h1>{{ record.title }}</h1>\n<p>网页</p>\n", 2),
}


def write(project: Path, name: str, text: str, what: str = "") -> Path:
    path, ours = project / "own" / name, THEME / name
    path.parent.mkdir(parents=True, exist_ok=True)
    mark = f"\n{mark_of(ours)}" if ours.is_file() else ""
    path.write_text(text + mark, encoding="gb18030" if "encoding" in what else "utf-8")
    return path


def with_own_templates(project: Path) -> Path:
    replace(project / "mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: own\n")
    (project / "own").mkdir()
    return project


@pytest.fixture(scope="module")
def built_once(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a folder of its own for templates, built already."""
    project = with_own_templates(shutil.copytree(small_built, tmp_path_factory.mktemp("frame") / "project"))
    succeed(project, *BUILD, STRICT)
    return project


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built_once, tmp_path / "project")


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_frame_is_one_problem_and_leaves_the_site(what: str, built: Path) -> None:
    name, text, line = BROKEN[what]
    write(built, name, text, what)

    blocks = told(fails_and_leaves_the_site(built, *BUILD))

    assert [block.partition(" ")[0] for block in blocks] == [f"own/{name}:{line}:1:"]
    assert "[template.broken]" in blocks[0]


GOOD = f"""{MAIN}
{{% block content %}}
<p class="own">{{{{ config.site_name }}}} {{{{ nav.homepage.url | url }}}} {{{{ page.toc | length }}}}
{{% for item in nav %}}{{{{ item.title }}}}{{% endfor %}}
{{% if page and not page.is_homepage %}}{{{{ page.parent.title }}}} {{{{ page.file.src_uri }}}}{{% endif %}}
{{% if page.edit_url %}}{{{{ page.edit_url }}}}{{% endif %}}</p>
{{{{ super() }}}}
{{% endblock %}}
"""


def test_a_frame_of_ones_own_that_works_is_used(built: Path) -> None:
    write(built, "main.html", GOOD)
    succeed(built, *BUILD, STRICT)
    assert '<p class="own">' in (built / "site/2014/h1/index.html").read_text(encoding="utf-8")
    assert '<p class="own">' in (built / "site/about/index.html").read_text(encoding="utf-8")


def test_what_another_hook_adds_to_templates_is_no_fault(built: Path) -> None:
    add_hook(
        built,
        "more.py",
        "def on_env(env, config, files):\n"
        "    env.filters['shout'] = lambda text: f'{text}!'\n"
        "    env.globals['more'] = {'deep': {'words': '更多'}}\n"
        "    return env\n",
    )
    text = f"{MAIN}{{% block content %}}{{{{ more.deep.words | shout }}}}{{{{ super() }}}}{{% endblock %}}"
    path = write(built, "main.html", text)
    succeed(built, *BUILD, STRICT)
    assert "更多!" in (built / "site/2014/h1/index.html").read_text(encoding="utf-8")

    path.write_text(f"{text}{{% if %}}", encoding="utf-8")
    assert "[template.broken]" in fails_and_leaves_the_site(built, *BUILD)


# ---- in the preview ----


@pytest.fixture(scope="module")
def preview(built_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for all tests; each leaves the files as they were."""
    expect.set_options(timeout=PATIENCE * 1000)
    folder = tmp_path_factory.mktemp("preview")
    project = shutil.copytree(built_once, folder / "project")
    write(project, "partials/footer.html", FOOTER)
    running = Preview(project, folder / "surroundings")
    yield running
    running.stop()
    expect.set_options(timeout=5000)


FOOTER = "<footer>自己的页脚</footer>\n"


@pytest.mark.browser
@pytest.mark.parametrize(
    "what",
    [
        "a name that nothing has",
        pytest.param("a part that fails", marks=pytest.mark.slow),
        pytest.param("another encoding", marks=pytest.mark.slow),
    ],
)
def test_the_preview_keeps_the_last_frame_that_worked(what: str, preview: Preview, page: Page) -> None:
    name, text, line = BROKEN[what]
    page.goto(f"{preview.address}2014/h1/")
    footer, problems = page.locator("footer").last, page.locator(".gb-problems")
    expect(footer).to_have_text("自己的页脚")

    path = write(preview.project, name, text, what)
    expect(problems).to_contain_text(f"own/{name}:{line}:1: 错误")
    expect(footer).to_have_text("自己的页脚")
    assert "五一走访困难职工" in preview.answers("2014/h1/")
    assert "自己的页脚" in preview.answers("about/")
    replace(preview.project / "content/2014/h1/good.md", "title: 五一", "title: 五月")
    expect(page.locator(".gb-problems")).to_contain_text(f"own/{name}")

    path.write_text(GOOD if name == "main.html" else "<footer>改好的页脚</footer>", encoding="utf-8")
    expect(page.locator(".own") if name == "main.html" else footer).to_be_visible()
    expect(page.locator("article")).to_contain_text("五月走访困难职工")
    assert "Traceback" not in preview.said()

    path.unlink()
    write(preview.project, "partials/footer.html", FOOTER)
    replace(preview.project / "content/2014/h1/good.md", "title: 五月", "title: 五一")
    expect(page.locator("article")).to_contain_text("五一走访困难职工")
    expect(footer).to_have_text("自己的页脚")


@pytest.mark.slow  # tests/test_preview.py starts one with a broken record
@pytest.mark.browser
def test_a_preview_that_starts_with_a_broken_frame_waits_to_be_mended(built: Path, page: Page, tmp_path: Path) -> None:
    expect.set_options(timeout=PATIENCE * 1000)
    name, text, _ = BROKEN["a name that nothing has"]
    path = write(built, name, text)
    preview = Preview(built, tmp_path / "surroundings")
    try:
        page.goto(preview.address)
        expect(page.locator(".gb-problems")).to_contain_text("own/main.html:3:1: 错误")
        path.unlink()
        expect(page.locator("article")).to_contain_text("最新公报")
        assert "Traceback" not in preview.said()
        assert preview.said().count("NOTICE") == 1
    finally:
        preview.stop()
        expect.set_options(timeout=5000)
