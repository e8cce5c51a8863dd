"""Feed Pagefind, in a process of its own: ``python pagefind_feed.py FOLDER VOLUME…``.

``FOLDER/VOLUME.json`` holds the pages of a volume, and ``FOLDER/VOLUME`` becomes its index. Another process may work on
the same folder and take the volumes that this one has not begun with. An index that is there already is verified file
by file; the process prints the names of damaged ones.

Pagefind runs as a service and gets its pages one by one. From a folder it would take them in the order of the disk,
and its index would differ from machine to machine. Pagefind keeps the indexed text of each page for its results. This
module puts the texts that readers shall see in its place.
"""

from __future__ import annotations

import base64
import fnmatch
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from io import BufferedReader
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import Any

LANGUAGE = "gongbao"  # Pagefind does not know this language, and so neither stems nor splits words
_SCRIPT = "pagefind.js"
CONTENTS = "contents.json"
COUNTS = "counts.json"  # about how often each key occurs: `index_files` reads it
# The size of a chunk of Pagefind's index, in postings. A volume is a part of a site, so its chunks are smaller.
CHUNK = ("PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE", "800")
_SAMPLED = 5  # one page in so many is counted
# Two places in Pagefind's script, each with the code that replaces it. The script treats a file that it could not
# fetch as an empty one, and would tell readers that nothing was found. That happens when the site is published
# meanwhile, as the new index's files have other names.
_LENIENT = {
    rb"queued\.resolve\(await fetch\(queued\.input\)\);": b"const got=await fetch(queued.input);"
    b"if(!got.ok)throw new Error(`${got.status} ${got.url}`);queued.resolve(got);",
    rb"console\.error\(`Failed to load the index chunk [^`]*`\);": b"throw e;",
}
_MARK = b"pagefind_dcd"  # each of Pagefind's files begins with this
_ENTRY, _META = "pagefind-entry.json", "*.pf_meta"
# An entry of Pagefind's list of files (CBOR): a name, and for a page's file the number of words too.
_LISTED = re.compile(rb"[\x60-\x77](%s_[0-9a-f]+)([\x00-\x17]|\x18.|\x19..|\x1a....)?" % LANGUAGE.encode(), re.DOTALL)
_NO_WORDS = b"\x00"
KEPT = (_SCRIPT, _ENTRY, "wasm.unknown.pagefind", _META, "index/*", "fragment/*")

# Each page by its address: its keys, joined by spaces, and the texts that results show.
Pages = dict[str, tuple[str, list[str]]]


def main(folder: Path, volumes: list[str]) -> int:
    """Make or verify each volume's index. Return 1 if Pagefind fails, else 0."""
    for volume in volumes:
        asked, taken = (folder / f"{volume}.{state}" for state in ("json", "taken"))
        if _whole(folder / volume):
            continue
        try:
            asked.rename(taken)
        except FileNotFoundError:
            if not taken.is_file():
                print(volume)
            continue
        if fault := _index(json.loads(taken.read_text(encoding="utf-8")), folder / volume):
            print(fault, file=sys.stderr)
            return 1
        taken.unlink()
    return 0


def _index(pages: Pages, to: Path) -> str:
    """Index pages in order. Return the error, or an empty text."""
    new = to.with_name(f"{to.name}.new")
    for folder in (new, to):
        if folder.is_dir():
            shutil.rmtree(folder)
        folder.unlink(missing_ok=True)
    answer = _serve(_orders(pages), len(pages) + 2)
    if "files" not in answer:
        return str(answer.get("message", "Pagefind"))
    files = {
        file["path"]: base64.b64decode(file["content"])
        for file in answer["files"]
        if any(fnmatch.fnmatch(file["path"], pattern) for pattern in KEPT)
    }
    for name in files:
        if name.startswith("fragment/"):
            files[name] = _fragment(files[name], pages)
    for lenient, strict in _LENIENT.items():
        files[_SCRIPT], count = re.subn(lenient, strict, files[_SCRIPT])
        if count != 1:
            return f"{_SCRIPT} is another than this program knows: it has {count} times {lenient.decode()}"
    if fault := _number(files, to.name):
        return fault
    files[COUNTS] = json.dumps(_counts(pages)).encode()
    contents = {}
    for name, content in files.items():
        path = new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        contents[name] = hashlib.sha256(content).hexdigest()
    written = json.dumps(contents)
    (new / CONTENTS).write_text(f"{_checksum(written)}\n{written}", encoding="utf-8")
    try:
        new.rename(to)
    except OSError:
        if not (to / CONTENTS).is_file():
            raise
        shutil.rmtree(new)  # another run has put the same index there meanwhile
    return ""


def _counts(pages: Pages) -> dict[str, int]:
    """Return about how often each key occurs in pages, counted in every fifth page."""
    counted = Counter(chain.from_iterable(keys.split() for keys, _ in [*pages.values()][::_SAMPLED]))
    return {key: count * _SAMPLED for key, count in counted.items()}


