"""The forms of privacy: a person's request and the log for it, the list of what is destroyed, the query of a
sealed file. None of them prints a value of the record that it is about.
"""

from collections.abc import Sequence

from edge.documents import forms
from edge.documents.forms import Form
from edge.documents.model import Block, Field, Fields, Note, Paragraph, Signature, Signatures, Table, Title
from kernel.written import boxes
from privacy.codes import RequestKind
from privacy.papers.source import Asked, Happened, Listed, Queried

PACKAGE = "privacy"
SEAL, SIGNED_ON = "（盖章）", "日期"
CHECKED = ("已核验",)
ANSWERED, REFUSED = "已答复", "不予办理（须写明理由）"
GRANTED, NOT_GRANTED = "批准查询", "不予查询（须写明理由）"
FOUND, NONE_FOUND = "查有，按查询范围提供", "查无"
COMPLAIN = (
    "对答复不满意，或者对不予办理不服的，可以向履行个人信息保护职责的部门投诉、举报；"
    "请求被拒绝的，可以依法向人民法院提起诉讼（《中华人民共和国个人信息保护法》第五十条、第六十五条）。"
    "提出请求不影响其他权利。"
)
TWO_PEOPLE = "由两人先后签字，不能是同一人；第二人签字后，所列记录的密钥即行销毁，不能恢复。"
KEEP_QUIET = "查询单位和个人应当对被封存的记录情况予以保密，不得提供给他人，不得用于其他用途。"
LOGGED = "按角色和目的列出，不写查阅人的姓名。有误的，可以请求更正；要求说明的，可以向受理单位提出。"


def _signatures(*lines: tuple[str, str]) -> Signatures:
    return Signatures(tuple(Signature(label, made) for label, made in (*lines, (SIGNED_ON, ""))))


def request(source: Asked | None) -> Sequence[Block]:
    """个人信息请求: what is asked, who checked the identity, the day due, answer or refusal."""
    asked = source or Asked()
    rows = (
        Field("请求事项", boxes((kind.zh for kind in RequestKind), (asked.kind,))),
        Field("请求人（本人或者监护人、代理人）"),
        Field("有关的记录和内容", "", 4),
        Field("请求书编号", asked.paper_no),
        Field("原件存放处", asked.kept_at),
        Field("收到日期", asked.received),
        Field("答复期限", asked.due),
        Field("身份核验", boxes(CHECKED, (asked.identity,))),
        Field("办理结果", boxes((ANSWERED, REFUSED), (asked.outcome,))),
        Field("书面答复文号和日期", asked.answer, 2),
        Field("不予办理的理由", asked.refused, 4),
    )
    signed = _signatures(
        ("请求人", ""), ("身份核验人", asked.checked_by), ("答复人", asked.answered_by), (SEAL, "")
    )
    return (Title("个人信息请求办理表"), Fields(rows), signed, Note(COMPLAIN))


def destruction(source: Listed | None) -> Sequence[Block]:
    """销毁清册, signed on two lines."""
    listed = source or Listed()
    head = (
        Field("记录类别", listed.kind),
        Field("拟定日期", listed.drafted),
        Field("审批文号", listed.document_no),
        Field("状态", listed.state),
    )
    taken_back = (Fields((Field("取消的理由", listed.cancelled),)),) if listed.cancelled else ()
    table = Table(
        ("序号", "编号", "类别", "保存期限届满日"),
        listed.rows,
        (0.8, 4.4, 3, 2),
        spare=0 if listed.rows else 12,
    )
    signed = Signatures(
        (
            Signature("档案管理人（第一签字人、日期）", listed.first),
            Signature("局负责人（第二签字人、日期）", listed.second),
        )
    )
    return (Title("销毁清册"), Fields(head, pairs=2), *taken_back, table, signed, Note(TWO_PEOPLE))


def lawful_query(source: Queried | None) -> Sequence[Block]:
    """依法查询: unit, basis, scope, approvers, date; answer or refusal in writing."""
    asked = source or Queried()
    rows = (
        Field("查询单位", asked.unit),
        Field("查询依据", asked.basis),
        Field("来函文号", asked.document_no),
        Field("封存编号", asked.seal_number),
        Field("查询范围", asked.scope, 3),
        Field("登记日期", asked.entered),
        Field("审批意见", boxes((GRANTED, NOT_GRANTED), (asked.decision,))),
        Field("审批日期", asked.decided),
        Field("不予查询的理由", asked.refused, 3),
        Field("启封时间", asked.opened),
        Field("查询结果", boxes((FOUND, NONE_FOUND), (asked.answer,))),
        Field("书面答复文号和日期", asked.answered, 2),
    )
    signed = _signatures(("登记人", asked.entered_by), ("审批人", asked.approved_by), (SEAL, ""))
    return (Title("封存记录依法查询审批表"), Fields(rows), signed, Note(KEEP_QUIET))


def subject_log(source: Happened | None) -> Sequence[Block]:
    """What was read, given and told of one record, for its person."""
    log = source or Happened()
    head = Fields((Field("请求书编号", log.paper_no), Field("列出自", log.since)), pairs=2)
    table = Table(
        ("时间", "事项", "角色", "目的", "提供给", "依据", "字段"),
        log.rows,
        (2, 1, 1.6, 1.6, 1.6, 1.3, 2.4),
        spare=0 if log.rows else 12,
    )
    rest = (Paragraph(log.left_off),) if log.left_off else ()
    return (
        Title("个人信息查阅、提供和告知记录"),
        head,
        *rest,
        table,
        _signatures(("经办人", ""), (SEAL, "")),
        Note(LOGGED),
    )


REQUEST, DESTRUCTION, LAWFUL_QUERY, SUBJECT_LOG = "request", "destruction", "lawful_query", "subject_log"
FORMS = (
    Form(REQUEST, "个人信息请求办理表", "request about personal data", ("PI-45/46/50",), request),
    Form(DESTRUCTION, "销毁清册", "list of what is destroyed", ("PI-19/47",), destruction),
    Form(LAWFUL_QUERY, "封存记录依法查询审批表", "lawful query", ("MI-SEAL", "CCL-54"), lawful_query),
    Form(SUBJECT_LOG, "个人信息查阅、提供和告知记录", "log for the person", ("PI-45/46/50",), subject_log),
)
forms.enter(PACKAGE, FORMS)
