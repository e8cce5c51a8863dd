"""The renderer of pages: it makes each page's HTML, without the frame that a host puts around it."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Sequence
from decimal import localcontext
from pathlib import Path
from typing import TypeVar

from jinja2 import TemplateError, TemplateSyntaxError

from ..pages.page import Page
from ..parallel import Progress, as_done, progress_callback
from ..problems.problem import Mark, Problem
from ..publishing.head import head_tags
from ..publishing.publication import Publishing
from ..records.fields import PRECISION
from .compiled import Compiled, compile_ahead
from .environment import make_environment, page_rendered
from .rendered import Rendered
from .template_files import Templates
from .texts import Texts, Unrenderable

T = TypeVar("T")
_COMPILED = "templates"  # the file in the cache


class Unbuildable(Exception):
    """Problems that show only while a site is built: templates and texts that can't be rendered."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)


class Renderer:
    """Renders the pages of one archive.

    ``site_url`` is the site's absolute address, or empty; ``cache`` is a folder for compiled templates.
    """

    def __init__(self, publishing: Publishing, templates: Templates, texts: Texts, site_url: str, cache: Path) -> None:
        self.publishing, self.templates, self.texts = publishing, templates, texts
        self.environment = make_environment(publishing.archive, texts, templates, site_url)
        self.environment.bytecode_cache = Compiled(cache / _COMPILED)

    def prepare(self, pages: Iterable[Page]) -> None:
        """Compile the templates of pages, for all processes that are forked later."""
        parts = self.environment.list_templates(filter_func=lambda name: name.startswith("_"))
        compile_ahead(self.environment, [*parts, *sorted({page.template for page in pages})])

    def render(self, page: Page) -> Rendered | Problem:
        """Return a rendered page, or the problem that keeps it from being rendered."""
        page_rendered.set(page)
        try:
            with localcontext(prec=PRECISION):
                html = self.environment.get_template(page.template).render(page=page, **page.view)
        except Unrenderable as error:
            return error.problem
        except Exception as error:
            if problem := template_problem(error):
                return problem
            raise  # the fault is the program's and no template's
        return Rendered(html, head_tags(page, self.publishing) if page.framed else "")

    def render_all(self, pages: Sequence[Page], progress: Progress | None = None) -> list[Rendered]:
        """Return the rendered pages, in their order. Raises Unbuildable."""
        self.prepare(pages)
        made = dict(sound(as_done(self.render, pages, progress_callback("pages", pages, progress))))
        return [made[at] for at in range(len(pages))]


def sound(results: Iterable[tuple[int, T | Problem]]) -> Iterator[tuple[int, T]]:
    """Yield results as they come, each with its number. Raises Unbuildable in the end if some are problems."""
    problems: dict[int, Problem] = {}
    for at, result in results:
        if isinstance(result, Problem):
            problems[at] = result
        else:
            yield at, result
    found: list[Problem] = []
    for at in sorted(problems):
        if problems[at] not in found:  # one template breaks many pages
            found.append(problems[at])
    if found:
        raise Unbuildable(found)


def template_problem(error: Exception) -> Problem | None:
    """Return a problem at the template and line of an error; None for an error outside of templates."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    if isinstance(error, TemplateSyntaxError):
        place = (error.filename or error.name or "templates", error.lineno)
    elif frames:
        place = (frames[-1].filename, frames[-1].lineno or 1)
    elif isinstance(error, TemplateError):
        place = ("templates", 1)
    else:
        return None
    return Problem(place[0], Mark(place[1]), "template.broken", written=str(error) or type(error).__name__)
