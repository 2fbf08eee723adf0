"""Papers of the beginning: application, receipt, acceptance, notices, consent, mandate, declaration."""

from collections.abc import Sequence

from edge.documents.forms import Form
from edge.documents.model import Block, Field, Fields, Note, Paragraph, Signature, Signatures, Table, Title
from kernel.codes.law import DisputeCategory, ResolutionMethod
from kernel.law import law
from kernel.written import boxes, day
from mediation.codes import Initiation
from mediation.machine import REQUIRED_FOR_ACCEPTANCE, ConsentAnswer
from mediation.papers.source import BLANK, NUMBER_BLANK, CaseFile, Person, or_blank

INITIATIONS = tuple(row.zh for row in Initiation)
HEAD = ("身份", "姓名", "证件号码", "电话", "住址")
SIDES = 2
RIGHTS = (
    "一、性质和原则：人民调解是在双方自愿、平等的基础上，由人民调解委员会主持协商解决民间纠纷的活动，不违背法律、法规和国家政策，"
    "不收取任何费用，不因调解而阻止当事人依法通过仲裁、行政、司法等途径维护自己的权利。",
    "二、权利：选择或者接受人民调解员；接受调解、拒绝调解或者随时要求终止调解；要求调解公开进行或者不公开进行；"
    "自主表达意愿、自愿达成调解协议；要求与本案有利害关系的调解员回避。",
    "三、义务：如实陈述纠纷事实；遵守调解现场秩序，尊重调解员；尊重对方当事人行使权利。",
    "四、效力：调解协议具有法律约束力，当事人应当按照约定履行；就协议的履行或者内容发生争议的，可以向人民法院提起诉讼。"
    "双方可以自协议生效之日起三十日内共同申请司法确认，经确认有效的，可以申请强制执行。",
    "五、保密：调解员对个人隐私和商业秘密保密；当事人单独对调解员说的话，未经同意不告诉对方，也不写入卷宗。",
)
"""PM-30b: nature, principles, rights (PM-23), duties and effect (PM-31, PM-33)."""


def people(parties: Sequence[Person], least: int = SIDES) -> Table:
    """Parties with what identifies them; on the protected track without where they can be found."""
    rows = tuple(
        (person.role, _named(person), person.id_number, person.phone, person.address)
        for person in or_blank(parties, least)
    )
    return Table(HEAD, rows, (1.4, 2, 3.1, 2, 2.2))


def _named(person: Person) -> str:
    return "\n".join(text for text in (person.name, person.standing, person.acted_by) if text)


def number_of(file: CaseFile) -> str:
    return file.number or NUMBER_BLANK


def application(source: CaseFile | None) -> Sequence[Block]:
    """人民调解申请书."""
    file = source or BLANK
    return (
        Title("人民调解申请书"),
        people(file.parties),
        Fields((Field("纠纷简要情况", file.brief, 7), Field("申请事项", file.wish, 4))),
        Paragraph("　　人民调解委员会已将有关权利和申请的效果告知本人，现自愿申请调解。"),
        Signatures((Signature("申请人（签名、盖章或按指印）"), Signature("日期", day(file.received_on)))),
        Note("口头申请的，由调解委员会登记并当场出具收件回执。人民调解不收取任何费用。"),
    )


@law("PM-LIM")
def receipt(source: CaseFile | None) -> Sequence[Block]:
    """收件回执: also for an oral application, before anybody has decided."""
    file = source or BLANK
    return (
        Title("收件回执", file.dispute_code),
        Fields(
            (
                Field("申请人", file.parties[0].name if file.parties else ""),
                Field("收件日期", day(file.received_on)),
                Field("申请方式", boxes(("口头", "书面"), ())),
                Field("纠纷类别", file.category),
            )
        ),
        Paragraph("　　本委员会已于上述日期收到您的调解申请，将按规定告知是否受理。您可以随时选择其他途径。"),
        Signatures((Signature("收件人"), Signature("人民调解委员会（盖章）", file.committee))),
        Note("向人民调解委员会请求保护民事权利的，诉讼时效自请求之日起中断，依法律和司法解释的规定。"),
    )


@law("PM-F3")
def acceptance(source: CaseFile | None) -> Sequence[Block]:
    """人民调解受理登记表."""
    file = source or BLANK
    return (
        Title("人民调解受理登记表", number_of(file)),
        Fields(
            (
                Field("受理日期", day(file.accepted_on)),
                Field("收件日期", day(file.received_on)),
                Field("纠纷类别", file.category),
                Field("案件来源", file.source),
            ),
            pairs=2,
        ),
        Fields((Field("启动方式", boxes(INITIATIONS, [file.initiation])),)),
        people(file.parties),
        Fields((Field("纠纷简要情况", file.brief, 7), Field("调解员", "、".join(file.mediators)))),
        Signatures(
            (
                Signature("当事人"),
                Signature("登记人", file.registrar),
                Signature("人民调解委员会（盖章）", file.committee),
            )
        ),
        *(() if file.category else (Note("类别：" + "、".join(row.zh for row in DisputeCategory)),)),
    )


@law("PM-30b", "PM-23")
def rights_notice(source: CaseFile | None) -> Sequence[Block]:
    """人民调解权利义务告知书."""
    file = source or BLANK
    told = tuple((notice.party, day(notice.on), notice.way) for notice in file.notices)
    names = [person.name for person in or_blank(file.parties, SIDES)]
    return (
        Title("人民调解权利义务告知书", file.number),
        *(Paragraph(text) for text in RIGHTS),
        Table(("当事人", "告知日期", "告知方式"), told, (2, 2, 3), spare=0 if told else SIDES),
        Signatures(tuple(Signature(f"已知悉（当事人{name}签名、盖章或按指印）") for name in names)),
        Note("不识字的，由告知人当面宣读，在场人签名，当事人按指印。"),
    )


