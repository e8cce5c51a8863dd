"""The shape of the program, read off its source: one host, one way, no clock, every text in the catalogue."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "hooks" / "gongbao"
# The way from files to pages: each stage's modules, and the stages that it may import from besides its own. A new
# module takes its place here.
VALUES = (
    *("__init__", "wording", "names", "periods", "dates", "measures", "problems", "reporting", "traps", "yamltree"),
    *("fields", "models", "wordlists", "vocabulary", "references", "quantities", "records", "intervals"),
    *("rule_texts", "repeats"),
)
FILED = (
    *("addresses", "archive", "ledger", "display", "bulletins", "navigation", "reckoning", "series", "figure_views"),
    *("books", "charts", "fills", "register", "data", "data_files"),
    *(
        "typography",
        "simple",
        "prose",
        "search_text",
        "search_words",
        "search_mirror",
        "search_options",
        "search_volumes",
    ),
)
LAID_OUT = (
    *(
        "page",
        "dating",
        "period_pages",
        "list_pages",
        "record_pages",
        "figure_pages",
        "plan_pages",
        "register_pages",
        "data_pages",
        "correction_pages",
        "timeline",
        "lately",
        "search_pages",
    ),
    "pages",
)
RENDERED = (
    *("texts", "environment", "page_keys", "rendered", "rendering"),
    *("markup", "signs", "plain", "writing"),
    *(
        "word",
        "word_xml",
        "word_styles",
        "word_text",
        "word_pieces",
        "word_tables",
        "word_html",
        "word_notes",
        "word_numbers",
    ),
    "word_bulletins",
)
STAGES: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "value": (VALUES, set()),
    "read": (("faults", "heaviness", "reading", "lists", "disk"), {"value"}),
    "file": (FILED, {"value"}),
    "check": (("checks",), {"value", "file"}),
    "gather": (("placing", "relations", "waivers", "content"), {"value", "read", "file", "check", "work"}),
    "lay out": (LAID_OUT, {"value", "file"}),
    "publish": (
        ("publishing", "feed_content", "feeds", "structured", "pictures", "sharing", "robots"),
        {"value", "file", "lay out"},
    ),
    "render": (RENDERED, {"value", "file", "lay out", "publish", "work"}),
    "git": (("history", "revisions"), set()),
    "index": (("search_index", "search_placing", "pagefind_feed"), {"value", "file", "work"}),
    "work": (("work", "store", "compiled", "shelf", "folders", "terminal"), {"value"}),
    "keep": (("word_cache",), set()),
    "build": (("building", "gate"), {"value", "read", "file", "gather", "lay out", "publish", "render", "git", "work"}),
    "command": (
        ("check_records", "side_by_side", "new_site", "write_pages"),
        {"value", "gather", "render", "git", "build", "work"},
    ),
    "host": (
        ("adapter",),
        {"value", "file", "gather", "lay out", "publish", "render", "git", "index", "keep", "build", "work"},
    ),
    "command that reads the host's settings": (
        ("write_word",),
        {"value", "render", "git", "keep", "build", "host", "work"},
    ),
}
HOSTS = {"mkdocs", "material", "properdocs"}
CHANCE_AND_PLACE = {"random", "secrets", "uuid", "locale", "socket", "ssl", "http", "requests", "httpx", "asyncio"}
NETWORK = {"urllib.request", "urllib.error"}
CLOCK = {"today", "now", "utcnow", "fromtimestamp", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
SURROUNDINGS = {"environ", "getenv", "getcwd", "expanduser", "gethostname"}
DISK_CALLS = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "walk", "scandir"),
    *("stat", "exists", "is_file", "is_dir", "is_symlink", "resolve", "readlink", "listdir", "mkdir", "unlink"),
    *("rename", "touch", "rmdir", "copy", "copytree", "rmtree"),
}
DISK_MODULES = {"os", "io", "shutil", "tempfile", "glob", "subprocess", "pathlib"}
# What each of these needs of the file system, and why. Everything else of the core works on values; the adapter stands
# between the host's folders and the core.
MAY_TOUCH = {
    "revisions": {"io", "open", "pathlib", "subprocess", "mkdir"},  # takes earlier records from git
    "work": {"os"},  # asks how many cores there are
    "folders": {"os", "pathlib", "scandir", "is_dir", "unlink", "rmdir"},  # puts folders in order
    "shelf": {"os", "pathlib", "tempfile"},  # keeps what is too much for the memory
    "store": DISK_CALLS | {"os", "pathlib", "shutil", "tempfile"},  # keeps what a run leaves for the next
    "compiled": {"pathlib"},  # names a file for it
    "environment": {"pathlib", "rglob", "is_file", "read_bytes"},  # reads the templates
    "page_keys": {"io"},  # writes values down, in memory
    "gate": {"pathlib", "tempfile"},  # names a folder for earlier records
    "disk": {"os", "pathlib", "scandir", "is_dir", "is_file", "is_symlink", "readlink", "open"},  # reads content/
    "history": {"subprocess", "pathlib"},  # asks git
    "wording": {"read_text", "iterdir"},  # reads the package's own catalogue
    "lists": {"pathlib"},  # takes paths apart, as content does
    "placing": {"pathlib"},  # takes paths apart: PurePosixPath touches no disk
    "data_files": {"io"},  # writes CSV, in memory
    "word": {"io"},  # packs a document, in memory
    "word_cache": {"pathlib", "exists", "read_text", "read_bytes", "write_bytes", "mkdir", "rglob", "unlink"},
    "write_word": {"pathlib", "read_bytes", "mkdir"},  # hands over pictures, makes the cache's folder
    "rendering": {"pathlib", "mkdir"},  # names the folders of templates and of compiled ones, which Jinja uses
    "pictures": {"io", "pathlib", "rglob", "stat"},  # draws in memory; looks whether the machine has a font
    "building": {"pathlib"},  # hands a folder on to disk
    "check_records": {"os", "pathlib"},  # names the project's folder, and files from it
    "search_index": DISK_CALLS | {"os", "pathlib", "shutil", "subprocess"},  # keeps the index, runs what makes it
    "search_placing": DISK_CALLS | {"os", "pathlib", "shutil"},  # puts the index into a site
    "pagefind_feed": DISK_CALLS | {"io", "os", "pathlib", "shutil", "subprocess"},  # runs Pagefind
    "new_site": DISK_CALLS | {"pathlib"},  # copies a skeleton for a newcomer
    "write_pages": DISK_CALLS | {"pathlib", "shutil"},  # writes the way out
}


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


MODULES = {
    module_name(path): ast.parse(path.read_text(encoding="utf-8"), str(path)) for path in sorted(PACKAGE.rglob("*.py"))
}
PACKAGES = {module_name(path) for path in PACKAGE.glob("*/__init__.py")}


def at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield every node but those that only the type checker sees."""
    if isinstance(tree, ast.If) and isinstance(tree.test, ast.Name) and tree.test.id == "TYPE_CHECKING":
        return
    yield tree
    for child in ast.iter_child_nodes(tree):
        yield from at_run_time(child)


