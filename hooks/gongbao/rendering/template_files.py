"""The templates' files, which are read once for a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound

TEMPLATES = Path(__file__).parent / "templates"
Templates = Mapping[str, tuple[Path, bytes]]  # each template's file and text, by name


def read_templates(folders: Iterable[Path]) -> Templates:
    """Read all templates: from a site's own folders, then the program's. The first template of a name counts."""
    found: dict[str, tuple[Path, bytes]] = {}
    for folder in (*folders, TEMPLATES):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                found.setdefault(path.relative_to(folder).as_posix(), (path, path.read_bytes()))
    return found


class TemplatesAsRead(BaseLoader):
    """Gives the templates as they were read, also after their files have changed."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        del environment
        if template not in self._templates:
            raise TemplateNotFound(template)
        path, text = self._templates[template]
        return text.decode("utf-8"), str(path), lambda: True

    def list_templates(self) -> list[str]:
        return sorted(self._templates)
