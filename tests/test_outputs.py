"""The worked example of CONTRIBUTING.md: an output of one's own is a module and a line in a list, and works."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from commands import BUILD, PROJECT, STRICT, copy_program, replace, succeed

MODULE = "hooks/gongbao/publishing/address_list.py"


def test_an_output_is_a_module_and_a_line(small: Path) -> None:
    copy_program(small)
    told = (
        (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Add an output")[2].partition("\n## ")[0]
    )
    module, line = (
        dedent(block) for block in re.findall(r"^   ```python\n(.*?)^   ```", told, re.DOTALL | re.MULTILINE)
    )
    assert MODULE in told
    (small / MODULE).write_text(module, encoding="utf-8")
    building = small / "hooks/gongbao/building.py"
    replace(building, '        "search": search,\n', f'        "search": search,\n        {line.strip()}\n')
    imported = "from .publishing.address_list import address_list_output\n"
    replace(building, "from .publishing.attachments", f"{imported}from .publishing.attachments")

    succeed(small, *BUILD, STRICT)

    listed = small / "site" / "addresses.txt"
    addresses = listed.read_text(encoding="utf-8").splitlines()
    assert "/2014/h1/records/good/" in addresses
    assert not [address for address in addresses if not (small / "site" / address.strip("/") / "index.html").is_file()]
    made = listed.stat().st_mtime_ns
    replace(small / "content/2014/h1/good.md", "title: 五一", "title: 五月")
    succeed(small, *BUILD, STRICT)
    assert listed.stat().st_mtime_ns == made, "nothing that it depends on has changed"
