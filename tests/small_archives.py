"""Small archives, written into a folder and built in memory, and what a reader's browser would find on their pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import yaml

from gongbao.archive.filing import Archive
from gongbao.building import Build, Options, build, outputs
from gongbao.git.history import History
from gongbao.metadata.cleaning import tells_place
from gongbao.output import FileContent, Output
from gongbao.problems.text_report import report
from gongbao.publishing.publication import Publishing
from gongbao.reading.disk import Tree
from gongbao.records.file_kinds import BEGINNINGS, ending_of
from gongbao.records.record import RECORD_ENDINGS
from gongbao.rendering.edition import Edition, make_edition
from gongbao.rendering.page_files import NO_FRAME
from gongbao.rendering.rendered import Rendered

Files = Mapping[str, Any]  # path in content/: text, bytes, or what YAML makes of anything else; None for no such file

LISTS: Files = {
    "site.yml": {"name": "工报"},
    "topics.yml": [
        {"slug": "organizing", "title": "组织建设", "aliases": ["组建"]},
        {"slug": "aid", "title": "帮扶救助"},
        {"slug": "activities", "title": "文体活动"},
    ],
    "units.yml": [{"slug": "town", "title": "某镇总工会"}, {"slug": "village", "title": "某村工会", "parent": "town"}],
}
ONE_UNIT: Files = {"units.yml": [{"slug": "town", "title": "某镇总工会"}]}
PNG = b"\x89PNG\r\n\x1a\n"  # the beginning of a picture: nobody looks further
PROJECT = Path(__file__).parent.parent
COMPILED = ".cache/templates"
ROOT = "https://site.example.org/"
_VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}


def record(text: str = "正文。\n", /, **fields: Any) -> str:
    """A record's file: topic ``aid`` and unit ``town``, unless said otherwise; None leaves a field out."""
    merged = {"title": "走访职工", "unit": "town", "topics": ["aid"]} | fields
    header = {name: value for name, value in merged.items() if value is not None}
    return f"---\n{dump(header)}---\n\n{text}"


def attached(name: str) -> bytes:
    """The content of an attachment: it begins as its name tells."""
    return next(iter(BEGINNINGS.get(ending_of(name), ())), b"text")


