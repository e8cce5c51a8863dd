"""What our pages say of their elements to others than a browser: roles (``data-gb-…``), never classes."""

from __future__ import annotations

import re

import pytest

from commands import PROJECT
from gongbao.git.history import read_history
from gongbao.manuscripts.document_cache import WORD
from gongbao.manuscripts.manuscript import document_pages, manuscript_of
from gongbao.markdown.export import written_pages
from gongbao.project import CONTENT
from gongbao.publishing.feed_content import feed_content
from gongbao.rendering.rendered import Rendered
from gongbao.word.document import document
from small_archives import Built, in_memory

ADDRESS = "https://site.example.org/"


@pytest.fixture(scope="module")
def site() -> Built:
    history = read_history(PROJECT)
    return in_memory(PROJECT, ADDRESS, first_seen=history.first, changes=history.last)


@pytest.fixture(scope="module")
def renamed(site: Built) -> dict[str, Rendered]:
    """The same pages with other names for all classes."""
    return {address: _renamed(one) for address, one in site.rendered.items()}


def _renamed(rendered: Rendered) -> Rendered:
    html = re.sub(r'(<[^>]*? class=")[^"]*', r"\1other", rendered.html)
    assert "gb-mark" not in re.sub("data-gb-mark", "", html)
    return Rendered(html, rendered.head)


def test_markdown_is_the_same_whatever_classes_are_called(site: Built, renamed: dict[str, Rendered]) -> None:
    other = {address: one.html for address, one in renamed.items()}
    assert written_pages(site.edition, other, ()) == written_pages(site.edition, site.pages, ())


def test_word_documents_are_the_same_whatever_classes_are_called(site: Built, renamed: dict[str, Rendered]) -> None:
    def documents(rendered: dict[str, Rendered]) -> dict[str, bytes]:
        pages = document_pages(site.edition, WORD)
        return {
            address: document(manuscript_of(page, rendered[page.address], site.edition, read))
            for address, page in pages.items()
        }

    def read(path: str) -> bytes:
        return (PROJECT / CONTENT / path).read_bytes()

    made = documents(site.rendered)
    assert len(made) > 10
    assert documents(renamed) == made


def test_feeds_and_contents_are_the_same_whatever_classes_are_called(site: Built, renamed: dict[str, Rendered]) -> None:
    full = {page.address for page in site.edition.pages if page.full}
    assert full
    for address, ours in site.rendered.items():
        theirs = renamed[address]
        assert list(theirs.headings) == list(ours.headings)
        if address in full:
            assert feed_content(theirs.html, ADDRESS) == feed_content(ours.html, ADDRESS)


def test_feeds_put_no_space_into_a_record_s_own_text() -> None:
    numbers = '<span class="gb-n">10至</span><span class="gb-n">20</span>'
    page = f"<div><p data-gb-meta><a>甲</a><a>乙</a></p><p>{numbers}</p></div>"
    assert feed_content(page, ADDRESS) == "<div><p><a>甲</a> <a>乙</a></p><p><span>10至</span><span>20</span></p></div>"
