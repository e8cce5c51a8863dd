"""Documents become drafts: what is recognised, what is not, and that nothing of a source is lost.

Each file in ``imports/`` is a document and the drafts that it becomes. ``GONGBAO_SOURCES`` names the folder with the
source documents of the seed; without it, one test is skipped.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongbao.commands.import_documents import import_files
from gongbao.importing.accounts import bare_text
from gongbao.importing.documents import Unreadable
from gongbao.importing.imports import Imported, import_source
from gongbao.importing.kinds_of_files import read_document
from gongbao.importing.naming import title_of, topics_of
from gongbao.importing.number_words import SourceNumber, numbers_of
from gongbao.importing.record_files import figure_line
from gongbao.importing.told_unit import near_unit
from gongbao.importing.whose import Asked
from gongbao.problems.catalogue import label
from gongbao.problems.problem import errors
from gongbao.reading.canonical_files import canonical_file
from gongbao.reading.content import read_all
from gongbao.reading.disk import Tree, read_content
from gongbao.reading.lists import read_lists
from gongbao.records.periods import Period
from gongbao.records.vocabulary import Vocabulary
from import_score import score
from office_samples import escaped, open_document, packed, paragraph, picture, table, word
from small_archives import load

HERE = Path(__file__).parent
CASES = sorted((HERE / "imports").glob("*.yml"))
SOURCES = os.environ.get("GONGBAO_SOURCES", "")
LISTS = {
    "site.yml": b"name: a\nlanguage: zh\n",
    "topics.yml": "- {slug: organizing, title: 组织建设, aliases: [换届]}\n"
    "- {slug: aid, title: 帮扶救助, aliases: [帮扶, 慰问, 助学]}\n"
    "- {slug: activities, title: 文体活动, aliases: [文体]}\n".encode(),
    "units.yml": "- {slug: town, title: 某镇总工会}\n- {slug: village, title: 某村工会}\n".encode(),
    "indicators.yml": (
        "- {slug: condolence-money, title: 慰问金, unit: 元, basis: period, aggregate: sum, topic: aid}\n"
    ).encode(),
}
VOCABULARY: Vocabulary = read_lists(LISTS, "content")[0]
REPORT: str = load(HERE / "imports" / "town-half-year.yml")["text"]


def imported(data: bytes, name: str, existing: dict[str, str] | None = None) -> Imported:
    return import_source(read_document(data, name), VOCABULARY, existing or {}, Asked())


@pytest.mark.parametrize(
    ("new", "listed", "like"),
    [
        ("烟墩镇工会", "某县属镇工会", False),
        ("烟墩镇工会", "某镇总工会", False),
        ("烟墩镇工会", "烟墩镇总工会", True),
        ("烟墩镇工会", "烟敦镇工会", True),
        ("烟墩镇工会", "某县烟墩镇工会", True),
        ("县总工会", "某县总工会", True),
        ("某县总工会", "某县总工会机关", True),
        ("东风有限公司工会", "西岭有限公司工会", False),
        ("东风有限公司工会", "东风公司工会", True),
        ("第一中学工会", "第二中学工会", True),
        ("青峙社区工会", "蔚斗社区工会", False),
    ],
)
def test_names_of_units_are_alike_by_what_they_do_not_share(new: str, listed: str, like: bool) -> None:
    lists = {**LISTS, "units.yml": f"- {{slug: listed, title: {listed}}}\n".encode()}
    assert near_unit(new, read_lists(lists, "content")[0].units) == ("listed" if like else "")


@pytest.mark.parametrize(
    ("heading", "title", "body", "topic", "sure"),
    [
        ("", "开展就业援助行动的活动", "在服务中心办招聘会。", "services", True),
        ("", "开展活动三次", "职工参加。", "activities", False),
        ("", "活动多样", "设立服务点，服务职工。", "activities", False),
        ("", "举办文体活动", "", "activities", True),
        ("服务职工", "办好一件事", "", "services", False),
        ("职工服务", "办好一件事", "", "services", True),
        ("", "就业和文体", "", "services", False),
    ],
)
def test_a_word_that_is_said_of_anything_makes_no_topic_sure(
    heading: str, title: str, body: str, topic: str, sure: bool
) -> None:
    topics = (
        "- {slug: services, title: 职工服务, aliases: [服务, 就业]}\n"
        "- {slug: activities, title: 文体活动, aliases: [文体, 活动]}\n"
    )
    found, doubts = topics_of(
        [heading], title, body, read_lists({**LISTS, "topics.yml": topics.encode()}, "content")[0]
    )
    assert (found, not doubts) == (topic, sure)


@pytest.mark.parametrize(
    ("body", "title", "sure"),
    [
        ("在县总工会的领导下，镇工会完成换届。", "镇工会完成换届", True),
        ("为进一步规范工作，根据上级要求，召开座谈会三次。", "召开座谈会三次", True),
        ("为120名职工办理医疗互助，赔付3万元。", "为120名职工办理医疗互助", True),
        ("今年以来，在全体职工的努力下，紧紧围绕中心工作，建会12家。", "建会12家", True),
        ("继续自觉坚持在党的领导下，紧紧围绕镇党委的大局，开展好各项工会工作。", "开展好各项工会工作", True),
        ("举办培训120学时，参加50人。", "举办培训120学时", True),
        ("在新形势下，通过各种办法。", "在新形势下", False),
        ("在职工中开展读书活动，送书300册。", "在职工中开展读书活动", True),
    ],
)
def test_a_title_says_what_was_done(body: str, title: str, sure: bool) -> None:
    found, doubts = title_of("", body)
    assert (found, not doubts) == (title, sure)


def test_a_name_of_a_figure_that_was_cut_is_doubted() -> None:
    long = "组织15名有就业意向返乡农民工参加了县总在服务中心统一举办的现场招聘会。"
    found = imported(f"某镇总工会2022年上半年工作总结\n1、招聘。{long}\n2、换届。12家工会换届。\n".encode(), "a.txt")
    notes = [[one.said("zh") for one in draft.notes] for report in found.reports for draft in report.drafts]
    assert [[one for one in of_draft if "名目" in one] for of_draft in notes] == [
        ["数据：“15名”的名目是截取的，请改短改通"],
        [],
    ]


def account_line(found: Imported) -> str:
    drafts = [draft for report in found.reports for draft in report.drafts]
    return label(
        "import-account",
        "zh",
        signs=found.account.signs,
        done=sum(draft.kind == "done" for draft in drafts),
        numbers=sum(one.went == "figures" for one in found.numbers),
        promises=sum(len(draft.promises) for draft in drafts),
        missing=found.account.missing,
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_document_becomes_these_drafts(path: Path) -> None:
    case = load(path)
    found = imported(case["text"].encode(), "report.txt")
    assert account_line(found) == case["account"]
    (report,) = found.reports
    assert (report.whose.period.id, report.whose.name) == (case["period"], case["unit"])
    for draft, expected in zip(report.drafts, case["drafts"], strict=True):
        assert (draft.kind, draft.title) == (expected["kind"], expected["title"])
        lines = [figure_line(one) for one in draft.figures]
        assert lines == expected.get("figures", []), draft.title
        if "topic" in expected:
            assert draft.topic == expected["topic"]
        for (_, promise), wanted in zip(draft.promises, expected.get("promises", ()), strict=True):
            assert (promise.text, promise.due) == (wanted["内容"], wanted["期限"])
            assert ("数值" in wanted) == (promise.number is not None)
        assert len(draft.notes) >= expected.get("notes", 0)
    told = " ".join(one.number.printed for one in found.numbers if one.went != "text")
    assert not [word for word in case["never"] if word in told]
    assert problems_of(found) == []


def problems_of(found: Imported) -> list[str]:
    """The problems of drafts, but for open notes: as ``gongbao check`` tells them, once new units are listed."""
    units = "".join(f'- {{slug: {slug}, title: "{name}"}}\n' for slug, name in found.units.items())
    files = {**LISTS, "units.yml": LISTS["units.yml"] + units.encode()}
    files |= {path: text.encode() for path, text in found.files.items()}
    content = read_all(Tree(Path("content"), files, {}, ()))
    drafts = {path: files[path] for path in found.files}
    assert [path for path, data in drafts.items() if canonical_file(data, path) != (data, [])] == []
    assert len(content.records) == len(found.files) or errors(content.problems)
    return [f"{one.path} {one.rule} {one.field} {one.written}" for one in errors(content.problems)]


NUMBERS = {
    "困难职工三户": "3 户",
    "发放８．５万元": "8.5 万元",
    "共1,200.50元": "1200.50 元",
    "助学款12、2万元": "12.2 万元",
    "资金十二点二万元": "12.2 万元",
    "近百名职工": "100 名 nearly",
    "六十多家": "60 家 over",
    "4万余元": "4 万元 over",
    "组建率90%以上": "90 % at-least",
    "完成年度任务的60％": "60 % completion",
    "百分之九十五": "95 %",
    "百分之九点五": "9.5 %",
    "百分之三点十": "structure date",
    "比上年减少5件": "-5 件 change",
    "同比增长12.5%": "12.5 % value",
    "获全县第六名": "6 rank",
    "获二等奖": "2 rank",
    "已完成换届15家": "15 家",
    "维修一户险房": "1 户",
    "每季度开展一次检查": "1 次",
    "翻一番": "multiple",
    "数十人": "multiple",
    "近万元": "multiple",
    "3万5千元": "unitless multiple",
    "1 256人": "unitless multiple",
    "3-5名": "threshold threshold",
    "一两家": "multiple",
    "V2.0版": "code",
    "0—6岁儿童": "age age",
    "60岁以上老人": "age",
    "第十六届三次会议": "ordinal ordinal",
    "5A级景区": "code",
    "“八统一”": "name name",
    "“5.1服务卡”": "name",
    "《二十条措施》": "name",
    "皖工〔2022〕5号": "document document",
    "25人以上企业": "threshold",
    "百人以上企业": "threshold",
    "三个方面": "structure",
    "一批项目": "structure",
    "百人合唱": "structure",
    "24小时热线": "name",
    "7月15日": "date date",
    "1-6月": "date date",
    "12345678910": "code",
}


@pytest.mark.parametrize("text", NUMBERS)
def test_number_of_a_text(text: str) -> None:
    def shown(one: SourceNumber) -> str:
        role = "" if one.role in ("value" if one.unit != "%" else "percent", "target") else one.role
        bound = "" if one.bound == "exact" else one.bound
        return one.reason or " ".join(filter(None, [f"{one.value:f}", one.unit, bound, role]))

    assert " ".join(shown(one) for one in numbers_of(text, (0, len(text)))) == NUMBERS[text]


NUMBERED = [
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
]


def test_numbers_that_word_makes_are_read_as_they_are_shown() -> None:
    body = "".join(
        [
            paragraph("青石镇工会2021年上半年\n工作总结", style="T"),
            paragraph("主要工作", numbered=0),
            paragraph("帮扶救助", numbered=1),
            paragraph("走访3户。", numbered=2),
            paragraph("慰问5人。", numbered=2),
            paragraph("组织建设", numbered=1),
            paragraph("建会2家。", numbered=2),
            paragraph("下半年打算", numbered=0),
            paragraph("举办培训班。", numbered=1),
        ]
    )
    found = imported(word(body, levels=NUMBERED), "a.docx")
    places = [draft.source["section"] for draft in found.reports[0].drafts]
    assert places == [
        "一、主要工作 · （一）帮扶救助 · 「1.」",
        "一、主要工作 · （一）帮扶救助 · 「2.」",
        "一、主要工作 · （二）组织建设 · 「1.」",
        "二、下半年打算 · 「（一）」",
    ]
    assert found.reports[0].whose.period.id == "2021-h1"
    assert found.account.missing == 0


def test_what_readers_of_word_do_not_see_stays_out() -> None:
    body = (
        paragraph("青石镇工会2021年上半年工作总结")
        + "<w:p><w:r><w:t>一、走访</w:t></w:r><w:del><w:r><w:delText>删去了</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>3户。</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏起来</w:t></w:r>"
        "<w:r><w:commentReference w:id='1'/></w:r></w:p>"
        + table([["项目", "户数（户）"], ["走访", "3"], ["慰问", "7"]])
    )
    found = imported(word(body), "a.docx")
    (text,) = found.files.values()
    assert "走访3户。" in text and "| 慰问 | 7 |" in text
    assert not re.search("删去了|藏起来", text)
    assert [one.number.printed for one in found.numbers if one.went == "figures"] == ["3户", "7"]
    assert [one.number.reason for one in found.numbers if one.went == "text"] == ["repeated"]


def test_picture_comes_along_with_its_item() -> None:
    png = b"\x89PNG\r\n\x1a\n"
    body = "".join(map(paragraph, ["青石镇工会2021年上半年工作总结", "一、走访。走访3户。"])) + picture()
    body += paragraph("二、慰问。慰问5人。") + picture("none")
    found = imported(word(body, image=png), "a.docx")
    assert [*found.files] == ["2021/h1/zoufang/index.md", "2021/h1/weiwen.md"]
    assert [*found.pictures] == ["2021/h1/zoufang/picture-1.png"] and found.source.left_out == 1
    assert "![走访](picture-1.png)" in found.files["2021/h1/zoufang/index.md"]


def test_open_document_with_a_list_a_table_and_a_comment() -> None:
    level = "<text:list-level-style-number text:level='1' style:num-suffix='、' style:num-format='1'/>"
    levels = f"<text:list-style style:name='L'>{level}</text:list-style>"
    body = (
        "<text:p>青石镇工会2021年上半年工作总结</text:p><text:list text:style-name='L'>"
        "<text:list-item><text:p>走访困难职工3户。<office:annotation><text:p>批注</text:p></office:annotation></text:p></text:list-item>"
        "<text:list-item><text:p>慰问5人。</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>项目</text:p></table:table-cell></table:table-row></table:table>"
    )
    found = imported(open_document(body, levels), "a.odt")
    assert [draft.source["section"] for draft in found.reports[0].drafts] == ["「1、」", "「2、」"]
    assert found.account.missing == 0 and "批注" not in "".join(found.files.values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_plain_text_in_every_encoding(encoding: str) -> None:
    assert read_document(REPORT.encode(encoding), "a.txt").text == REPORT


def test_a_document_in_english_is_kept_whole_and_told_to_be_none_of_ours() -> None:
    found = imported(b"Village Union: report for 2022\n\n1. Aid\nWe visited 40 families.\n2. Meetings\nTwo.\n", "a.txt")
    assert found.source.is_foreign and found.account.missing == 0
    assert [one for one in found.numbers if one.went != "text"] == []
    assert not imported(REPORT.encode(), "a.txt").source.is_foreign


def test_web_page_and_markdown_become_the_same_drafts() -> None:
    lines = REPORT.strip().split("\n")
    page = "<html><head><title>x</title><script>1</script></head><body>" + "".join(f"<p>{line}</p>" for line in lines)
    marked = "# " + "\n\n".join(lines)
    plain = account_line(imported(REPORT.encode(), "a.txt"))
    assert account_line(imported(page.encode(), "a.html")) == plain
    assert account_line(imported(marked.encode(), "a.md")) == plain


BAD = {
    "corrupt.docx": b"PK\x03\x04 and no more",
    "no-zip.docx": b"hello",
    "empty.txt": b" \n",
    "binary.txt": bytes(range(256)) * 9,
    "picture.docx": b"\x89PNG\r\n\x1a\n",
    "encrypted.docx": b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") * 3,
    "no-text.docx": word(""),
    "no-document.docx": packed({"word/other.xml": "<a/>"}),
    "laughs.docx": packed(
        {
            "_rels/.rels": '<Relationships><Relationship Type="a/officeDocument" Target="d.xml"/></Relationships>',
            "d.xml": '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>',
        }
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_with_one_line(name: str) -> None:
    assert_refused(BAD[name], name)


def test_a_small_file_that_becomes_a_large_one_is_refused_with_one_line() -> None:
    assert_refused(packed({"word/document.xml": b"\0" * 210_000_000}), "bomb.docx")


def assert_refused(data: bytes, name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(data, name)
    assert label(str(refused.value), "zh")


ODD = {
    "level.docx": word(paragraph("走访3户。", numbered=0).replace('"0"', '"²"'), levels=[("decimal", "%1.")]),
    "huge.docx": word(paragraph("走访3户。", numbered=0), levels=[("upperRoman", "%1.")], start="1" + "0" * 12),
    "digits.docx": word(paragraph("走访3户。", numbered=0), levels=[("decimal", "%1.")], start="1" * 5000),
    "spaces.odt": open_document("<text:p>走访<text:s text:c='10000000000'/>3户。</text:p>"),
    "heading.odt": open_document("<text:h text:outline-level='²'>走访3户。</text:h>"),
    "list.odt": open_document(
        "<text:p>走访3户。</text:p>",
        "<text:list-style style:name='L'><text:list-level-style-number text:level='x'/></text:list-style>",
    ),
    "charset.html": "<meta charset='undefined'><p>走访3户。".encode(),
}


@pytest.mark.parametrize("name", ODD)
def test_numbers_and_encodings_that_are_none_lose_nothing(name: str) -> None:
    found = imported(ODD[name], name)
    assert found.account.missing == 0 and "3户。" in "".join(found.files.values())


def test_names_that_are_no_unicode_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "content"
    root.mkdir()
    for name, data in LISTS.items():
        (root / name).write_bytes(data)
    report = tmp_path / os.fsdecode(b"\xff.txt")
    report.write_text(REPORT, encoding="utf-8")
    assert import_files(tmp_path, [str(report), f"{report}.none"], Asked(), root, mask=False) == 1
    told = capsys.readouterr()
    assert "‹U+DCFF›.txt" in told.out and "‹U+DCFF›.txt.none" in told.err
    assert "‹U+DCFF›.txt" in next(root.rglob("*.md")).read_text(encoding="utf-8")


def test_command_writes_once_and_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "content"
    root.mkdir()
    for name, data in LISTS.items():
        (root / name).write_bytes(data)
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="gb18030")

    def run() -> tuple[int, str]:
        code = import_files(tmp_path, [str(report)], Asked(), root, mask=False)
        return code, capsys.readouterr().out

    assert run()[0] == 0
    written = {path: path.read_bytes() for path in root.rglob("*.md")}
    assert len(written) == 8
    content = read_all(read_content(root))
    assert list(errors(content.problems)) == []
    assert {problem.rule for problem in content.problems} == {"note.open", "leftover.width"}  # １．５ is as it was
    code, told = run()
    assert code == 0 and label("import-kept", "zh", count=8) in told
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == written

    report.write_text(REPORT.replace("12户次", "13户次"), encoding="utf-8")
    code, told = run()
    assert "zoufang-kunnan-zhigong.md" in told and "13户次" in told
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == written
    more = REPORT.replace("（三）文体活动", "（三）维权。接待来访4件。\n（四）文体活动").replace(
        "二、存在问题\n工会干部多为兼职，业务水平有待提高。\n", ""
    )
    report.write_text(more, encoding="utf-8")
    code, told = run()
    new = {path: path.read_bytes() for path in root.rglob("*.md")}
    assert [path.name for path in new.keys() - written.keys()] == ["weiquan.md"]
    assert {path: text for path, text in new.items() if path in written} == written
    assert label("import-gone", "zh", path="2021/h1/gonghui-ganbu-duowei.md") in told
    assert import_files(tmp_path, [str(tmp_path / "none.docx")], Asked(), root, mask=False) == 1


def test_a_note_that_is_open_keeps_a_record_a_draft() -> None:
    found = imported(REPORT.encode(), "a.txt")
    path, text = next((path, text) for path, text in found.files.items() if "<!-- 待核" in text)
    files = {**LISTS, path: text.replace("草稿: 是\n", "").replace(" qingshi", " town").encode()}
    files[path] = re.sub("单位: .*", "单位: town", files[path].decode(), count=1).encode()
    problems = read_all(Tree(Path("content"), files, {}, ())).problems
    assert [problem.rule for problem in errors(problems)] == ["note.kept"]


def test_names_beside_hardship_are_told_and_masked() -> None:
    text = "青石镇工会2021年上半年工作总结\n一、帮扶。职工欧阳大山因患重病住院，镇工会送去慰问金2000元。\n"
    source = read_document(text.encode(), "a.txt")
    assert import_source(source, VOCABULARY, {}, Asked()).persons == ("欧阳大山",)
    masked = import_source(source, VOCABULARY, {}, Asked(), mask=True)
    assert masked.account.missing == 0 and "欧阳大山" not in "".join(masked.files.values())


def test_masked_years_stay_undated_and_an_unknown_unit_is_proposed() -> None:
    found = imported("20xx年，白河镇总工会抓好工会建设。\n一、建会。新建工会3家。\n".encode(), "总结.txt")
    assert found.reports[0].whose.period.year is None
    assert found.units == {"baihe-zhenzong-gonghui": "白河镇总工会"}


def test_drafts_lie_in_the_folder_of_their_period() -> None:
    source = read_document(REPORT.encode(), "a.txt")
    for period in (Period(987, "h1"), Period(None, "year")):
        found = import_source(source, VOCABULARY, {}, Asked(period=period))
        assert {path.rpartition("/")[0] for path in found.files} == {period.folder}
        assert problems_of(found) == []


def test_several_reports_in_one_file_and_a_title_in_two_lines() -> None:
    text = (
        "工会半年总结范文\n给大家分享几篇。\n工会半年总结篇一\n20xx年上半年，镇工会做了这些工作。\n一、慰问。慰问职工3户。\n二、建会。建会2家。\n"
        "20××年镇工会下半年工作要点\n一、举办培训班2期。\n工会半年总结篇二\n今年上半年，村工会走访9户。\n"
    )
    found = imported(text.encode(), "a.txt")
    assert found.account.missing == 0
    assert [len(report.drafts) for report in found.reports] == [4, 1, 1]
    assert {report.whose.period.id for report in found.reports} == {"undated-h1"}
    assert [draft.kind for draft in found.reports[1].drafts] == ["plan"]
    apart = imported(
        "青石镇工会\n2021年上半年工作总结\n（2021年7月9日）\n上半年工作情况\n一、慰问。慰问3户。\n".encode(), "a.txt"
    )
    (report,) = apart.reports
    assert (report.whose.name, report.whose.period.id, len(report.drafts)) == ("青石镇工会", "2021-h1", 1)


# --- Nothing is lost, whatever a report looks like ---

HEADS = st.sampled_from(["帮扶救助", "组织建设。", "做好“5.1服务卡”工作", "存在问题", "下半年工作计划", "A & B <组>"])
SENTENCES = st.one_of(
    st.sampled_from(
        [
            "走访困难职工12户，发放慰问金3.5万元。",
            "参加人员近百人次，其中女职工四十人；",
            "一是建会3家；二是换届2家。",
            "20xx年，完成任务的80%。",
            "# 不是标题* _也不是强调_ `x` | y",
            "1. 条目里的 {{ 括号 }} 和 \\ 反斜线：[a](b)<b>&amp;",
            "继续加强工作，",
        ]
    ),
    st.text(
        st.sampled_from("工会职员家0123456789.、，。；：“”（）()%年月 -*_#>|`<&:{}[]'\"\\"), min_size=1, max_size=40
    ),
)
MARKS: Sequence[Sequence[str]] = (
    ("{}、", "（{}）", "{}、"),
    ("第{}部分 ", "{}、", "（{}）"),
    ("{}．", "({})", "{})"),
)
HAN = "一二三四五六七八九"


@st.composite
def reports(draw: st.DrawFn) -> str:
    marks = draw(st.sampled_from(MARKS))
    lines = [draw(st.sampled_from(["青石镇工会2021年上半年工作总结", "总结", "201*年工会工作要点", ""]))]
    for section in range(draw(st.integers(1, 3))):
        lines.append(marks[0].format(HAN[section]) + draw(HEADS))
        for item in range(draw(st.integers(0, 3))):
            number = HAN[item] if "（" in marks[1] or marks[1] == "{}、" else str(item + 1)
            lines.append(marks[1].format(number) + "".join(draw(st.lists(SENTENCES, max_size=3))))
        lines += draw(st.lists(SENTENCES, max_size=2))
    return "\n".join(lines + draw(st.sampled_from([[], ["青石镇工会", "2021年7月1日"]])))


FORMS = st.sampled_from(["utf-8", "gb18030", "utf-16", "docx", "soft", "table", "html", "odt"])


@settings(max_examples=25, deadline=None)
@given(reports(), FORMS)
def test_nothing_is_lost_and_no_number_is_invented(text: str, form: str) -> None:
    hold_to_account(text, form)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(reports(), FORMS)
def test_nothing_is_lost_in_a_thousand_reports(text: str, form: str) -> None:
    hold_to_account(text, form)


def hold_to_account(text: str, form: str) -> None:
    """Import a report in a form: nothing of it is lost, no number is invented, and the drafts can be read."""
    data, name, whole = in_form(text, form)
    try:
        source = read_document(data, name)
    except Unreadable:
        assert not whole.strip()
        return
    found = import_source(source, VOCABULARY, {}, Asked())
    assert found.account.missing == 0, [source.text[slice(*span)] for span in found.account.lost]
    assert bare_text(source.text) == bare_text(whole)
    for report in found.reports:
        for draft in report.drafts:
            for figure in draft.figures:
                assert figure.number.printed in source.text
    assert [one for one in problems_of(found) if not allowed_in_a_text(one)] == []


def in_form(text: str, form: str) -> tuple[bytes, str, str]:
    """A report as a file of some kind, the file's name, and all its words."""
    lines = text.split("\n")
    if form == "table":
        rows = [["项目", "户数（户）"], *([line, str(at)] for at, line in enumerate(lines))]
        body = "".join(map(paragraph, lines)) + table(rows) + paragraph("附表")
        return word(body), "a.docx", text + "".join(map("".join, rows)) + "附表"
    if form == "soft":
        return word("".join(paragraph("\n".join(lines[at : at + 3])) for at in range(0, len(lines), 3))), "a.docx", text
    if form == "docx":
        return word("".join(map(paragraph, lines))), "a.docx", text
    if form == "odt":
        return open_document("".join(f"<text:p>{escaped(line)}</text:p>" for line in lines)), "a.odt", text
    if form == "html":
        return "".join(f"<p>{escaped(line)}</p>" for line in lines).encode(), "a.html", text
    return text.encode(form), "a.txt", text


def allowed_in_a_text(problem: str) -> bool:
    """Whether a problem is one of what the source says, and no fault of the importer."""
    return re.search(r" (?:leftover|private|prose|text|form|figure|wording)\.", problem) is not None


@pytest.mark.skipif(not SOURCES, reason="GONGBAO_SOURCES is not set")
def test_compilation_in_one_call() -> None:
    result = score(Path(SOURCES), HERE / "seed", HERE.parent / "content")
    assert result.missing == 0
    assert result.figures.precision >= 0.95 and result.figures.recall >= 0.95
    assert result.commitments.precision >= 0.95 and result.commitments.recall >= 0.9