@cache
def imports(tree: ast.AST) -> tuple[tuple[str, str], ...]:
    """What is imported: module and name; modules of ours begin with a dot."""
    found: list[tuple[str, str]] = []
    for node in at_run_time(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [("." * node.level + (node.module or ""), alias.name) for alias in node.names]
    return tuple(found)


def ours(name: str) -> set[str]:
    """The modules of the package that a module imports."""
    within = [*name.split("."), *([""] if name in PACKAGES else [])]
    found = set()
    for module, imported in imports(MODULES[name]):
        level = len(module) - len(module.lstrip("."))
        if level:
            base = [*within[: len(within) - level], *filter(None, module[level:].split("."))]
            both = ".".join([*base, imported])
            found.add(both if both in MODULES else ".".join(base) or "__init__")
    return found


def stage(name: str) -> str:
    return next((stage for stage, (modules, _) in STAGES.items() if name.partition(".")[0] in modules), "no stage yet")


def roots(tree: ast.AST) -> set[str]:
    """The first names of other packages that a module imports."""
    return {module.partition(".")[0] for module, _ in imports(tree) if not module.startswith(".")}


def clock_and_chance(tree: ast.AST) -> set[str]:
    """What makes two builds of one input differ."""
    found = roots(tree) & CHANCE_AND_PLACE | {module for module, _ in imports(tree)} & NETWORK
    found |= {f"{module}.{name}" for module, name in imports(tree) if module == "time" and name != "struct_time"}
    return found | attributes(tree) & (CLOCK | SURROUNDINGS)


def attributes(tree: ast.AST) -> set[str]:
    return {node.attr for node in at_run_time(tree) if isinstance(node, ast.Attribute)}


def disk_touched(tree: ast.AST) -> set[str]:
    """Modules and calls that have to do with the file system; a call by a bare name is that of a built-in function."""
    called = [node.func for node in at_run_time(tree) if isinstance(node, ast.Call)]
    opened = {function.id for function in called if isinstance(function, ast.Name) and function.id == "open"}
    methods = {function.attr for function in called if isinstance(function, ast.Attribute)}
    return opened | roots(tree) & DISK_MODULES | methods & DISK_CALLS


@pytest.mark.parametrize("name", MODULES)
def test_only_the_adapter_knows_the_host(name: str) -> None:
    assert stage(name) == "host" or not roots(MODULES[name]) & HOSTS


@pytest.mark.parametrize("name", MODULES)
def test_neither_clock_nor_chance_nor_network(name: str) -> None:
    assert clock_and_chance(MODULES[name]) == set()


@pytest.mark.parametrize("name", MODULES)
def test_only_the_edges_touch_the_disk(name: str) -> None:
    assert stage(name) == "host" or disk_touched(MODULES[name]) <= MAY_TOUCH.get(name, set())


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import time", "time."),
        ("from time import time", "time.time"),
        ("from datetime import date\nday = date.today()", "today"),
        ("import datetime\nat = datetime.datetime.now()", "now"),
        ("def f():\n    from random import choice", "random"),
        ("import urllib.request", "urllib.request"),
        ("import os\nos.environ", "environ"),
    ],
)
def test_a_clock_would_be_found(source: str, found: str) -> None:
    assert clock_and_chance(ast.parse(source)) == {found}