def _fragment(packed: bytes, pages: Pages) -> bytes:
    """Return Pagefind's file of a page with the shown texts in the place of the indexed text."""
    address = json.loads(gzip.decompress(packed).removeprefix(_MARK))["url"]
    _, shown = pages[address]
    page = {"url": address, "content": "", "shown": shown, "anchors": [], "meta": {}}
    return gzip.compress(_MARK + json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def _number(files: dict[str, bytes], volume: str) -> str:
    """Name an index's files by its volume and a number. Return the error, or an empty text.

    Every reader first fetches the list of all files. Pagefind names a file by a digest of its contents, and digests
    can't be compressed. The list also has the length of each page. Pagefind ranks by it, but not for words in quotes,
    so it is left out. The volume's digest stands in each name, so no name ever stands for two contents.
    """
    names: dict[str, str] = {}

    def numbered(found: re.Match[bytes]) -> bytes:
        name = names.setdefault(found[1].decode(), f"{volume[:8]}{len(names):04x}").encode()
        return bytes([0x60 + len(name)]) + name + (_NO_WORDS if found[2] else b"")

    (meta,) = fnmatch.filter(files, _META)
    listed = _LISTED.sub(numbered, gzip.decompress(files.pop(meta)))
    for path in fnmatch.filter(files, "*/*"):
        folder, stem, suffix = re.split(r"[/.]", path)
        if stem not in names:
            return f"{meta} is another than this program knows: it does not list {path}"
        files[f"{folder}/{names[stem]}.{suffix}"] = files.pop(path)
    files[f"pagefind.{volume}.pf_meta"] = gzip.compress(listed, mtime=0)
    files[_ENTRY] = files[_ENTRY].replace(meta.split(".")[1].encode(), volume.encode())
    return ""


def _orders(pages: Pages) -> Iterator[dict[str, Any]]:
    """Yield the orders for Pagefind.

    The last one asks for the files' contents. Pagefind could write the files itself, but it may end before all are
    written.
    """
    yield {"type": "NewIndex", "config": {"force_language": LANGUAGE}}
    no = {"meta": None, "filters": None, "sort": None}
    for address, (keys, _) in pages.items():
        yield {"type": "AddRecord", "index_id": 0, "url": address, "content": keys, "language": LANGUAGE, **no}
    yield {"type": "GetFiles", "index_id": 0}


def _serve(orders: Iterator[dict[str, Any]], count: int) -> dict[str, Any]:
    """Give Pagefind ``count`` orders. Return its answer to the last one, or its first error."""
    # Only this process needs it, and not when it verifies.
    from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]

    os.putenv(*CHUNK)
    payload: dict[str, Any] = {}
    # The program itself: ``python -m pagefind`` imports for longer than a small index takes.
    with subprocess.Popen([get_executable(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as pagefind:
        assert pagefind.stdin and isinstance(pagefind.stdout, BufferedReader)
        feeding = Thread(target=_write, args=(pagefind.stdin, orders), daemon=True)
        feeding.start()
        answered, rest = 0, bytearray()
        while answered < count and (data := pagefind.stdout.read1(1 << 20)):
            rest += data
            if b"," not in data:
                continue
            *answers, last = rest.split(b",")
            rest = bytearray(last)
            answered += len(answers)
            for answer in answers:
                payload = json.loads(base64.b64decode(answer))["payload"]
                if payload["type"] == "Error":
                    pagefind.kill()
                    return payload
        feeding.join(timeout=10)
        pagefind.stdin.close()
    return payload if answered == count else {}


def _write(stream: Any, orders: Iterator[dict[str, Any]]) -> None:
    try:
        for number, order in enumerate(orders, start=1):
            message = json.dumps({"message_id": number, "payload": order}, ensure_ascii=False)
            stream.write(base64.b64encode(message.encode()) + b",")
        stream.flush()
    except BrokenPipeError:
        pass  # `_serve` notices the missing answers


def files_of(index: Path) -> dict[str, str]:
    """Return the digest of each file of an index by name, as written. Raises ValueError for a damaged list."""
    checksum, _, written = (index / CONTENTS).read_text(encoding="utf-8").partition("\n")
    if checksum != _checksum(written):
        raise ValueError(f"{index / CONTENTS} is not as it was written")
    contents: dict[str, str] = json.loads(written)
    return contents


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def counts_of(index: Path) -> dict[str, int]:
    """Return about how often each key occurs in the pages of an index."""
    counts: dict[str, int] = json.loads((index / COUNTS).read_text(encoding="utf-8"))
    return counts


def _whole(index: Path) -> bool:
    """Whether every file of an index is as it was written."""
    try:
        contents = files_of(index)
        return bool(contents) and all(
            hashlib.sha256((index / name).read_bytes()).hexdigest() == digest for name, digest in contents.items()
        )
    except (OSError, ValueError, AttributeError):
        return False


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
