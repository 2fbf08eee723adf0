"""What holds a file together: cover, index, and the sheet that says what is missing."""

from collections.abc import Iterable, Sequence

from edge.documents.forms import Form
from edge.documents.model import (
    Block,
    Field,
    Fields,
    Index,
    IndexRow,
    Note,
    Signature,
    Signatures,
    Table,
    Title,
)
from kernel.law import law
from kernel.written import day
from mediation.papers.opening import number_of
from mediation.papers.source import BLANK, CaseFile, Referred

CLOSING_TITLE = "卷内备考表"
FILER = ("立卷人", "立卷日期")


@law("PM-F2")
def cover(source: CaseFile | None, title: str = "人民调解卷宗") -> Sequence[Block]:
    """卷宗封面: title, number, mediators, dates, filer, retention, note."""
    file = source or BLANK
    return (
        Title(file.committee or "　　　　人民调解委员会"),
        Title(title, number_of(file)),
        Fields(
            (
                Field("案由", file.category),
                Field("当事人", file.names),
                Field("人民调解员", "、".join(file.mediators)),
                Field("受理日期", day(file.accepted_on)),
                Field("结案日期", day(file.ended_on)),
                Field("调解结果", file.state),
                Field("立卷人"),
                Field("立卷日期"),
                Field("保管期限", file.retention),
                Field("备注", "", 2),
            )
        ),
    )


@law("PM-3")
def sent_cover(source: CaseFile | None, title: str) -> Sequence[Block]:
    """Of a set for a channel: whose matter and where to. What came of the mediation is not its business."""
    file = source or BLANK
    sent = file.referred or Referred()
    own = next((person.name for person in file.parties if person.key == sent.party), "")
    rows = (
        Field("转介途径", sent.channel), Field("接收单位", sent.recipient), Field("当事人", own),
        Field("当事人同意日期", day(sent.agreed_on)),
    )  # fmt: skip
    return (Title(title, file.dispute_code), Fields(rows))


def index(rows: Iterable[IndexRow]) -> Sequence[Block]:
    """卷内目录, with the pages of each paper."""
    return (Title("卷内目录"), Index(tuple(rows)))


def blank_index(_source: CaseFile | None) -> Sequence[Block]:
    return (Title("卷内目录"), Table(("序号", "材料名称", "页号"), (), (1, 6, 2), spare=18))


def closing_note(source: CaseFile | None, missing: Sequence[str] = ()) -> Sequence[Block]:
    """卷内备考表: what the file lacks, said openly."""
    file = source or BLANK
    said = "\n".join(f"缺：{title}" for title in missing) or ("材料齐全" if source else "")
    return (
        Title(CLOSING_TITLE, file.number),
        Fields((Field("本卷情况说明", said, 8),)),
        Signatures(tuple(Signature(label) for label in (*FILER, "检查人", "检查日期"))),
        Note("单独谈话的记录不入卷。"),
    )


FORMS = (
    Form("cover", "人民调解卷宗封面", "cover", ("PM-F1", "PM-F2"), cover, numbered=True),
    Form("index", "卷内目录", "index", ("PM-F1",), blank_index),
    Form("closing_note", CLOSING_TITLE, "closing sheet", ("PM-F1",), closing_note),
)
