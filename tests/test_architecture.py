"""The shape of the program, read off its source. The order of its packages stands in pyproject.toml (import-linter)."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gongbao import host
from gongbao.host.events import Host
from gongbao.host.plugin import GongbaoPlugin

PACKAGE = Path(__file__).parent.parent / "hooks" / "gongbao"
CHANCE_AND_PLACE = {"random", "secrets", "uuid", "locale", "socket", "ssl", "http", "requests", "httpx", "asyncio"}
NETWORK = {"urllib.request", "urllib.error"}
CLOCK = {"today", "now", "utcnow", "fromtimestamp", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
SERIALISED_CODE = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "copyreg"}
SURROUNDINGS = {"environ", "getenv", "getcwd", "expanduser", "gethostname"}
DISK_CALLS = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "walk", "scandir"),
    *("stat", "exists", "is_file", "is_dir", "is_symlink", "resolve", "readlink", "listdir", "mkdir", "unlink"),
    *("rename", "touch", "rmdir", "copy", "copytree", "rmtree"),
}
# The key that kept files are signed with is chosen by chance, and each machine has its own.
MAY_ASK_THE_MACHINE = {"cache.key"}
# A copy on the web is verified, an authority is asked for a time stamp, and other sites are collected from on some day.
MAY_ASK_THE_WORLD = {
    "commands.verify": NETWORK,
    "commands.timestamp": {"urllib.request"},
    "commands.collect": {"today"},
    "collecting.fetching": {*NETWORK, "http", "time.monotonic"},
}
# The packages and modules whose business is the disk; everything else works on values.
MAY_TOUCH_DISK = (
    *("git", "cache", "site", "search.index", "search.index_files", "search.pagefind_feed", "host", "commands"),
    "collecting",  # keeps what subordinates' sites publish
    "reading.disk",  # reads content/
    "data.parquet",  # has a library write a file
    "importing.office",  # hands documents of old formats to LibreOffice
    "problems.catalogue",  # reads the package's own texts
    "problems.packaged_rules",  # reads those of the rules of other packages
    "rendering.template_files",  # reads the templates
    "editing.editor_files",  # reads the editor's own files
    "publishing.attachments",  # reads what lies beside records
    "publishing.pictures",  # looks whether the machine has a font
    "manuscripts.document_cache",
    "pdf.typesetting",  # reads its style sheet
)


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the program, parsed, by its name: only when a test asks, as each process collects all tests."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {module_name(path): ast.parse(path.read_text(encoding="utf-8"), str(path)) for path in paths}


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


def clock_and_chance(tree: ast.AST) -> set[str]:
    """What makes two builds of one input differ."""
    roots = {module.partition(".")[0] for module, _ in imports(tree) if not module.startswith(".")}
    found = roots & CHANCE_AND_PLACE | {module for module, _ in imports(tree)} & NETWORK
    found |= {f"{module}.{name}" for module, name in imports(tree) if module == "time" and name != "struct_time"}
    attributes = {node.attr for node in at_run_time(tree) if isinstance(node, ast.Attribute)}
    return found | attributes & (CLOCK | SURROUNDINGS)


def disk_touched(tree: ast.AST) -> set[str]:
    """Calls that have to do with the file system; a call by a bare name is that of a built-in function."""
    called = [node.func for node in at_run_time(tree) if isinstance(node, ast.Call)]
    opened = {function.id for function in called if isinstance(function, ast.Name) and function.id == "open"}
    return opened | {function.attr for function in called if isinstance(function, ast.Attribute)} & DISK_CALLS


def test_neither_clock_nor_chance_nor_network() -> None:
    for name in modules().keys() - MAY_ASK_THE_MACHINE:
        assert clock_and_chance(modules()[name]) == MAY_ASK_THE_WORLD.get(name, set()), name


def test_nothing_that_is_read_can_be_code() -> None:
    """Between its own processes the program sends pickles (`parallel`), through pipes: no module has to read one."""
    for name, tree in modules().items():
        assert not {module.partition(".")[0] for module, _ in imports(tree)} & SERIALISED_CODE, name


def test_only_the_edges_touch_the_disk() -> None:
    for name, tree in modules().items():
        allowed = any(f"{name}.".startswith(f"{place}.") for place in MAY_TOUCH_DISK)
        assert allowed or disk_touched(tree) == set(), name


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


@pytest.mark.parametrize("source", ["open('x')", "path.read_text()", "shutil.rmtree('x')"])
def test_a_touch_of_the_disk_would_be_found(source: str) -> None:
    assert len(disk_touched(ast.parse(source))) == 1


PACKAGES = {
    path.parent.name: ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    for path in sorted(PACKAGE.glob("*/__init__.py"))
}
PROJECT_FILE = PACKAGE.parent.parent / "pyproject.toml"
CONTRACTS = tomllib.loads(PROJECT_FILE.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = [line.split(" | ") for line in CONTRACTS[0]["layers"]]


def below(package: str) -> set[str]:
    """Return the packages in the layers below that of a package."""
    at = next(at for at, layer in enumerate(LAYERS) if package in layer)
    return {name for layer in LAYERS[at + 1 :] for name in layer}


def imported_by(package: str) -> set[str]:
    """Return the other packages that a package imports."""
    parts = [tree for name, tree in modules().items() if name.partition(".")[0] == package]
    paths = [(module, name) for tree in parts for module, name in imports(tree) if module.startswith("..")]
    found = {(module.lstrip(".") or name).partition(".")[0] for module, name in paths}
    return found & below("__main__") - {package}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_says_what_it_is_and_imports_no_more_than_it_says(package: str) -> None:
    docstring = PACKAGES[package]
    assert "In:" in docstring and "Out:" in docstring and "May import:" in docstring
    line = docstring.partition("May import:")[2]
    named = set(re.findall("`([a-z]+)`", line))
    assert named <= below(package)
    assert imported_by(package) <= named.union(*map(below, named) if "and below" in line else ())


def test_no_two_modules_have_one_name() -> None:
    names = [name.rpartition(".")[2] for name in modules()]
    assert sorted(names) == sorted(set(names))


def names_of_types(tree: ast.Module) -> Iterator[str]:
    """Yield the names of a module's classes and of what it calls a type, without the underscore of a private one."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name.lstrip("_")
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id.lstrip("_")
            if name[:1].isupper() and not name.isupper() and not isinstance(node.value, ast.Constant):
                yield name


