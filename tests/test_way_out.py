"""The way out: pages written as plain Markdown say what ours say, and stock MkDocs builds them without a warning."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from commands import BUILD, GONGBAO, PROJECT, STRICT, files_of, succeed
from gongbao.archive import addresses
from gongbao.git.history import read_history
from gongbao.text.figure_views import figure_view
from six_halves import six_project
from small_archives import Built, in_memory

PAGES = (*GONGBAO, "pages")
UNSEEN = re.compile(
    r'<nav class="gb-crumbs".*?</nav>|<p class="gb-tools".*?</p>|'
    r'<form.*?</form>|<svg(?:<svg.*?</svg>|.)*?</svg>|<head>.*?</head>|<div class="gb-bar".*?</div>',
    re.DOTALL,
)


# The site of six halves has pages of every kind; `make test-long` writes the seed site's too.
@pytest.fixture(scope="module", params=["six", pytest.param("seed", marks=pytest.mark.slow)])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return PROJECT if request.param == "seed" else six_project(tmp_path_factory.mktemp("six") / "project")


@pytest.fixture(scope="module")
def site(project: Path) -> Built:
    history = read_history(project)
    return in_memory(project, first_seen=history.first, changes=history.last)


@pytest.fixture(scope="module")
def written(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole project's pages."""
    folder = tmp_path_factory.mktemp("way-out") / "docs"
    said = succeed(project, *PAGES, str(folder))
    assert str(folder) in said
    return folder


def most(project: Path, seed: int, six: int) -> int:
    """A number that the seed site has more of, or the site of six halves."""
    return seed if project == PROJECT else six


@pytest.fixture(scope="module")
def built(written: Path) -> Path:
    """What stock MkDocs makes of them: no theme but its own, no extension, no hook, no plugin."""
    (written.parent / "mkdocs.yml").write_text(
        "site_name: 别处\nplugins: []\ntheme: {name: mkdocs, highlightjs: false}\n", encoding="utf-8"
    )
    said = succeed(written.parent, *BUILD, STRICT)
    assert "WARNING" not in said
    assert "contain" not in said, "MkDocs tells in passing of links to anchors that there are not"
    return written.parent / "site"


def written_of(site: Built) -> dict[str, str]:
    """The HTML of all pages but the search's, for which another generator has its own, by address."""
    return {address: html for address, html in site.pages.items() if address != addresses.SEARCH}


def words_of(html: str) -> list[str]:
    """The words of some HTML, without white space and the points that part them."""
    words = _Words()
    words.feed(UNSEEN.sub("", html))
    return [word for word in re.split(r"[\s·]+", words.text) if word]


def said_by(html: str) -> str:
    return "".join(words_of(html))


class _Words(HTMLParser):
    text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def main_part(page: Path) -> str:
    html = page.read_text(encoding="utf-8")
    return html.partition('role="main">')[2].partition("<footer")[0]


def test_every_page_says_what_ours_says(project: Path, site: Built, built: Path) -> None:
    assert len(site.pages) > most(project, 250, 80)
    for address, ours in written_of(site).items():
        theirs = main_part(built / address / "index.html")
        if "rowspan" in ours:  # a cell over several rows is repeated in each
            assert {*words_of(theirs.replace("<", " <"))} == {*words_of(ours.replace("<", " <"))}
        else:
            assert "".join(words_of(theirs)) == "".join(words_of(ours)), address


def test_every_title_figure_and_commitment_is_there(project: Path, site: Built, built: Path) -> None:
    vocabulary = site.archive.vocabulary
    figures = commitments = 0
    for one in site.archive.records:
        said = said_by(main_part(built / addresses.record(one) / "index.html"))
        assert said.startswith(said_by(one.title))
        for figure in one.figures:
            view = figure_view(figure, vocabulary)
            assert said_by(f"{view.name}{view.quantity or '—'}") in said
            figures += 1
        for commitment in one.commitments:
            assert said_by(commitment.text) in said
            commitments += 1
    assert figures > most(project, 100, 30)
    assert commitments > most(project, 50, 7)


def test_every_link_leads_to_a_file_and_a_place_in_it(project: Path, built: Path) -> None:
    files = files_of(built)
    pages = {name: content.decode() for name, content in files.items() if name.endswith(".html") and name != "404.html"}
    ids = {name: set(re.findall(r' id="([^"]+)"', html)) for name, html in pages.items()}
    followed = 0
    for name in pages:
        for link in re.findall(r'(?:href|src)="([^"]+)"', main_part(built / name)):
            split = urlsplit(link.replace("&amp;", "&"))
            if split.scheme or split.netloc:
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(split.path))) if split.path else name
            )
            target = target if target in files else posixpath.normpath(f"{target}/index.html")
            assert target in files, f"{name}: {link}"
            assert not split.fragment or unquote(split.fragment) in ids[target], f"{name}: {link}"
            followed += 1
    assert followed > most(project, 3000, 800)


def test_every_page_has_its_header(site: Built, written: Path) -> None:
    pages = {page.address: page for page in site.edition.pages}
    for address in written_of(site):
        text = (written / address / "index.md").read_text(encoding="utf-8")
        header = yaml.load(text.split("---\n")[1], Loader=yaml.CSafeLoader)
        assert header["title"] == pages[address].title
        assert header.get("description", "") == pages[address].description
        assert header["lang"] == "zh"
        assert str(header.get("date", "2000-01-01")) < "2100"
        assert " class=" not in text and "gb-" not in re.sub(r'(?<=id=")gb-|(?<=#)gb-', "", text)


def test_charts_are_pictures_of_their_own(project: Path, written: Path) -> None:
    charts = list(written.glob("figures/*/*.svg"))
    assert bool(charts) is (project != PROJECT), "the seed site has no two values that a chart could compare"
    for chart in charts:
        text = chart.read_text(encoding="utf-8")
        assert text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert "var(" not in text
        assert f"]({chart.name})" in (chart.parent / "index.md").read_text(encoding="utf-8")


def test_pages_by_hand_and_open_data_go_along(project: Path, written: Path) -> None:
    files = files_of(written)
    for name, content in files_of(project / "docs").items():
        assert files[name] == content
    assert {"data/records.json", "data/figures.csv", "data/commitments.csv"} <= files.keys()
