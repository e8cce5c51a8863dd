"""Someone who reads a site without a pause while it is built again and again, and tells what was wrong with it.

Each build has a number, which stands in every page.
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from urllib.parse import urlsplit

POLL_EVERY = 0.005  # seconds
RECORD, NOTE = "2014/h1/records/more/", "note/"  # are there in some builds, and not in others
PATHS = (
    "",
    "about/",
    "2014/",
    "2014/h1/",
    RECORD,
    "2014/h1/records/good/",
    "units/village/",
    "feed.xml",
    NOTE,
    "topics/aid/",
    "data/records.json",
    "404.html",
)
NUMBER = re.compile(r"第(\d{4})版")


def has(path: str, number: int) -> bool:
    """Whether a build of this number has a page."""
    return {RECORD: number % 2 == 0, NOTE: number % 3 > 0}.get(path, True)


@dataclass
class Reader:
    """Asks for one page after another; keeps of each whose build it is, or None where there is no such page."""

    answers: list[tuple[str, int | None]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    ends: threading.Event = field(default_factory=threading.Event)

    def read(self, address: str) -> None:
        for path in cycle(PATHS):
            if self.ends.wait(POLL_EVERY):
                return
            try:
                self.take(path, *ask(address, path))
            except (OSError, HTTPException) as error:
                self.faults.append(f"/{path}: {error!r}")

    def take(self, path: str, status: int, text: str) -> None:
        numbers = set(NUMBER.findall(text))
        if status == 404 and path in (RECORD, NOTE):
            self.answers.append((path, None))
        elif status != 200 or len(numbers) != 1 or not is_whole(path, text):
            self.faults.append(f"/{path}: status {status}, builds {sorted(numbers)}, {len(text)} characters")
        else:
            self.answers.append((path, int(numbers.pop())))

    def wrong(self, never: set[int]) -> list[str]:
        """What a reader must not get: an older page after a newer, one that never was published, none where one is."""
        found, last = list(self.faults), 0
        ahead = [number for _, number in self.answers if number]
        for path, number in self.answers:
            if number is None:
                builds = range(last or ahead[0], (ahead[0] if ahead else last) + 1)
                if all(has(path, one) for one in builds if one not in never):
                    found.append(f"/{path}: missing in {builds}")
                continue
            ahead.pop(0)
            if number < last or number in never or not has(path, number):
                found.append(f"/{path}: of build {number} after one of {last}")
            last = max(last, number)
        return found


def ask(address: str, path: str) -> tuple[int, str]:
    """Ask for a page as a new visitor; a page that is cut short raises `HTTPException`."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        connection.request("GET", f"/{path}")
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()


def is_whole(path: str, text: str) -> bool:
    if path.endswith(".json"):
        try:
            return bool(json.loads(text))
        except ValueError:
            return False
    return text.rstrip().endswith("</feed>" if path.endswith(".xml") else "</html>")