@pytest.mark.parametrize("source", ["open('x')", "path.read_text()", "import shutil", "from pathlib import Path"])
def test_a_touch_of_the_disk_would_be_found(source: str) -> None:
    assert len(disk_touched(ast.parse(source))) == 1


def test_every_module_has_its_stage() -> None:
    placed = [name for modules, _ in STAGES.values() for name in modules]
    assert sorted(placed) == sorted({name.partition(".")[0] for name in MODULES})


@pytest.mark.parametrize("name", MODULES)
def test_imports_lead_one_way(name: str) -> None:
    own = stage(name)
    assert own in STAGES, "a module without a stage"
    assert {stage(module) for module in ours(name)} <= {own} | STAGES[own][1]


def test_no_module_imports_itself_through_others() -> None:
    order = list(TopologicalSorter({name: ours(name) for name in MODULES}).static_order())
    assert order.index("building") < order.index("adapter.events") < order.index("adapter")


def test_the_hook_hands_over_every_event_and_does_nothing_else() -> None:
    hook = ast.parse((PACKAGE.parent / "gongbao_hook.py").read_text(encoding="utf-8"))
    assert imports(hook) == (("gongbao.adapter", "*"),)
    assert len(hook.body) == 2, "a docstring and an import"
    functions = {node.name for node in MODULES["adapter.events"].body if isinstance(node, ast.FunctionDef)}
    handed = [node.value for node in MODULES["adapter"].body if isinstance(node, ast.Assign)]
    assert [set(ast.literal_eval(names)) for names in handed] == [{n for n in functions if n.startswith("on_")}]