@law("PM-17")
def consent(source: CaseFile | None) -> Sequence[Block]:
    """调解意愿记录: what each party said about each step."""
    file = source or BLANK
    rows = tuple((said.party, said.step, said.answer, said.form, day(said.on)) for said in file.said)
    steps = tuple(("", step.zh, boxes((row.zh for row in ConsentAnswer), ()), "", "") for step in
                  REQUIRED_FOR_ACCEPTANCE for _ in range(SIDES))  # fmt: skip
    return (
        Title("调解意愿记录", file.number or file.dispute_code),
        Table(("当事人", "事项", "意愿", "形式", "日期"), rows or steps, (2, 2.4, 3.6, 1.2, 2)),
        Paragraph("　　任何一方可以随时拒绝或者撤回，口头说明即可，不需要理由。"),
        Signatures((Signature("记录人"), Signature("当事人（签名、盖章或按指印）"))),
    )


def identity(source: CaseFile | None) -> Sequence[Block]:
    """当事人身份证明: what was shown, and room for the copies."""
    file = source or BLANK
    return (
        Title("当事人身份证明", file.number),
        people(file.parties),
        Paragraph("　　证件由本人出示，工作人员当面核对。复印件附后。"),
        Signatures((Signature("核对人"), Signature("日期"))),
    )


def mandate(source: CaseFile | None) -> Sequence[Block]:
    """授权委托书."""
    file = source or BLANK
    return (
        Title("授权委托书", file.number),
        Fields(
            (
                Field("委托人"),
                Field("受托人"),
                Field("受托人证件号码"),
                Field("与委托人关系"),
                Field("委托事项", f"参加{file.names}的人民调解" if file.names else ""),
                Field("委托权限", boxes(("代为陈述", "代为协商", "代为达成并签署调解协议"), ())),
                Field("委托期限"),
            )
        ),
        Signatures((Signature("委托人（签名、盖章或按指印）"), Signature("受托人"), Signature("日期"))),
        Note("没有“代为达成并签署调解协议”的授权，受托人不得代为签署协议。"),
    )


@law("PM-AV")
def conflict_declaration(source: CaseFile | None) -> Sequence[Block]:
    """调解员回避声明."""
    file = source or BLANK
    names = file.mediators or ("", "")
    return (
        Title("调解员回避声明", number_of(file)),
        Paragraph("　　本人与本案各方当事人没有近亲属关系，与本案没有利害关系，"
                  "也没有其他可能影响公正调解的情形。如有上述情形，本人立即声明并不再参加本案调解。"),
        Fields((Field("声明", boxes(("无应当回避的情形", "有应当回避的情形"), ())),)),
        Signatures(tuple(Signature(f"调解员{name}（签名、日期）") for name in names)),
    )  # fmt: skip


@law("PM-T6", "PM-3")
def not_accepted(source: CaseFile | None) -> Sequence[Block]:
    """不予受理告知书: with the reason and the other ways."""
    return _ended(source, "不予受理告知书", "经审查，本委员会对下列纠纷不予受理。", "不予受理的理由")


@law("PM-26")
def ways_notice(source: CaseFile | None) -> Sequence[Block]:
    """终止调解告知书: an end without agreement, and the ways that are open."""
    return _ended(source, "终止调解告知书", "下列纠纷的调解已经终止。", "终止的原因")


def _ended(source: CaseFile | None, title: str, opening: str, why: str) -> Sequence[Block]:
    file = source or BLANK
    told = tuple((one.party, day(one.on), one.way, one.by) for one in file.ways_told)
    return (
        Title(title, file.number or file.dispute_code),
        Paragraph(f"　　{opening}您可以依法通过以下途径维护自己的权利，本委员会的调解不影响您的选择。"),
        Fields(
            (
                Field("当事人", file.names),
                Field("纠纷类别", file.category),
                Field(why, file.end_reason, 2),
                Field("其他途径", boxes((row.zh for row in ResolutionMethod), file.ways)),
            )
        ),
        Table(("当事人", "告知日期", "告知方式", "告知人"), told, (2, 2, 2.4, 2), spare=0 if told else SIDES),
        Signatures(
            (Signature("告知人"), Signature("当事人"), Signature("人民调解委员会（盖章）", file.committee))
        ),
    )


FORMS = (
    Form("application", "人民调解申请书", "application", ("PM-F1",), application),
    Form("receipt", "收件回执", "dated receipt", ("PM-LIM",), receipt),
    Form(
        "acceptance", "人民调解受理登记表", "acceptance form", ("PM-F1", "PM-F3"), acceptance, numbered=True
    ),
    Form("rights_notice", "人民调解权利义务告知书", "rights notice", ("PM-30b", "PM-23"), rights_notice),
    Form("consent", "调解意愿记录", "record of consents", ("PM-17",), consent),
    Form("identity", "当事人身份证明", "identity of the parties", ("PM-F1",), identity),
    Form("mandate", "授权委托书", "mandate", ("PM-F1",), mandate),
    Form(
        "conflict_declaration", "调解员回避声明", "declaration of conflicts", ("PM-AV",), conflict_declaration
    ),
    Form("not_accepted", "不予受理告知书", "notice of non-acceptance", ("PM-T6", "PM-3"), not_accepted),
)