def public_functions(tree: ast.Module) -> Iterator[str]:
    return (node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"))


# Every rule finds and checks, and whatever is run as a program of its own has a `main`: these are interfaces.
INTERFACES = {"check", "find", "main"}


def test_no_two_classes_have_one_name() -> None:
    found = Counter(name for tree in modules().values() for name in names_of_types(tree))
    assert [name for name, count in found.items() if count > 1] == []


def test_no_two_modules_have_a_function_of_one_name() -> None:
    """But for `commands`, where a function has the name of its command."""
    trees = [tree for name, tree in modules().items() if name.partition(".")[0] != "commands"]
    found = Counter(name for tree in trees for name in {*public_functions(tree)} - INTERFACES)
    assert [name for name, count in found.items() if count > 1] == []


def test_hook_and_plugin_hand_over_every_event_of_one_object_and_do_nothing_else() -> None:
    hook = ast.parse((PACKAGE.parent / "gongbao_hook.py").read_text(encoding="utf-8"))
    assert imports(hook) == (("gongbao.host", "*"),)
    assert len(hook.body) == 2, "a docstring and an import"
    events = {name for name in vars(Host) if name.startswith("on_")}
    assert set(host.__all__) == events
    handed = [getattr(place, name) for name in events for place in (host, GongbaoPlugin)]
    assert len({id(method.__self__) for method in handed}) == 1
