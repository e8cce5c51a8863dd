"""What our pages say of their elements to others than a browser: roles (``data-gb-…``), never classes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from commands import PROJECT
from gongbao.building import CONTENT, build
from gongbao.git.history import read_history
from gongbao.markdown.written import written_pages
from gongbao.publishing.feed_content import feed_content
from gongbao.rendering.render import Site
from gongbao.rendering.rendered import Made, Rendered
from gongbao.word.document import document
from gongbao.word.manuscript import document_pages, manuscript_of

ADDRESS = "https://site.example.org/"


@pytest.fixture(scope="module")
def site() -> Site:
    history = read_history(PROJECT)
    site = build(PROJECT, preview=False, site_url=ADDRESS, first_seen=history.first, changes=history.last).site
    assert site
    return site


@pytest.fixture(scope="module")
def renamed(site: Site) -> Site:
    """The same site with other names for all classes."""
    return replace(site, pages=tuple(_renamed(one) for one in site.pages))


def _renamed(rendered: Rendered) -> Rendered:
    made = rendered.made()
    other = Made(re.sub(r'(<[^>]*? class=")[^"]*', r"\1other", made.html), made.head)
    assert "gb-mark" not in re.sub("data-gb-mark", "", other.html)
    return replace(rendered, made=lambda: other)


def test_markdown_is_the_same_whatever_classes_are_called(site: Site, renamed: Site) -> None:
    assert written_pages(renamed, {}) == written_pages(site, {})


def test_word_documents_are_the_same_whatever_classes_are_called(site: Site, renamed: Site) -> None:
    def documents(of: Site) -> dict[str, bytes]:
        return {address: document(manuscript_of(one, of, ADDRESS, read)) for address, one in document_pages(of)}

    def read(path: str) -> bytes:
        return (PROJECT / CONTENT / path).read_bytes()

    made = documents(site)
    assert len(made) > 10
    assert documents(renamed) == made


def test_feeds_and_contents_are_the_same_whatever_classes_are_called(site: Site, renamed: Site) -> None:
    for ours, theirs in zip(site.pages, renamed.pages, strict=True):
        assert list(theirs.made().headings) == list(ours.made().headings)
        if ours.page.full:
            assert feed_content(theirs.html, ADDRESS) == feed_content(ours.html, ADDRESS)


def test_feeds_put_no_space_into_a_record_s_own_text() -> None:
    numbers = '<span class="gb-n">10至</span><span class="gb-n">20</span>'
    page = f"<div><p data-gb-meta><a>甲</a><a>乙</a></p><p>{numbers}</p></div>"
    assert feed_content(page, ADDRESS) == "<div><p><a>甲</a> <a>乙</a></p><p><span>10至</span><span>20</span></p></div>"
