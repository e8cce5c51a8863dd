"""Check a project's records and word lists without building the site: ``make check``, or ``gongbao-check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .building import read
from .problems import errors, report
from .reporting import github_annotations, gitlab_code_quality
from .wording import label


def main(project: Path = Path()) -> int:
    """Report every problem; exit with 1 for errors (and for warnings under ``--strict``), else 0."""
    parser = argparse.ArgumentParser(description="检查 content/ 里的记录。Check the records in content/.")
    parser.add_argument("--strict", action="store_true", help="提醒也算错误 / warnings fail the check too")
    parser.add_argument("--format", choices=("text", "github", "gitlab"), default="text", help="给谁看 / who reads it")
    options = parser.parse_args()
    content = read(project)
    language = content.vocabulary.language
    if options.format == "gitlab":
        print(gitlab_code_quality(content.problems, language))
    elif content.problems:
        print((github_annotations if options.format == "github" else report)(content.problems, language))
    else:
        print(label("no-problems", language, records=len(content.records)))
    failed = content.problems if options.strict else errors(content.problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
