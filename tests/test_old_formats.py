"""Documents of old formats, which LibreOffice turns into .docx: no number is made of two cells."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gongbao.importing.office import converted_by_office
from gongbao.importing.word_files import read_word
from office_samples import RELATIONS, W, packed, paragraph, table

ROWS = [["项目", "户数", "金额（万元）"], ["春节慰问", "4", "8.5"], ["助学", "10", "0.2"]]
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["doc", "wps"])
@pytest.mark.parametrize(
    "body",
    [
        paragraph("甲事。") + table(ROWS),
        table(ROWS) + paragraph("乙事。"),
        table(ROWS) + paragraph("乙事。") + table(ROWS),
    ],
    ids=["table at the end", "table before text", "two tables"],
)
def test_cells_of_tables_stay_apart(tmp_path: Path, body: str, ending: str) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("no soffice (LibreOffice) on the PATH to make the documents with")
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    root = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": root, "word/document.xml": document}
    (tmp_path / "a.docx").write_bytes(packed(parts))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    line = [office, profile, "--headless", "--convert-to", f"{ending}:MS Word 97", "--outdir", str(tmp_path)]
    subprocess.run([*line, str(tmp_path / "a.docx")], check=True)
    made = converted_by_office((tmp_path / f"a.{ending}").read_bytes(), f"a.{ending}")
    said = read_word(made, "a.docx").text
    assert "48.5" not in said and "100.2" not in said
    assert all(cell in said for row in ROWS for cell in row)
