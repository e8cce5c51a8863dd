"""The edits before our incremental builds, as an author or a maintainer makes them, and the pages that show them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .measuring import Failed
from .records import PERIODS, schedule


@dataclass(frozen=True)
class Edit:
    """One change of one file: the text behind which words are written, and the page that must then show them."""

    file: str
    behind: str
    page: str

    def make(self, folder: Path, words: str) -> None:
        """Write the words into the file. Raises Failed if the file lacks the text."""
        path = folder / self.file
        above, found, below = path.read_text(encoding="utf-8").partition(self.behind)
        if not found:
            raise Failed(f"{path} has no {self.behind!r}")
        path.write_text(f"{above}{found}{words}{below}", encoding="utf-8", newline="\n")

    def check(self, folder: Path, words: str) -> None:
        """Raise Failed if the built page does not have the words: a build that misses an edit is wrong, not fast."""
        page = folder / "site" / self.page / "index.html"
        if words not in page.read_text(encoding="utf-8"):
            raise Failed(f"{page} does not show the change of {self.file}")


def numbered(run: int) -> str:
    """Return a character for the number of a run. A digit would not do, as pages have markup around digits."""
    return "甲乙丙丁戊己庚辛壬癸"[run]


def edits(count: int) -> dict[str, Edit]:
    """Return the edits to a corpus of ``count`` records by name; the record is one in the middle of the archive."""
    place = list(schedule(count))[count // 2]
    half = PERIODS[place.period].folder
    file, page = f"content/{half}/{place.slug}.md", f"{half}/records/{place.slug}"
    return {
        "text": Edit(file, "---\n\n", page),
        "title": Edit(file, "title: ", page),
        "topic": Edit("content/topics.yml", "title: ", "topics"),
        "template": Edit("hooks/gongbao/rendering/templates/record.html", "</h1>", page),
    }
