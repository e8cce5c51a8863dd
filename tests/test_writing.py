"""The way out for a small project: every sign survives, nothing is overwritten, nothing comes of a broken one."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest

from commands import files_of, replace, run, succeed
from small_archives import LISTS, PNG, in_memory, record, write
from test_way_out import PAGES, said_by

TEXT = """甲乙 1*2*3 [注]、a_b_c、5~6人、`a|b` 和 `码`！

1. 第一
2. 第二

   - 里面
   - 另一项

- 又一表

> 引文 **（重）**点 *轻*

| 名 | 数 |
| --- | --- |
| 甲\\|乙 | 3 |

```
# 代码 < & >
```

1\\. 不是列表

\\- 也不是，见[图](图.png)和[别的记录](../other.md#小标题)。H<sub>2</sub>O<br>下一行
"""


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A project whose record has all that Markdown has signs for, a picture, an earlier address."""
    files = {
        **LISTS,
        "2014/h1/full/index.md": record(TEXT, title="- 一 * 二 # <三> & {{ 四 }}", aliases=["2013-h2/before"]),
        "2014/h1/full/图.png": PNG,
        "2014/h1/other.md": record("## 小标题\n\n正文。\n", title="另一条"),
        "2014/h1/gone.md": record(withdrawn={"date": "2014-08-01", "reason": "有误"}),
    }
    return write(tmp_path, files)


def converted(text: str) -> str:
    """What Python-Markdown makes of a page without its header, with the extensions that MkDocs always has."""
    return markdown.markdown(text.split("---\n", 2)[2], extensions=["toc", "tables", "fenced_code"])


def test_every_sign_of_markdown_survives(small_site: Path, tmp_path: Path) -> None:
    site = in_memory(small_site, "https://someone.example.org/")
    succeed(small_site, *PAGES, str(tmp_path / "out"), "--site-url", "https://someone.example.org/")

    out = files_of(tmp_path / "out")
    for address, html in site.pages.items():
        if address == "search/":
            continue  # other generators bring a search of their own
        text = out[f"{address}index.md"].decode()
        assert said_by(converted(text)) == said_by(html), address
    page = converted(out["2014/h1/records/full/index.md"].decode())
    for tag in ("ol", "ul", "blockquote", "table", "pre", "code", "strong", "em", "sub", "br", "h1"):
        assert f"<{tag}" in page, tag
    assert 'href="../other/index.md#' in page
    assert out["2014/h1/records/full/图.png"] == PNG
    assert "https://someone.example.org/2014/h1/records/full/" in out["data/records.json"].decode()
    assert "(../../../../2014/h1/records/full/index.md)" in out["2013/h2/records/before/index.md"].decode()


def test_a_folder_with_files_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.md").write_text("mine", encoding="utf-8")
    for what in ("out", "out/mine.md"):
        done = run(small, *PAGES, str(tmp_path / what))
        assert (done.returncode, done.stdout) == (
            1,
            f"{tmp_path / what} 不是空文件夹，没有动它。请换一个新的文件夹。\n",
        )
    assert files_of(tmp_path / "out") == {"mine.md": b"mine"}


def test_nothing_is_written_of_a_broken_project(small: Path, tmp_path: Path) -> None:
    replace(small / "content/2014/h1/good.md", "topics: [aid]", "topics: [aidd]")
    done = run(small, *PAGES, str(tmp_path / "out"))
    assert done.returncode == 1
    assert "[ref.topic]" in done.stdout
    assert "Traceback" not in done.stdout
    assert not (tmp_path / "out").exists()
