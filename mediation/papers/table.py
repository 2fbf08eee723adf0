"""Papers of the table: investigation, evidence, sessions, and how an end without agreement is told."""

from collections.abc import Sequence

from edge.documents.forms import Form
from edge.documents.model import Block, Field, Fields, Note, Paragraph, Signature, Signatures, Table, Title
from kernel.law import law
from kernel.written import day
from mediation.papers.opening import SIDES, ways_notice
from mediation.papers.source import BLANK, CaseFile, Sitting, Written

RECORD_LINES = 13
SIGNED_BY_ALL = ("当事人（签名、盖章或按指印）", "调解员", "记录人")


@law("PM-27")
def investigation(source: CaseFile | None) -> Sequence[Block]:
    """调查记录: each record that is on file, or a blank sheet."""
    file = source or BLANK
    records = file.records_of("investigation", "work") or (Written("", "", None, "", ""),)
    blocks: list[Block] = [Title("调查记录", file.number)]
    for record in records:
        blocks += [
            Fields((Field("时间", day(record.on)), Field("调查人", record.by)), pairs=2),
            Fields((Field("地点"), Field("参加人"), Field("调查内容", record.text, RECORD_LINES))),
        ]
    return (*blocks, Signatures((Signature("被调查人"), Signature("调查人"), Signature("记录人"))))


def evidence_list(source: CaseFile | None) -> Sequence[Block]:
    """证据材料清单: what was handed in, by whom, and where the original lies."""
    file = source or BLANK
    rows = tuple(
        (str(number), paper.title, paper.party, day(paper.dated_on), paper.original_at)
        for number, paper in enumerate(file.attached_of("evidence"), 1)
    )
    head = ("序号", "名称", "提供人", "日期", "原件存放处")
    return (
        Title("证据材料清单", file.number),
        Table(head, rows, (0.8, 4, 1.6, 2, 2), spare=0 if rows else 8),
        Signatures((Signature("提供人"), Signature("接收人"))),
    )


@law("PM-27")
def session_record(source: CaseFile | None) -> Sequence[Block]:
    """人民调解记录: one for each session held; nothing that a party said alone."""
    file = source or BLANK
    sittings = file.sittings or (Sitting("", "", "", "", ""),)
    blocks: list[Block] = []
    for number, sitting in enumerate(sittings, 1):
        title = "人民调解记录" if len(sittings) == 1 else f"人民调解记录（第{number}次）"
        blocks += [Title(title, file.number), *_sitting(sitting, file)]
    return blocks


def _sitting(sitting: Sitting, file: CaseFile) -> tuple[Block, ...]:
    return (
        Fields(
            (
                Field("时间", sitting.at),
                Field("地点", sitting.room),
                Field("形式", sitting.form),
                Field("调解员", sitting.mediators),
            ),
            pairs=2,
        ),
        Table(("参加人", "到场情况"), sitting.present, (2, 2), spare=0 if sitting.present else SIDES + 2),
        Fields((Field("调解记录", "\n".join(sitting.minutes), RECORD_LINES), Field("结果", "", 2))),
        Signatures(tuple(Signature(label) for label in SIGNED_BY_ALL)),
    )


def explanation(source: CaseFile | None) -> Sequence[Block]:
    """情况说明: why something is missing from the file, or differs."""
    file = source or BLANK
    said = "\n".join(f"{day(record.on)} {record.by}：{record.text}" for record in file.records_of("other"))
    return (
        Title("情况说明", file.number),
        Fields((Field("说明事项", said, RECORD_LINES),)),
        Signatures((Signature("说明人"), Signature("日期"))),
    )


@law("PM-20")
def participants(source: CaseFile | None) -> Sequence[Block]:
    """其他人员参加调解同意书: nobody joins without every party's consent."""
    file = source or BLANK
    names = [person.name for person in file.parties] or [""] * SIDES
    return (
        Title("其他人员参加调解同意书", file.number),
        Table(("拟参加人", "身份", "参加原因"), (), (2, 2, 4), spare=3),
        Paragraph("　　本人已知悉上述人员的身份，可以同意、不同意，也可以随时撤回同意。"),
        Table(("当事人", "□同意　□不同意", "签名、日期"), tuple((name, "", "") for name in names), (2, 3, 3)),
        Note("有一方不同意的，该人员不参加调解。"),
    )


FORMS = (
    Form("investigation", "调查记录", "investigation record", ("PM-F1", "PM-27"), investigation),
    Form("evidence_list", "证据材料清单", "list of evidence", ("PM-F1",), evidence_list),
    Form("participants", "其他人员参加调解同意书", "consent to other people", ("PM-20",), participants),
    Form("session_record", "人民调解记录", "mediation record", ("PM-F1", "PM-27"), session_record),
    Form("ways_notice", "终止调解告知书", "notice of other ways", ("PM-26",), ways_notice),
    Form("explanation", "情况说明", "explanation", ("PM-F1",), explanation),
)
