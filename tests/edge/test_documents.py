"""Papers: what stands in them can be read out again, whatever was written."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from pypdf import PdfReader

from edge.documents import glyphs
from edge.documents.answers import file_answer
from edge.documents.model import (
    Document,
    Field,
    Fields,
    Heading,
    Index,
    IndexRow,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Signature,
    Signatures,
    Table,
    Title,
)
from edge.documents.pdf import pages, pdf
from edge.documents.word import word
from kernel.problems import Problem

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
WORDS = "依照《中华人民共和国人民调解法》，双方自愿达成协议：乙方于2026年3月31日前支付人民币12,345.60元。"
NAMES = "张三、王𠮷、李㛃、欧阳𬀩·买买提"
EVERY = (
    Title("人民调解协议书", "（2026）230103001人调字第12号"),
    Heading("一、当事人"),
    Fields((Field("甲方", NAMES), Field("乙方", "", 2), Field("备注"))),
    Fields((Field("日期", "2026-03-02"), Field("地点")), pairs=2),
    Paragraph(WORDS),
    Table(("序号", "内容"), (("1", "支付"), ("2", "道歉")), (1, 4), spare=2),
    PageBreak(),
    Signatures((Signature("甲方"), Signature("调解员", "李四 2026-03-02"))),
    Note("本协议一式三份"),
)


def paper(*blocks: object) -> Document:
    return Document.of("人民调解协议书", NOON, blocks, "南直路街道")  # type: ignore[arg-type]  # because of *blocks


def read(document: Document) -> str:
    """The text of the PDF as it is copied out, without line ends and spaces."""
    found = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(document))).pages)
    return "".join(found.split())


def read_word(document: Document) -> str:
    opened = docx.Document(io.BytesIO(word(document)))
    return "".join(node.text or "" for node in opened.element.body.iter() if node.tag.endswith("}t"))


@pytest.mark.parametrize("reader", [read, read_word])
def test_every_text_of_a_document_can_be_copied_out(reader: object) -> None:
    found = "".join(reader(paper(*EVERY)).split())  # type: ignore[operator]  # because of parametrize
    texts = ("（2026）230103001人调字第12号", NAMES, WORDS, "2026-03-02", "道歉", "李四", "本协议一式三份")
    assert [text for text in texts if "".join(text.split()) not in found] == []


def test_a_document_may_be_made_at_any_moment() -> None:
    document = Document.of("纸", NOON.replace(microsecond=123_456), [Paragraph("内容")])
    assert pdf(document).startswith(b"%PDF")


def test_rare_characters_of_names_are_shown_by_the_second_font() -> None:
    assert glyphs.missing([NAMES]) == []
    assert NAMES in read(paper(Paragraph(NAMES)))


def test_what_no_font_has_is_marked_and_listed_with_its_code_point() -> None:
    found = read(paper(Title("王\ue123"), Paragraph("李\ue123\U0010fffd")))
    assert "王〓[U+E123]" in found
    assert found.split("手写补正：")[1].startswith("U+E123、U+10FFFD")


def test_a_docx_keeps_what_no_font_has_and_lists_it() -> None:
    found = read_word(paper(Title("王\ue123")))
    assert "王\ue123" in found
    assert found.endswith("U+E123")


def test_rare_characters_are_listed_where_the_second_font_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    first = glyphs.FACES[0].family
    only = {first: glyphs.installed()[first]}
    monkeypatch.setattr(glyphs, "installed", lambda: only)
    found = read(paper(Paragraph("王𠮷")))
    assert "王〓[U+20BB7]" in found


def test_without_the_first_font_it_is_said_which_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "FOLDERS", ())
    glyphs.installed.cache_clear()
    try:
        with pytest.raises(glyphs.FontMissingError, match="fonts-wqy-microhei"):
            glyphs.installed()
    finally:
        glyphs.installed.cache_clear()


@pytest.mark.parametrize(
    "text", ['#import "x"; $a^2$ *b* _c_ @d <e> `f` \\n', "<b>&amp;</b>", "{{ x }} =1+1"]
)
def test_markup_in_a_text_is_shown_as_it_is(text: str) -> None:
    assert "".join(text.split()) in read(paper(Paragraph(text)))
    assert text in read_word(paper(Paragraph(text)))


def test_control_and_direction_characters_are_left_out_everywhere() -> None:
    hostile = "标\x00题\x07\u202e反\u200b转\ud800\x1b[31m"
    document = replace(paper(Title(hostile)), title=hostile, header=hostile, footer=hostile)
    assert "标题反转[31m" in read(document)
    assert "标题反转[31m" in read_word(document)
    assert PdfReader(io.BytesIO(pdf(document))).metadata.title == "标题反转[31m"  # type: ignore[union-attr]  # because it is there


@pytest.mark.parametrize("write", [pdf, word])
def test_the_same_document_gives_the_same_bytes(write: object) -> None:
    assert write(paper(*EVERY)) == write(paper(*EVERY))  # type: ignore[operator]  # because of parametrize


def test_each_page_says_its_number_and_the_number_of_all() -> None:
    parts = tuple(Part(f"p{number}", (Paragraph(WORDS * 60),)) for number in range(2))
    reader = PdfReader(io.BytesIO(pdf(Document("卷宗", NOON, parts, "页眉", "本件提供给：张三"))))
    count = len(reader.pages)
    last = "".join(reader.pages[-1].extract_text().split())
    assert (f"第{count}页共{count}页" in last, "页眉" in last, "本件提供给：张三" in last) == (
        True,
        True,
        True,
    )


def test_an_index_names_first_and_last_page_of_each_part() -> None:
    rows = (IndexRow("申请书", "a"), IndexRow("笔录", "b"), IndexRow("物证", where="档案柜"))
    parts = (
        Part("index", (Index(rows),)),
        Part("a", (Paragraph("申请"),)),
        Part("b", (Paragraph(WORDS * 80),)),
    )
    found = "".join(PdfReader(io.BytesIO(pdf(Document("卷", NOON, parts)))).pages[0].extract_text().split())
    assert "1申请书22笔录3－43物证档案柜" in found


def test_thirty_pages_stay_far_below_a_megabyte() -> None:
    body = tuple(Paragraph(WORDS + chr(0x4E00 + number)) for number in range(900))
    made = pdf(paper(*body))
    assert len(PdfReader(io.BytesIO(made)).pages) >= 30
    assert len(made) < 600_000


def test_pages_are_drawn_as_pictures() -> None:
    drawn = pages(paper(*EVERY))
    assert [page[:4] for page in drawn] == [b"\x89PNG"] * 2


def test_a_file_has_a_safe_name_and_is_not_kept() -> None:
    answer = file_answer(replace(paper(Paragraph("一")), title='卷/宗"\r\nX: 1'), "pdf")
    assert answer["Content-Disposition"].endswith("''" + "%E5%8D%B7_%E5%AE%97_X_1.pdf")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(Problem) as refused:
        file_answer(paper(Paragraph("一")), "exe")
    assert refused.value.code == "bad_parameter"


def test_a_value_longer_than_a_page_goes_on_on_the_next() -> None:
    end = "到此为止"
    long = "\n".join([WORDS] * 120) + end
    reader = PdfReader(
        io.BytesIO(pdf(paper(Fields((Field("协议内容", long),)), Table(("内容",), ((long,),)))))
    )
    assert len(reader.pages) >= 8
    assert read(paper(Fields((Field("协议内容", long),)))).count(end) == 1
