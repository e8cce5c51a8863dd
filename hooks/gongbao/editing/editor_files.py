"""The files of the editor at ``/edit/``: its page, the form, our scripts, and the bundle of Sveltia CMS."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import escape

from ..archive import addresses
from ..archive.filing import Archive
from ..output import FileContent, Output, Put
from ..problems.catalogue import catalogue, label
from ..records.periods import Period
from ..records.site_settings import Editor
from ..text.display import period_title
from .form import SLUG, files_field, form_choices, record_form
from .record_shape import record_shape

_PACKAGE = Path(str(files(__package__)))
_SCRIPTS = _PACKAGE / "assets"
BUNDLE = _PACKAGE / "bundle"  # made by scripts/setup.sh editor
_FIRST = "cms.js"
_LOCAL = Editor.model_construct(host="local")
_HOSTS = {"github": "https://github.com", "gitlab": "https://gitlab.com", "gitea": "https://gitea.com"}
_AUTHORIZE = {"gitlab": "oauth/authorize", "gitea": "login/oauth/authorize"}
_MESSAGES = ("locked", "locked-comment", "locked-form", "clean", "found", "elsewhere", "elsewhere-wrong", "slug-hint")

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
<link rel="stylesheet" href="edit.css">
<script type="module" src="edit.js"></script>
</head>
<body class="gb-edit">
<p id="gb-loading">{loading}</p>
<noscript>{no_script}</noscript>
</body>
</html>
"""


def has_bundle() -> bool:
    """Whether set-up has made the bundle of the editor."""
    return (BUNDLE / _FIRST).is_file()


def editor_output(archive: Archive, periods: Iterable[Period]) -> Output:
    """Return the editor as an output: nothing where the site has not turned it on, or its bundle is not there.

    A preview always has it, for the writer's own computer. ``periods`` are those that have a folder.
    """
    setting = archive.vocabulary.site.editor or (_LOCAL if archive.preview else None)
    if setting is None or not has_bundle():
        return Output.nothing()
    language = archive.vocabulary.language
    texts = {"title": "edit-title", "loading": "edit-loading", "no_script": "edit-no-script"}
    words = {name: escape(label(text, language)) for name, text in texts.items()}
    page = _PAGE.format(language=language, policy=escape(policy(setting)), **words)
    made: dict[str, FileContent] = {
        "index.html": page.encode(),
        "editor.json": json.dumps(editor_form(archive, periods, setting), ensure_ascii=False).encode(),
    }
    made |= {file.name: file for file in sorted(_SCRIPTS.iterdir())}
    bundled = [file for file in sorted(BUNDLE.rglob("*")) if file.is_file()]
    made |= {f"bundle/{file.relative_to(BUNDLE).as_posix()}": file for file in bundled}
    files = {f"{addresses.EDIT}{name}": content for name, content in made.items()}

    def make(due: Collection[str], put: Put) -> None:
        for name in due:
            put(name, files[name])

    return Output(lambda: {name: _key(content) for name, content in files.items()}, make)


def _key(content: FileContent) -> bytes:
    return sha256(content if isinstance(content, bytes) else content.read_bytes()).digest()


def policy(setting: Editor) -> str:
    """Return the policy of the editor's page, the only one of a site that is wider than the readers' pages.

    Beside the site itself, it may talk to the one host of code that the site names. The editor sets styles by itself,
    and shows pictures that nobody has saved yet (``blob:``).
    """
    api, pictures = "", ""
    if setting.host == "github":
        api, pictures = "https://api.github.com", "https://avatars.githubusercontent.com"
    elif setting.host != "local":
        api = pictures = _origin(setting)
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' blob: data: {pictures}".rstrip(),
            "font-src 'self'",
            f"connect-src 'self' blob: data: {api}".rstrip(),
            "frame-src blob:",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _origin(setting: Editor) -> str:
    return "/".join((setting.url or _HOSTS[setting.host]).split("/")[:3])


def editor_form(archive: Archive, periods: Iterable[Period], setting: Editor) -> Mapping[str, Any]:
    """Return what ``edit.js`` makes the editor's configuration of."""
    language = archive.vocabulary.language
    return {
        "language": language,
        "preview": archive.preview,
        "backend": _backend(setting),
        "review": setting.host in ("github", "gitlab") and not archive.preview,
        "shape": record_shape(archive.vocabulary),
        "fields": record_form(archive),
        "files": files_field(archive),
        "slug": SLUG,
        "choices": form_choices(archive),
        "folders": [
            {
                "name": period.id,
                "folder": f"content/{period.folder}",
                "page": addresses.page_of_slug(addresses.bulletin(period), "{{slug}}"),
                "label": period_title(period, language),
                "pictures": label("edit-with-pictures", language, period=period_title(period, language)),
            }
            for period in _with_coming(periods)
        ],
        "messages": {name: catalogue()["labels"][f"edit-{name}"][language] for name in _MESSAGES},
    }


def _with_coming(periods: Iterable[Period]) -> Sequence[Period]:
    """Return the periods, newest first, with the two halves after the newest one."""
    found = set(periods)
    newest = max(found, key=lambda period: period.order, default=None)
    for _ in range(2):
        newest = newest.next_half if newest else None
        found |= {newest} if newest else set()
    return sorted(found, key=lambda period: period.order, reverse=True)


def _backend(setting: Editor) -> Mapping[str, Any]:
    """Return what Sveltia CMS has to know of the host of code."""
    if setting.host == "local":  # works on a folder alone, and yet wants the name of a host
        return {"name": "github", "repo": "local/local", "auth_methods": ["token"]}
    made: dict[str, Any] = {"name": setting.host, "repo": setting.repository}
    if setting.branch:
        made["branch"] = setting.branch
    if setting.host == "github":
        return {**made, "auth_methods": ["token"], "open_authoring": True, "auth_scope": "public_repo"}
    origin = _origin(setting)
    api = f"{origin}/api/v4" if setting.host == "gitlab" else f"{origin}/api/v1"
    made |= {"base_url": origin, "api_root": api}
    if not setting.application:
        return {**made, "auth_methods": ["token"]}
    return {**made, "app_id": setting.application, "auth_type": "pkce", "auth_endpoint": _AUTHORIZE[setting.host]}
