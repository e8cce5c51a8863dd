"""What the two hosts run: sound as the hosts read it, safe, and the same commands as on anyone's machine."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands import CHECK, PROJECT, environment, files_of, replace, run, run_command, succeed

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
SKELETON = PROJECT / "hooks" / "gongbao" / "commands" / "skeleton"  # of a site of one's own, installed with pip
MATRIX = SKELETON.parent / "matrix"  # of an archive that was split
ALL_WORKFLOWS = [*WORKFLOWS, *sorted((SKELETON / ".github" / "workflows").glob("*.yml")), MATRIX / "github.yml"]
TOOLS = Path(sys.executable).parent
SITE_URL, REPO_URL = "https://someone.example.org/bulletins/", "https://git.example.org/someone/bulletins"
# What the hosts would put in the place of these expressions and variables, for the site of a fork.
GITHUB = {
    "secrets.GONGBAO_CACHE_KEY": "",  # a fork has none at first
    "github.server_url": "https://git.example.org",
    "github.repository": "someone/bulletins",
    "github.base_ref && format('origin/{0}', github.base_ref)": "",  # a push has no base
    "steps.pages.outputs.base_url || format('https://{0}.github.io/{1}/', "
    "github.repository_owner, github.event.repository.name)": SITE_URL,
}
GITLAB = {"CI_PAGES_URL": SITE_URL, "CI_PROJECT_URL": REPO_URL, "CI_DEFAULT_BRANCH": "main"}
EDIT = f"{REPO_URL}/edit/main/".encode()
NOT_A_RUNNER = ("GONGBAO", "MAKE", "MFLAGS", "PIP_CACHE", "PIP_USER", "PYTHON", "VIRTUAL_ENV", "XDG")


def load(path: Path) -> dict[str, Any]:
    """Read a workflow with every scalar as written: in plain YAML 1.1, the key ``on`` would be a truth value."""
    parsed: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return parsed


PUBLISH = load(PROJECT / ".github" / "workflows" / "publish.yml")
GITLAB_CI = load(PROJECT / ".gitlab-ci.yml")


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def github_commands(job: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """The commands of a job, each with its variables. A fork has set no variable that asks for more."""
    return [
        (step["run"], {name: filled(value) for name, value in step.get("env", {}).items()})
        for step in job["steps"]
        if "run" in step and "vars." not in step.get("if", "")
    ]


def filled(text: str) -> str:
    """Fill expressions in; one that is not listed above is a KeyError: say there what it would be."""
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: GITHUB[found[1]], text)


def gitlab_commands(job: str, key: str = "script") -> list[tuple[str, dict[str, str]]]:
    """The lines of a job's script, each with the variables."""
    variables = {name: re.sub(r"\$(\w+)", lambda v: GITLAB.get(v[1], ""), value) for name, value in VARIABLES.items()}
    return [(line, variables) for line in GITLAB_CI[job][key]]


DEPENDABOT = [str(folder / ".github" / "dependabot.yml") for folder in (PROJECT, SKELETON)]
VARIABLES = {name: value for name, value in GITLAB_CI["variables"].items() if name.startswith("GONGBAO")}


# ---- as the hosts read them ----


