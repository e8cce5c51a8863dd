"""What the check accepts, every output can be made of, and each is well formed and runs nothing."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from decimal import localcontext
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import feedparser  # type: ignore[import-untyped]
import pytest
import yaml
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from lxml import etree  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from PIL import Image

from any_archives import archives
from gongbao.archive.derived import Derived
from gongbao.data.rows import open_data
from gongbao.manuscripts.document_cache import WORD
from gongbao.manuscripts.manuscript import document_pages, manuscript_of
from gongbao.markdown.export import written_pages
from gongbao.records.fields import PRECISION
from gongbao.search.mirror import mirrored
from gongbao.word.document import document
from harm import harm, may_lead
from small_archives import Built, Files, Read, in_memory, write

# The program's own scripts, which some pages load.
OWN_SCRIPT = re.compile(r'<script src="(?:\.\./)*assets/gongbao-[a-z]+\.js" defer></script>')
URL = "https://site.example.org/below/"


def page_faults(built: Built) -> Iterator[str]:
    for address, one in built.rendered.items():
        page = Read.of(address, one.html)
        doubled = {name for name in page.ids if page.ids.count(name) > 1}
        yield from (f"{address}: {name} twice" for name in doubled)
        yield from (f"{address}: {found}" for found in harm(OWN_SCRIPT.sub("", f"{one.head}{one.html}")))
        for said in re.findall(r'<script type="application/ld\+json">(.*?)</script>', str(one.head), re.DOTALL):
            json.loads(said)


def feed_faults(built: Built) -> Iterator[str]:
    for name, content in built.made("feeds").items():
        if name.endswith(".json"):
            items = json.loads(content)["items"]
            contents = [item["content_html"] for item in items]
            links = [item["url"] for item in items]
        else:
            root = etree.fromstring(content)
            links = list(root.xpath("//@href"))
            contents = root.xpath("//*[local-name()='content']/text()")
            if feedparser.parse(content).bozo:
                yield f"{name}: not well formed"
        yield from (f"{name}: {link}" for link in links if urlsplit(link).scheme not in ("http", "https"))
        yield from (f"{name}: {found}" for one in contents for found in harm(one, URL))


def data_faults(built: Built, folder: Path, validated: bool) -> Iterator[str]:
    files = {name: content.decode() for name, content in built.made("data").items()}
    if not built.archive.records:
        return
    data = open_data(Derived(built.archive), built.edition.site_url)
    records = json.loads(files["data/records.json"])["records"]
    if records != json.loads(json.dumps(list(data.records()))):
        yield "records.json says something else"
    for name, rows in (("figures", data.figures()), ("commitments", data.commitments())):
        text = files[f"data/{name}.csv"].removeprefix("\ufeff")
        read = list(csv.DictReader(StringIO(text, newline=""), strict=True))
        stated = [{key: row.get(key, "") for key in (read[0] if read else ())} for row in rows]
        plain = [{key: re.sub(r"^'(?='*[=+\-@\t\r\n＝＋－＠])", "", cell) for key, cell in row.items()} for row in read]
        if plain != stated:
            yield f"{name}.csv says something else"
    if validated:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
        report = Package(str(folder / "data/datapackage.json")).validate()
        yield from (error.message for error in report.errors)
        yield from (error.message for task in report.tasks for error in task.errors)


def word_faults(built: Built, folder: Path) -> Iterator[str]:
    def read(path: str) -> bytes:
        return (folder / "content" / path).read_bytes()

    for address, page in document_pages(built.edition, WORD).items():
        made = document(manuscript_of(page, built.rendered[page.address], built.edition, read))
        with ZipFile(BytesIO(made)) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    root = etree.fromstring(parts.read(name))
                    for link in root.xpath("//@Target[../@TargetMode='External']"):
                        if not may_lead(link):
                            yield f"{address}: {link}"


def markdown_faults(built: Built) -> Iterator[str]:
    html = {address: one.html for address, one in built.rendered.items()}
    others = [name for kind in ("attachments", "data", "feeds") for name in built.outputs[kind].names]
    for name, text in written_pages(built.edition, html, others).items():
        if name.endswith(".svg"):
            etree.fromstring(text.encode())
            continue
        _, header, body = text.split("---\n", 2)
        assert yaml.safe_load(header)["title"]
        read = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
        yield from (f"{name}: {found}" for found in harm(read, URL))


def other_faults(built: Built) -> Iterator[str]:
    for kind in ("robots", "headers"):
        for content in built.made(kind).values():
            content.decode()
    for name, content in built.made("pictures").items():
        Image.open(BytesIO(content)).verify()
        if not name.endswith(".png"):
            yield name
    for record in built.archive.records:
        json.dumps(mirrored(built.archive, "的", record)).encode()


def check_all(folder: Path, files: Files, *, validated: bool) -> None:
    for path in sorted((folder / "content").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    built = in_memory(write(folder, files), URL)
    with localcontext(prec=PRECISION):  # as every build has it
        faults = [*page_faults(built), *feed_faults(built), *data_faults(built, folder, validated)]
        faults += [*word_faults(built, folder), *markdown_faults(built), *other_faults(built)]
    assert not faults, "\n".join(faults[:20])


@settings(derandomize=True, max_examples=2, suppress_health_check=list(HealthCheck))
@given(archives())
def test_all_outputs_can_be_made_of_some_archives(tmp_path_factory: pytest.TempPathFactory, files: Files) -> None:
    check_all(tmp_path_factory.getbasetemp() / "accepted", files, validated=False)


@pytest.mark.slow
@settings(derandomize=True, max_examples=100, suppress_health_check=list(HealthCheck))
@given(archives())
def test_all_outputs_can_be_made_of_whatever_is_accepted(
    tmp_path_factory: pytest.TempPathFactory, files: Files
) -> None:
    check_all(tmp_path_factory.getbasetemp() / "accepted", files, validated=True)
