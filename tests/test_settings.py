"""What the settings in ``mkdocs.yml`` lead to: with addresses or without, from any folder; links written by hand."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from commands import BUILD, STRICT, add_hook, files_of, replace, run, succeed
from test_failures import fails_and_leaves_the_site, told

NO_ADDRESS = "没有设网站的网址（mkdocs.yml 的 site_url，或变量 GONGBAO_SITE_URL）"
RECORD = "2014/h1/records/good/index.html"


def read(project: Path, address: str) -> str:
    return (project / "site" / address).read_text(encoding="utf-8")


def leave_out(project: Path, *names: str) -> None:
    """Take settings out of mkdocs.yml."""
    path = project / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    for name in names:
        text, times = re.subn(rf"^{name}:.*\n", "", text, flags=re.MULTILINE)
        assert times == 1
    path.write_text(text, encoding="utf-8")


def with_alias(project: Path) -> None:
    replace(project / "content/2014/h1/good.md", "title: ", "aliases: [2014-h1/before]\ntitle: ")


@pytest.mark.parametrize("way", ["an empty variable", pytest.param("no setting", marks=pytest.mark.slow)])
def test_without_an_address_the_site_says_so_once_and_names_none(way: str, small: Path) -> None:
    with_alias(small)
    if way == "no setting":
        leave_out(small, "site_url")

    said = succeed(small, *BUILD, STRICT, **({"GONGBAO_SITE_URL": ""} if way == "an empty variable" else {}))

    assert said.count("NOTICE  -  gongbao: ") == said.count(NO_ADDRESS) + said.count("git 历史") == 2
    assert "WARNING" not in said
    for name, content in files_of(small / "site").items():
        assert b"gongbao.example.org" not in content, name
        assert b'rel="canonical" href="http' not in content, name
    assert not re.search('rel="?canonical', read(small, RECORD))
    assert "<loc>" not in read(small, "sitemap.xml")
    assert 'url=../good/"' in read(small, "2014/h1/records/before/index.html")


def test_with_an_address_every_page_names_its_own(small: Path) -> None:
    with_alias(small)
    said = succeed(small, *BUILD, STRICT, GONGBAO_SITE_URL="https://someone.example.org/bulletins")

    assert NO_ADDRESS not in said
    canonical = "https://someone.example.org/bulletins/2014/h1/records/good/"
    assert f'<link rel="canonical" href="{canonical}">' in read(small, RECORD)
    assert f'<link rel="canonical" href="{canonical}">' in read(small, "2014/h1/records/before/index.html")
    assert f"<loc>{canonical}</loc>" in read(small, "sitemap.xml")


@pytest.mark.parametrize("way", [pytest.param("an empty variable", marks=pytest.mark.slow), "no setting"])
def test_without_a_repository_no_page_has_a_link_to_edit_it(way: str, small: Path) -> None:
    if way == "no setting":
        leave_out(small, "repo_url")

    said = succeed(small, *BUILD, STRICT, **({"GONGBAO_REPO_URL": ""} if way == "an empty variable" else {}))

    assert "edit_uri" not in said
    assert "修改这一页" not in read(small, RECORD)


@pytest.mark.parametrize(
    ("variables", "link"),
    [
        ({}, "https://git.example.org/gongbao/gongbao/edit/main/content/2014/h1/good.md"),
        (
            {"GONGBAO_REPO_URL": "https://host.example.org/a/b", "GONGBAO_EDIT_URI": "-/edit/trunk/docs/"},
            "https://host.example.org/a/b/-/edit/trunk/content/2014/h1/good.md",
        ),
        (
            {"GONGBAO_REPO_URL": "", "GONGBAO_EDIT_URI": "https://host.example.org/a/b/edit/docs/"},
            "https://host.example.org/a/b/edit/docs/../content/2014/h1/good.md",  # a browser takes docs/../ away
        ),
    ],
    ids=["as it stands", "GitLab", "an address of its own"],
)
def test_the_link_to_edit_a_record_is_the_hosts(variables: dict[str, str], link: str, small: Path) -> None:
    succeed(small, *BUILD, STRICT, **variables)
    assert f'<a href="{link}">修改这一页</a>' in read(small, RECORD)


def test_the_settings_may_be_given_by_a_path_from_another_folder(small: Path) -> None:
    succeed(small, *BUILD, STRICT)
    at_home = files_of(small / "site")
    for folder, path in ((small, "mkdocs.yml"), (small.parent, f"{small.name}/mkdocs.yml")):
        shutil.rmtree(small / "site")
        succeed(folder, *BUILD, STRICT, "-f", path)
        assert files_of(small / "site") == at_home


def test_pages_by_hand_may_lie_in_another_folder(small: Path) -> None:
    (small / "docs").rename(small.parent / "elsewhere")
    replace(small / "mkdocs.yml", "theme:\n", "docs_dir: ../elsewhere\ntheme:\n")
    succeed(small, *BUILD, STRICT)
    assert "关于" in read(small, "about/index.html")


DEAD = ("gone.md", "guide/gone.md", "../content/2014/h1/good.md", "2014/h1/records/no/index.md", "pic.png", "../no/")
ALIVE = (
    *("about.md", "guide/index.md", "./guide/page.md#标题", "topics/index.md", "2014/h1/records/good/index.md"),
    *(
        "../topics/",
        "../topics/aid/#gb-top",
        "../guide/",
        "#gone",
        "https://example.org/gone.md",
        "mailto:a@example.org",
    ),
)


def test_a_dead_link_by_hand_is_told_with_its_line_before_anything_is_written(small: Path) -> None:
    (small / "docs/guide").mkdir()
    (small / "docs/guide/index.md").write_text("# 指南\n", encoding="utf-8")
    (small / "docs/guide/page.md").write_text("# 标题\n\n[回去](../about.md) ![](../about.md)\n", encoding="utf-8")
    about = small / "docs/about.md"
    about.write_text("# 关于\n" + "".join(f"\n- [甲]({link})\n" for link in ALIVE), encoding="utf-8")
    succeed(small, *BUILD, STRICT)

    example = "\n```\n[例子](gone.md)\n```\n\n`[例子](other.md)`\n"
    picture = "\n![甲][乙]\n\n[乙]: https://example.org/a.png\n"
    text = f"---\ntitle: 关于\n---\n\n# 关于\n{example}" + "".join(f"\n[甲]({link})\n" for link in DEAD) + picture
    about.write_text(text, encoding="utf-8")

    blocks = told(fails_and_leaves_the_site(small, *BUILD, STRICT))
    lines = text.split("\n")
    expected = [(lines.index(f"[甲]({link})") + 1, link) for link in DEAD]
    assert f"docs/about.md:{lines.index('![甲][乙]') + 1}:1: 提醒: 网页不从别的网站取图片" in blocks.pop()
    assert [block.partition(" [link.dead]")[0] for block in blocks] == [
        f"docs/about.md:{line}:1: 提醒: 这个链接指向的页面或文件不存在：{link}" for line, link in expected
    ]
    assert "[link.dead]" in succeed(small, *BUILD)


def test_a_page_by_hand_that_is_not_utf_8_is_told(small: Path) -> None:
    succeed(small, *BUILD, STRICT)
    (small / "docs/about.md").write_bytes("# 关于\n".encode("gb18030"))
    blocks = told(fails_and_leaves_the_site(small, *BUILD))
    assert [block.partition(":")[0] for block in blocks] == ["docs/about.md"]
    assert "[file.encoding]" in blocks[0]


def test_links_are_left_to_mkdocs_where_another_hook_adds_pages(small: Path) -> None:
    add_hook(
        small,
        "more.py",
        "from mkdocs.structure.files import File\n\n\n"
        "def on_files(files, config):\n"
        '    files.append(File.generated(config, "made.md", content="# 另一页"))\n',
    )
    (small / "docs/about.md").write_text("# 关于\n\n[甲](made.md)\n", encoding="utf-8")

    succeed(small, *BUILD, STRICT)
    assert 'href="../made/"' in read(small, "about/index.html")
    (small / "docs/about.md").write_text("# 关于\n\n[甲](gone.md)\n", encoding="utf-8")
    done = run(small, *BUILD, STRICT)
    assert done.returncode == 1
    assert "'gone.md'" in done.stdout