def dump(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    return text


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def bytes_of(value: Any) -> bytes:
    """What is in a file, of a value in `Files`."""
    text = value if isinstance(value, str | bytes) else dump(value)
    return text if isinstance(text, bytes) else text.encode()


def tree_of(files: Files) -> Tree:
    """The content folder that `write` writes, without writing it. ``{"size": 9}`` is a file of so many bytes."""
    made = {name: value for name, value in files.items() if value is not None}
    records = {name for name in made if name.endswith(RECORD_ENDINGS)}
    others = {name: name for name in sorted(made.keys() - records)}
    sizes = {name: made[name]["size"] for name in others if isinstance(made[name], dict) and "size" in made[name]}
    beside = {name: bytes_of(made[name]) for name in others.keys() - sizes.keys()}
    placed = {name for name, data in beside.items() if tells_place(data)}
    sizes |= {name: len(data) for name, data in beside.items()}
    read = {name: bytes_of(made[name]) for name in sorted(records)}
    return Tree(Path("content"), read, others, (), sizes=sizes, placed=placed)


def write(project: Path, files: Files) -> Path:
    """Write ``content/`` in the order of ``files``."""
    project.mkdir(parents=True, exist_ok=True)
    share(PROJECT, project)
    for name, value in files.items():
        path = project / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if value is not None:
            path.write_bytes(bytes_of(value))
    return project


def share(source: Path, target: Path) -> None:
    """Copy compiled templates from one project to another that has others: a build then takes no time."""
    if (source / COMPILED).is_file() and source.resolve() != target.resolve():
        data = (source / COMPILED).read_bytes()
        if not (target / COMPILED).is_file() or (target / COMPILED).read_bytes() != data:
            (target / COMPILED).parent.mkdir(exist_ok=True)
            with NamedTemporaryFile(dir=(target / COMPILED).parent, delete=False) as file:
                file.write(data)
            Path(file.name).replace(target / COMPILED)


def archive(project: Path, files: Files, *, preview: bool = False, warned: Collection[str] = ()) -> Built:
    """Build an archive of these files and of those `LISTS` that are not among them.

    Nothing may be wrong with it, but that exactly the rules of ``warned`` warn.
    """
    built = in_memory(write(project, {**LISTS, **files}), preview=preview)
    assert {problem.rule for problem in built.build.problems} == set(warned), report(built.build.problems, "en")
    return built


def in_memory(
    project: Path,
    site_url: str = "",
    *,
    preview: bool = False,
    first_seen: Mapping[str, str] | None = None,
    changes: Mapping[str, str] | None = None,
) -> Built:
    """Build a project in memory; there may be no error in it."""
    options = Options(preview, site_url, history=History(first_seen or {}, changes or {}))
    built = build(project, options)
    assert built.edition, report(built.problems, "en")
    return Built(built, built.edition)


def pages_of(archive: Archive, *addresses: str) -> dict[str, str]:
    """The HTML of an archive's pages, by address: of some, or of all."""
    edition = make_edition(Publishing(archive), "", (), History(), PROJECT / Path(COMPILED).parent)
    pages = [page for page in edition.pages if not addresses or page.address in addresses]
    return {page.address: one.html for page, one in zip(pages, edition.renderer.render_all(pages), strict=True)}


@dataclass(frozen=True)
class Built:
    """A site in memory."""

    build: Build
    edition: Edition

    @property
    def archive(self) -> Archive:
        """What it shows."""
        return self.edition.archive

    @cached_property
    def rendered(self) -> dict[str, Rendered]:
        """What was made of each page, by address."""
        rendered = self.edition.renderer.render_all(self.edition.pages)
        share(self.build.project, PROJECT)
        return {page.address: one for page, one in zip(self.edition.pages, rendered, strict=True)}

    @cached_property
    def pages(self) -> dict[str, str]:
        """Each page's HTML by address."""
        return {address: one.html for address, one in self.rendered.items()}

    @cached_property
    def outputs(self) -> dict[str, Output]:
        """Everything that the site consists of besides the search."""
        return outputs(self.build, NO_FRAME, Output.nothing())

    @cached_property
    def files(self) -> dict[str, str]:
        """The files that are text and no pages, by name."""
        return {
            name: text.decode()
            for kind in ("data", "feeds", "robots", "charts")
            for name, text in self.made(kind).items()
        }

    def made(self, kind: str) -> dict[str, bytes]:
        """The files of an output, by name."""
        made: dict[str, bytes] = {}

        def put(name: str, content: FileContent) -> None:
            made[name] = content if isinstance(content, bytes) else content.read_bytes()

        self.outputs[kind].make(self.outputs[kind].names, put)
        return made

    @cached_property
    def read(self) -> dict[str, Read]:
        """Each page as a browser reads it, by address."""
        return {address: Read.of(address, html) for address, html in self.pages.items()}

    def text(self, address: str) -> str:
        """What a page says, white space made single."""
        return self.read[address].text

    def faults(self) -> list[str]:
        """Links that lead nowhere, addresses that are not fit for a browser, ids that are there twice."""
        return [fault for page in self.read.values() for fault in self._faults(page)]

    def _faults(self, page: Read) -> Iterator[str]:
        for name, times in Counter(page.ids).items():
            if times > 1:
                yield f"{page.address}: id {name} is there {times} times"
        for link in page.links:
            path = link.partition("#")[0]
            if not path.isascii() or " " in path:
                yield f"{page.address}: {link} is not percent-encoded"
            elif (to := page.target(link)) is not None:
                address, fragment = to
                if address not in {*self.read, *self.edition.attachments, *self.files}:
                    yield f"{page.address}: {link} leads nowhere"
                elif fragment and not {fragment, unquote(fragment)} & set(self.read[address].ids):
                    yield f"{page.address}: {link} leads to no id"

    def texts_of(self, address: str, tag: str) -> list[str]:
        """The texts of a page's elements of one kind, in order, without what stands beside them in small."""
        found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", self.pages[address], re.DOTALL)
        return [Read.of(address, re.sub("<small.*?</small>", "", inner)).text for inner in found]

    def leads_from(self, address: str) -> set[str]:
        """The addresses of pages and files to which a page links."""
        targets = (self.read[address].target(link) for link in self.read[address].links)
        return {to[0] for to in targets if to is not None}


@dataclass
class Read:
    """One page: its links as written, its ids, its text, its tags with their attributes."""

    address: str
    text: str = ""
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @classmethod
    def of(cls, address: str, html: str) -> Read:
        parser = _Parser()
        parser.feed(html)
        parser.close()
        page = cls(address, " ".join("".join(parser.texts).split()), tags=parser.tags)
        for tag, attributes in parser.tags:
            page.links += [attributes[name] for name in ("href", "src") if name in attributes]
            if tag == "meta" and attributes.get("http-equiv") == "refresh":
                page.links.append(attributes["content"].partition("url=")[2])
            page.ids += [attributes["id"]] if "id" in attributes else []
        return page

    def target(self, link: str) -> tuple[str, str] | None:
        """The address and the fragment that a link leads to; None for one that leaves the site."""
        absolute = urlsplit(urljoin(f"{ROOT}{quote(self.address)}", link))
        if not absolute.geturl().startswith(ROOT):
            return None
        return unquote(absolute.path).removeprefix("/"), absolute.fragment


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