@pytest.mark.parametrize(
    "command",
    [
        ["jactionlint", "--strict-exit", *map(str, ALL_WORKFLOWS)],
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, ALL_WORKFLOWS)],
        [
            *("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
            *(".gitlab-ci.yml", str(SKELETON / ".gitlab-ci.yml"), str(MATRIX / "gitlab.yml")),
        ],
        ["check-jsonschema", "--builtin-schema", "vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"],
        [
            *("check-jsonschema", "--builtin-schema", "vendor.github-issue-forms"),
            *(str(path) for path in (PROJECT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml")),
        ],
        ["check-jsonschema", "--builtin-schema", "vendor.dependabot", *DEPENDABOT],
        ["check-jsonschema", "--builtin-schema", "vendor.renovate", "renovate.json"],
        ["pre-commit", "validate-config", ".pre-commit-config.yaml"],
        ["pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"],
    ],
    ids=lambda command: " ".join(command[:3]),
)
def test_the_hosts_own_rules_are_kept(command: list[str]) -> None:
    done = subprocess.run(
        [TOOLS / command[0], *command[1:]], cwd=PROJECT, env=environment(), capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lint_would_find_a_fault(tmp_path: Path) -> None:
    workflow = tmp_path / "publish.yml"
    shutil.copy(PROJECT / ".github" / "workflows" / "publish.yml", workflow)
    replace(workflow, "fetch-depth", "fetch-dept")
    done = subprocess.run([TOOLS / "jactionlint", workflow], capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert (done.returncode, "fetch-dept" in done.stdout) == (1, True)


# ---- safe ----


@pytest.mark.parametrize("path", ALL_WORKFLOWS, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_action_is_pinned_to_a_commit_and_says_which_release(path: Path) -> None:
    used = re.findall(r"uses:(.*)", path.read_text(encoding="utf-8"))
    assert len(used) == sum("uses" in step for step in steps(load(path))) > 0
    for action in used:
        assert re.fullmatch(r" actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_an_action_has_one_pin() -> None:
    pins = {step["uses"] for path in ALL_WORKFLOWS for step in steps(load(path)) if "uses" in step}
    assert len(pins) == len({pin.partition("@")[0] for pin in pins})


def test_a_job_may_do_only_what_it_needs() -> None:
    allowed = {
        ("publish.yml", "site"): {"contents": "read", "pages": "read"},
        ("publish.yml", "preview"): {},
        ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
        ("publish.yml", "attest"): {"id-token": "write", "attestations": "write"},
        ("publish.yml", "addresses"): {"contents": "write"},
        ("audit.yml", "audit"): {"contents": "read"},
        ("test.yml", "test"): {"contents": "read"},
        ("test.yml", "oldest"): {"contents": "read"},
    }
    workflows = {path.name: load(path) for path in WORKFLOWS}
    assert all(workflow["permissions"] == {} for workflow in workflows.values())
    assert allowed == {
        (name, job): said["permissions"]
        for name, workflow in workflows.items()
        for job, said in workflow["jobs"].items()
    }


def test_a_preview_on_gitlab_is_where_pages_shows_what_the_job_has_built(tmp_path: Path) -> None:
    both = (GITLAB_CI, load(SKELETON / ".gitlab-ci.yml"))
    [line] = {line for ci in both for line in ci["site"]["script"] if "PREVIEW_URL" in line}
    variables = {
        **{"CI_PAGES_URL": "https://union.pages.example.org/bulletins", "CI_PROJECT_ROOT_NAMESPACE": "union"},
        **{"CI_PAGES_DOMAIN": "pages.example.org", "CI_PROJECT_PATH": "union/town/bulletins", "CI_JOB_ID": "7"},
    }
    assert run_command(tmp_path, "sh", "-c", line, **variables).returncode == 0
    page = "https://union.pages.example.org/-/town/bulletins/-/jobs/7/artifacts/site/index.html?"
    assert (tmp_path / "preview.env").read_text("utf-8") == f"PREVIEW_URL={page}\n"


def test_documents_for_archives_are_made_where_a_variable_asks_for_them_before_the_site() -> None:
    for folder in (PROJECT, SKELETON):
        commands = [step for step in steps(load(folder / ".github/workflows/publish.yml")) if "run" in step]
        at = next(at for at, step in enumerate(commands) if step["run"].endswith("make pdf\n"))
        assert commands[at]["if"] == "vars.GONGBAO_PDF == 'yes'"
        assert commands[at]["env"] == commands[at - 1]["env"], "the address of the site is in the documents"
        assert (commands[at - 1]["run"], commands[at + 1]["run"]) == ("make word", "make site")
        for job in ("site", "pages"):
            word, pdf, site = load(folder / ".gitlab-ci.yml")[job]["script"][1:4]
            assert (word, site) == ("make word", "make site")
            assert pdf.startswith('if [ "$GONGBAO_PDF" = yes ]; then ') and pdf.endswith("make pdf; fi")


@pytest.mark.parametrize("folder", [PROJECT, SKELETON], ids=["fork", "new site"])
def test_what_subordinates_have_published_is_collected_before_the_site_is_built(folder: Path) -> None:
    run = "if [ -f content/sites.yml ]; then make collect; fi"
    jobs = load(folder / ".gitlab-ci.yml")
    commands = [step.get("run", "") for step in load(folder / ".github/workflows/publish.yml")["jobs"]["site"]["steps"]]
    for lines in (commands, jobs["site"]["script"], jobs["pages"]["script"]):
        assert lines.index(run) < lines.index("make word") < lines.index("make site")


def test_a_pull_request_publishes_nothing_and_runs_without_rights() -> None:
    assert "pull_request_target" not in PUBLISH["on"]
    assert PUBLISH["jobs"]["deploy"]["if"] == "github.ref == 'refs/heads/main'"
    checkouts = [step for path in WORKFLOWS for step in steps(load(path)) if "/checkout@" in step.get("uses", "")]
    assert PUBLISH["jobs"]["addresses"]["needs"] == "deploy"
    assert PUBLISH["jobs"]["attest"]["if"].startswith("github.ref == 'refs/heads/main' && ")
    kept = [(step["with"].get("fetch-depth", ""), step["with"]["persist-credentials"]) for step in checkouts]
    assert kept == [("", "false"), *(("0", keeps) for keeps in ("false", "true", "false", "false"))]


def test_the_first_release_of_each_supported_python_is_tried() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least = project["requires-python"].removeprefix(">=")
    on_github = load(PROJECT / ".github/workflows/test.yml")["jobs"]["oldest"]["strategy"]["matrix"]["python"]
    on_gitlab = GITLAB_CI["oldest"]["parallel"]["matrix"][0]["GONGBAO_IMAGE"]
    assert on_gitlab == [f"python:{version}" for version in on_github]
    assert on_github[0] == f"{least}.0" and [one for one in on_github if not one.endswith(".0")] == ["3.11.2"]


def test_on_gitlab_a_forks_docs_settings_or_own_content_run_no_test_of_the_program() -> None:
    """As the test of GitHub's workflow, which a fork never runs: `paths-ignore` and `fork`."""
    rule = GITLAB_CI["test"]["rules"][1]
    assert rule == GITLAB_CI["oldest"]["rules"][1]
    (sample,) = rule["exists"]
    assert (PROJECT / sample).is_file(), "a record of the sample, which a fork has deleted"
    run = [re.compile(one.replace("**/*", ".+").replace("*", "[^/]*") + "$") for one in rule["changes"]]
    for path, runs in {
        "mkdocs.yml": False,
        "docs/about.md": False,
        "docs/images/logo.svg": False,
        "content/site.yml": False,
        "overrides/gongbao/record.html": False,
        "hooks/gongbao/building.py": True,
        "docs/guide/index.md": True,
        "requirements-test.txt": True,
    }.items():
        assert any(one.match(path) for one in run) == runs, path


def test_every_lock_file_is_kept_fresh() -> None:
    updates = load(PROJECT / ".github" / "dependabot.yml")["updates"]
    asked = {one["package-ecosystem"]: one.get("directories", [one.get("directory")]) for one in updates}
    locks = git(PROJECT, "ls-files", "*package-lock.json").splitlines()
    assert asked["npm"] == [f"/{Path(lock).parent}" for lock in sorted(locks, reverse=True)]
    assert asked.keys() == {"github-actions", "pip", "npm"} and asked["pip"] == ["/"]
    managers = set(json.loads((PROJECT / "renovate.json").read_text(encoding="utf-8"))["enabledManagers"])
    assert managers >= {"github-actions", "gitlabci", "pep621", "npm"}


@pytest.mark.slow
def test_the_hook_is_installed_after_the_first_make_in_a_repository_without_a_commit(
    clone: Path, tmp_path: Path
) -> None:
    for command in (
        ("git", "clone", "--quiet", str(clone), str(tmp_path / "fork")),
        ("rm", "-rf", "fork/.git"),
        ("git", "init", "--quiet", "fork"),
    ):
        subprocess.run(command, cwd=tmp_path, check=True)
    install = ("make check", ".venv/bin/pre-commit install", "git add --all")
    who = "git -c user.name=Someone -c user.email=someone@example.org commit --message 开始"
    status, said = run_as_runner(tmp_path / "fork", tmp_path / "home", [(one, {}) for one in (*install, who)])
    assert status == 0 and "Failed" not in said, said
    assert "pre-commit installed at" in said and "检查记录" in said


def test_what_is_cached_is_in_no_commit_and_no_step_asks_for_it() -> None:
    cached = [step for step in steps(PUBLISH) if "/cache@" in step.get("uses", "")]
    assert [step["with"]["path"].split() for step in cached] == [[".cache", "collected"]]
    caches = [job["cache"] for job in GITLAB_CI.values() if isinstance(job, dict) and job.get("cache")]
    assert [cache["paths"] for cache in caches] == [[".cache", "collected"], [".cache"]]
    assert "/.cache/" in (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "cache-hit" not in json.dumps(PUBLISH)


# ---- the very commands ----


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh clone, of another name, with what is not committed yet as its last commit."""
    if not (PROJECT / ".git").exists():
        pytest.skip("no git repository to clone")
    folder = tmp_path_factory.mktemp("runner") / "bulletins"
    git(PROJECT, "clone", "--quiet", ".", str(folder))
    for name in git(PROJECT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")[:-1]:
        if not (PROJECT / name).is_file():
            (folder / name).unlink(missing_ok=True)
        elif not (folder / name).is_file() or (folder / name).read_bytes() != (PROJECT / name).read_bytes():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, folder / name)
    git(folder, "add", "--all")
    identity = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org")
    git(folder, *identity, "commit", "--quiet", "--allow-empty", "--message", "Not committed yet")
    return folder


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


@pytest.fixture
def runner(clone: Path, tmp_path: Path) -> Path:
    """The clone of a machine that has the locked packages already: our own .venv, by links."""
    git(clone, "clean", "--quiet", "--force", "-d")
    lend_packages(clone)
    (tmp_path / "home").mkdir()
    return clone


def lend_packages(clone: Path) -> None:
    """Set up .venv as ``make`` would leave it, with the packages of ours, which must be those of the lock file."""
    ours, theirs = PROJECT / ".venv", clone / ".venv"
    assert mark(PROJECT) == (ours / ".site").read_text(encoding="utf-8"), "run make site first"
    shutil.rmtree(theirs, ignore_errors=True)
    (theirs / "bin").mkdir(parents=True)
    for name in ("lib", "pyvenv.cfg", *(f"bin/{tool.name}" for tool in (ours / "bin").iterdir())):
        if name != "bin/gongbao":
            (theirs / name).symlink_to(ours / name)
    (theirs / ".site").write_text(mark(clone), encoding="utf-8")
    done = run_command(clone, "sh", "scripts/setup.sh", "site")
    assert (done.returncode, done.stdout) == (0, "")


def mark(project: Path) -> str:
    """What scripts/setup.sh writes when the packages of requirements.txt are installed."""
    line = 'echo "$(cksum <requirements.txt) $1 $(pwd)"'
    version = "{}.{}".format(*sys.version_info)
    done = subprocess.run(["sh", "-c", line, "sh", version], cwd=project, check=True, capture_output=True)
    return done.stdout.decode()


def run_as_runner(clone: Path, home: Path, commands: list[tuple[str, dict[str, str]]]) -> tuple[int, str]:
    """Run commands as a host does: up to the first that fails, by bash, for a user whose home is empty."""
    inherited = {name: value for name, value in environment().items() if not name.startswith(NOT_A_RUNNER)}
    said = ""
    for command, variables in commands:
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", command],
            cwd=clone,
            env=inherited | {"HOME": str(home), "USER": "someone", "CI": "true", "LANG": "C.UTF-8"} | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        said += done.stdout
        if done.returncode:
            return done.returncode, said
    return 0, said


def publish_with(clone: Path, home: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Run all that either host runs on its main branch, the second with the first's cache, and return both sites."""
    shutil.rmtree(clone / ".cache", ignore_errors=True)
    status, said = run_as_runner(clone, home, github_commands(PUBLISH["jobs"]["site"]))
    assert status == 0, said
    github = files_of(clone / "site")
    shutil.rmtree(clone / "site")
    status, said = run_as_runner(clone, home, [*gitlab_commands("check"), *gitlab_commands("pages")])
    assert status == 0, said
    gitlab = files_of(clone / "public")
    shutil.rmtree(clone / "public")
    return github, gitlab


def assert_published(github: dict[str, bytes], gitlab: dict[str, bytes]) -> None:
    """Hold what would be published against the fork's own addresses, and the two hosts against each other.

    Only the way to edit a file is written differently by the hosts, and so are the digests in the manifests.
    """
    assert github.pop("manifest.json") != gitlab.pop("manifest.json")
    edited = {name: page.replace(f"{REPO_URL}/-/edit/main/".encode(), EDIT) for name, page in gitlab.items()}
    assert github.keys() == edited.keys() and edited != gitlab
    assert [name for name in github if github[name] != edited[name]] == []
    assert EDIT in github["2014/h1/records/second-half-activities/index.html"]
    bulletin, sitemap = github["2014/h1/index.html"].decode(), github["sitemap.xml"].decode()
    assert f'<link rel="canonical" href="{SITE_URL}2014/h1/">' in bulletin
    assert f"<loc>{SITE_URL}2014/h1/</loc>" in sitemap
    assert f'href="{REPO_URL}' in bulletin
    assert 'href="bulletin-2014-h1.docx"' in bulletin and "2014/h1/bulletin-2014-h1.docx" in github
    assert not [
        name for name, page in github.items() if b"gongbao.example.org" in page or b"git.example.org/gongbao" in page
    ]


@pytest.mark.slow  # tests/test_fork.py has both hosts publish a small fork
def test_both_hosts_publish_the_same_site_under_the_forks_addresses_with_a_cache_or_without(
    runner: Path, tmp_path: Path
) -> None:
    assert_published(*publish_with(runner, tmp_path / "home"))
    assert {path.name for path in (tmp_path / "home").iterdir()} <= {".cache"}, "what fonts and pip keep"


def noting(host: str, remote: Path) -> list[tuple[str, dict[str, str]]]:
    """The commands of a host that note the addresses, with a folder in place of its repository."""
    if host == "github":
        return github_commands(PUBLISH["jobs"]["addresses"])
    variables = {"REMOTE": str(remote), "CI_DEFAULT_BRANCH": "main"}
    return [("; ".join(GITLAB_CI["addresses"]["script"]), variables)]


@pytest.mark.parametrize("host", ["github", pytest.param("gitlab", marks=pytest.mark.slow)])
def test_the_addresses_of_a_publication_are_noted_beside_what_others_have_noted(
    host: str, runner: Path, tmp_path: Path
) -> None:
    remote, here, other = (tmp_path / name for name in ("remote.git", "here", "other"))
    git(tmp_path, "clone", "--quiet", "--bare", str(runner), str(remote))
    git(remote, "branch", "--force", "main", "HEAD")
    git(remote, "symbolic-ref", "HEAD", "refs/heads/main")
    git(remote, "config", "receive.advertisePushOptions", "true")
    git(tmp_path, "clone", "--quiet", str(remote), str(other))
    shutil.rmtree(other / "content")  # two records are read sooner
    shutil.copytree(PROJECT / "tests" / "cases" / "base", other / "content")
    commit_list(other, "/2014/\n")
    git(tmp_path, "clone", "--quiet", str(remote), str(here))
    commit_list(other, "/2014/\n/topics/\n")  # while the publication runs
    lend_packages(here)
    status, said = run_as_runner(here, tmp_path / "home", noting(host, remote))
    assert status == 0, said
    listed = git(remote, "show", "main:content/published.txt").splitlines()
    assert {"/2014/", "/topics/", "/2014/h1/", "/2014/h1/records/good/"} <= {*listed}
    assert git(remote, "log", "--format=%an", "-1", "main").strip() == "Gongbao"
    before = git(remote, "rev-parse", "main")
    assert run_as_runner(here, tmp_path / "home", noting(host, remote))[0] == 0
    assert git(remote, "rev-parse", "main") == before  # nothing new is no commit


def commit_list(folder: Path, text: str) -> None:
    """Commit and push a list of addresses."""
    (folder / "content" / "published.txt").write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=Someone", "-c", "user.email=someone@example.org", "commit", "--quiet", "-m", "List")
    git(folder, "push", "--quiet", "origin", "HEAD:main")


@pytest.mark.slow
def test_a_machine_with_nothing_on_it_publishes(clone: Path, tmp_path: Path) -> None:
    shutil.rmtree(clone / ".venv", ignore_errors=True)
    (tmp_path / "home").mkdir()
    assert_published(*publish_with(clone, tmp_path / "home"))
    assert (clone / ".venv" / "pyvenv.cfg").is_file() and not (clone / ".venv" / "pyvenv.cfg").is_symlink()


def test_a_broken_record_stops_both_hosts_before_anything_is_built(runner: Path, tmp_path: Path) -> None:
    broken = runner / "content" / "2014" / "h1" / "broken.md"
    broken.write_text("---\ntitle：没有写完\n---\n", encoding="utf-8")
    try:
        github = run_as_runner(runner, tmp_path / "home", github_commands(PUBLISH["jobs"]["site"]))
        gitlab = run_as_runner(runner, tmp_path / "home", [*gitlab_commands("check"), *gitlab_commands("pages")])
        after = run_as_runner(runner, tmp_path / "home", gitlab_commands("check", "after_script"))
    finally:
        broken.unlink()
    assert "\n::error file=content/2014/h1/broken.md,line=2,col=6," in "\n" + github[1]
    assert "content/2014/h1/broken.md:2:6: 错误" in gitlab[1]
    assert all(status != 0 for status, _ in (github, gitlab, after))
    report = json.loads((runner / "code-quality.json").read_text(encoding="utf-8"))
    assert {"path": "content/2014/h1/broken.md", "lines": {"begin": 2}} in [issue["location"] for issue in report]
    assert not (runner / "site").exists()


# ---- what newcomers are told ----


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md"])
def test_what_a_newcomer_is_told_to_open_or_run_is_there(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.-]+/[\w./-]*|[A-Z]+\.md|[\w-]+\.toml)`|\]\(([\w./-]+)", text))
    paths = {path for found in named for path in found if path} - {*MADE, *INVENTED}
    roots = (PROJECT, PROJECT / "hooks" / "gongbao")  # the program's modules are named from their own folder too
    assert [path for path in sorted(paths) if not any((root / path).exists() for root in roots)] == []
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets


MADE = {"site/", "dist/", "build/sbom.json", "content/published.txt"}  # by commands
# Files that the examples in CONTRIBUTING.md would make.
INVENTED = {
    *(f"hooks/gongbao/checks/rules/form_exclamation.{ending}" for ending in ("py", "yml")),
    *(f"tests/rules/form.exclamation.{ending}" for ending in ("yml", "blind.yml")),
    "hooks/gongbao/rendering/templates/sources.html",
    "hooks/gongbao/publishing/address_list.py",
}


def test_both_hosts_ask_the_same_of_a_merge_request() -> None:
    texts = (".github/pull_request_template.md", ".gitlab/merge_request_templates/Default.md")
    github, gitlab = ((PROJECT / name).read_text(encoding="utf-8") for name in texts)
    assert github == gitlab


# ---- before a commit ----


def test_the_checks_before_a_commit_pass_and_fetch_nothing(runner: Path, tmp_path: Path) -> None:
    hooks = (".venv/bin/pre-commit run --all-files --color never", {"PIP_NO_INDEX": "1"})
    status, said = run_as_runner(runner, tmp_path / "home", [hooks])
    assert status == 0, said
    assert git(runner, "status", "--porcelain") == ""
    config = load(PROJECT / ".pre-commit-config.yaml")["repos"]
    assert {(repo["repo"], hook["language"]) for repo in config for hook in repo["hooks"]} == {("local", "system")}


def test_the_hook_for_other_sites_calls_a_command_that_the_package_installs() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    manifest = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in manifest] == ["gongbao-check", "gongbao-format"]
    assert {hook["entry"].split()[0] for hook in manifest} <= set(project["scripts"])


# ---- problems on the lines ----


def parsed(command: str) -> tuple[str, dict[str, str], str]:
    """Take a workflow command apart as the host's runner does."""
    found = re.fullmatch(r"::(error|warning) ([^\n]*?)::([^\n]*)", command)
    assert found, command
    listed = dict(pair.split("=", 1) for pair in found[2].split(","))
    return found[1], {name: unescaped(value) for name, value in listed.items()}, unescaped(found[3])


def unescaped(text: str) -> str:
    for code, sign in {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}.items():
        text = text.replace(code, sign)
    return text


def test_an_annotation_says_what_the_terminal_says_whatever_signs_are_in_it(small: Path) -> None:
    name = "content/2014/h1/50%,a=b::c.md"
    (small / name).write_text("---\ntitle: 增长50%:,=\nunit: village\ntopics: [增长%0A10%::]\n---\n", encoding="utf-8")
    terminal = run(small, *CHECK).stdout
    annotations = [parsed(line) for line in run(small, *CHECK, "--format", "github").stdout.splitlines()]
    assert len(annotations) >= 2
    blocks = re.split(r"\n+(?! )", terminal.strip())
    assert [text for _, _, text in annotations] == [one for one in blocks if one.startswith("content/")]
    for severity, where, text in annotations:
        assert (severity, where["file"]) == ("error", name)
        assert text.startswith(f"{name}:{where['line']}:{where['col']}: {where['title'].split()[0]}: ")
        assert where["title"].split()[1] in text


def test_a_warning_is_annotated_as_one_and_does_not_fail(small: Path) -> None:
    path = small / "content" / "2014" / "h1" / "good.md"
    replace(path, "2014-04-28", "2015-03-01")
    done = run(small, *CHECK, "--format", "github")
    assert [parsed(line)[0] for line in done.stdout.splitlines()] == ["warning"]
    assert done.returncode == 0


def test_without_problems_gitlabs_report_is_empty(small: Path) -> None:
    assert json.loads(succeed(small, *CHECK, "--format", "gitlab")) == []
