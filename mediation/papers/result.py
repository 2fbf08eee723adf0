"""Papers of the result: agreement written and oral, performance, follow-up, judicial confirmation."""

from collections.abc import Sequence

from edge.documents.forms import Form
from edge.documents.model import (
    Block,
    Field,
    Fields,
    Heading,
    Note,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Title,
)
from kernel.law import law
from kernel.written import day
from mediation.papers.opening import SIDES, number_of, people
from mediation.papers.source import BLANK, Agreed, CaseFile, Duty, or_blank

DUTY_HEAD = ("履行义务人", "权利人", "内容", "金额", "履行期限")
CONFIRMED_BY_LAW = (
    "本协议具有法律约束力，各方应当履行。双方可以自协议生效之日起三十日内共同向人民法院申请司法确认。"
)


def _latest(file: CaseFile, *, oral: bool) -> Agreed:
    return next((agreed for agreed in reversed(file.agreements) if agreed.oral == oral), Agreed())


@law("PM-29")
def agreement(source: CaseFile | None) -> Sequence[Block]:
    """人民调解协议书: parties, facts, terms; its marks with the day on which each was made."""
    file = source or BLANK
    agreed = _latest(file, oral=False)
    blocks = (
        Title("人民调解协议书", number_of(file)),
        people(file.parties),
        Fields(
            (Field("纠纷主要事实、争议事项和各方责任", agreed.facts, 7), Field("协议内容", agreed.terms, 9))
        ),
        Heading("履行方式和期限"),
        Table(
            DUTY_HEAD, tuple(map(_duty, agreed.duties)), (2, 2, 4, 2, 2.4), spare=0 if agreed.duties else 3
        ),
        Paragraph("　　" + CONFIRMED_BY_LAW),
        _marks(agreed, file),
        Fields((Field("生效日期", day(agreed.effective_on)),)),
        Note("本协议当事人各执一份，人民调解委员会留存一份。"),
    )
    return blocks


def _duty(duty: Duty) -> tuple[str, ...]:
    return duty.debtor, duty.creditor, duty.what, duty.amount, day(duty.due_on)


def _marks(agreed: Agreed, file: CaseFile) -> Block:
    if agreed.marks:
        rows = tuple((mark.whose, mark.manner, day(mark.on), mark.witness) for mark in agreed.marks)
        return Table(("签署人", "方式", "日期", "见证人"), rows, (3, 1.6, 2, 2))
    names = [person.name for person in or_blank(file.parties, SIDES)]
    return Signatures(
        (
            *(Signature(f"当事人{name}（签名、盖章或按指印，日期）") for name in names),
            Signature("人民调解员（签名，日期）"),
            Signature("人民调解委员会（印章，日期）"),
        )
    )


@law("PM-28", "PM-30")
def oral_agreement(source: CaseFile | None) -> Sequence[Block]:
    """口头协议登记表: its effect is of the day on which it was reached."""
    file = source or BLANK
    agreed = _latest(file, oral=True)
    return (
        Title("人民调解口头协议登记表", number_of(file)),
        people(file.parties),
        Fields(
            (
                Field("达成日期（即生效日期）", day(agreed.oral_on)),
                Field("纠纷主要事实和争议事项", agreed.facts, 5),
                Field("口头协议内容", agreed.terms, 8),
                Field("履行情况", "", 2),
            )
        ),
        Signatures((Signature("人民调解员（记录）"), Signature("人民调解委员会（盖章）"), Signature("日期"))),
        Note("当事人认为无需制作书面协议的，可以采取口头形式；涉及财产或者一方要求的，建议制作书面协议。"),
    )


@law("PM-31")
def performance(source: CaseFile | None) -> Sequence[Block]:
    """履行情况记录."""
    file = source or BLANK
    rows = tuple(
        (duty.debtor, duty.what, duty.amount, day(duty.due_on), duty.state, day(duty.ended_on))
        for agreed in file.agreements
        for duty in agreed.duties
    )
    head = ("义务人", "内容", "金额", "期限", "履行情况", "履行日期")
    return (
        Title("调解协议履行情况记录", file.number),
        Table(head, rows, (1.6, 4, 1.6, 2, 1.6, 2), spare=0 if rows else 6),
        Paragraph("　　履行凭证（收条、转账记录等）附后。"),
        Signatures((Signature("权利人"), Signature("义务人"), Signature("记录人"), Signature("日期"))),
    )


@law("PM-FU")
def follow_up(source: CaseFile | None) -> Sequence[Block]:
    """回访记录: on performance and satisfaction."""
    file = source or BLANK
    rows = tuple(
        (visit.party, day(visit.on), visit.form, visit.result, visit.satisfied, visit.note, visit.by)
        for visit in file.follow_ups
    )
    head = ("回访对象", "日期", "方式", "履行情况", "满意", "情况和措施", "回访人")
    return (
        Title("人民调解回访记录", file.number),
        Table(head, rows, (1.5, 1.8, 1.2, 1.6, 1, 3.6, 1.4), spare=0 if rows else 4),
        Note("当事人可以不接受回访，不需要理由。"),
    )


@law("PM-33")
def confirmation_application(source: CaseFile | None) -> Sequence[Block]:
    """司法确认申请书: of both parties together."""
    file = source or BLANK
    agreed = next(reversed(file.agreements), Agreed())
    wanted = f"请求依法确认{file.committee}主持达成的调解协议（{file.number}）有效。" if agreed.key else ""
    return (
        Title("司法确认申请书"),
        people(file.parties),
        Fields((Field("申请事项", wanted, 2), Field("协议生效日期", day(agreed.effective_on)))),
        Fields((Field("事实和理由", agreed.facts, 6),)),
        Paragraph(
            "　　申请人自愿达成上述协议，没有恶意串通、规避法律的行为；"
            "如因协议内容给他人造成损害，愿意承担相应责任。"
        ),
        Paragraph(f"此致　{file.court}" if file.court else "此致　　　　　　　　　　人民法院"),
        Signatures(tuple(Signature(f"申请人{person.name}") for person in or_blank(file.parties, SIDES))),
        Note("附：调解协议、身份证明、与协议有关的财产权利证明、当事人的送达地址和电话。申请不收费。"),
    )


FORMS = (
    Form("agreement", "人民调解协议书", "written agreement", ("PM-F1", "PM-29"), agreement, numbered=True),
    Form("oral_agreement", "人民调解口头协议登记表", "oral agreement", ("PM-28", "PM-30"), oral_agreement,
         numbered=True),
    Form("performance", "调解协议履行情况记录", "record of performance", ("PM-F1", "PM-31"), performance),
    Form("follow_up", "人民调解回访记录", "follow-up record", ("PM-F1", "PM-FU"), follow_up),
    Form("confirmation_application", "司法确认申请书", "application for judicial confirmation",
         ("PM-33", "PM-33d"), confirmation_application),
)  # fmt: skip
