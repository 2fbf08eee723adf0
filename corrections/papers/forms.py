"""The forms of corrections. Each says who decides, on which facts and rule, and what the person may do about
it. What is taken along on a visit names no status: neighbours may see it (CCL-26)."""

from collections.abc import Callable, Sequence

from corrections.papers.sheet import BLANK, Sheet, boxes, day
from edge.documents import forms
from edge.documents.forms import Form
from edge.documents.model import Block, Field, Fields, Note, Paragraph, Signature, Signatures, Table, Title

PACKAGE = "corrections"
REMEDY = (
    "对本决定不服的，可以自收到之日起依法向作出决定的机关提出异议，也可以向人民检察院申诉、控告、检举。"
    "提出异议不影响您的其他权利，任何人不得打击报复。"
)
Lines = Sequence[Field]
Signed = Sequence[str]


def _head(sheet: Sheet) -> Fields:
    return Fields(
        (
            Field("姓名", sheet.name),
            Field("类别", sheet.category),
            Field("法律文书号", sheet.document_no),
            Field("决定机关", sheet.organ),
            Field("期限自", day(sheet.starts_on)),
            Field("期限至", day(sheet.ends_on)),
            Field("执行单位", sheet.station),
            Field("监护人", sheet.guardian),
        ),
        pairs=2,
    )


def _form(
    title: str, lines: Lines, signed: Signed, *, opening: str = "", note: str = "", plain: bool = False
) -> Callable[[Sheet | None], Sequence[Block]]:
    """A form with the common head, its own lines, and who signs. `plain`: the name alone, and no status."""

    def blocks(source: Sheet | None) -> Sequence[Block]:
        sheet = source or BLANK
        head = Fields((Field("姓名", sheet.name),)) if plain else _head(sheet)
        said = (Paragraph(f"　　{opening}"),) if opening else ()
        told = (Note(note),) if note else ()
        signatures = Signatures(tuple(Signature(label) for label in (*signed, "日期")))
        return (Title(title), head, *said, Fields(tuple(lines)), signatures, *told)

    return blocks


_DECISION = (
    Field("事实和证据", "", 5),
    Field("依据的规定", "", 2),
    Field("本人陈述和申辩", "", 4),
    Field("决定", "", 3),
)
_DECIDED = ("承办人", "决定人（盖章）", "本人签收")
_LEAVE = (
    Field("目的地"),
    Field("事由", "", 3),
    Field("起止时间"),
    Field("联系方式"),
    Field("证明材料", "", 2),
    Field("核实情况", "", 2),
    Field("审批意见", boxes("批准", "不批准（须写明理由）"), 1),
    Field("理由", "", 3),
)
RULES = (
    "遵守法律法规和监督管理规定；按规定报告情况；外出、会客、变更执行地按规定报批；"
    "同时依法享有的权利不受侵犯，合法的工作、学习和生活不受不必要的影响，可以随时申诉、控告、检举。"
)


def contact(source: Sheet | None) -> Sequence[Block]:
    """走访记录: nothing on it says why somebody was visited."""
    sheet = source or BLANK
    return (
        Title("走访记录"),
        Fields((Field("走访对象", sheet.name), Field("走访人"))),
        Table(("日期时间", "方式", "了解的情况", "需要的帮助"), (), (2, 1.4, 4, 3), spare=6),
        Signatures((Signature("走访人"), Signature("日期"))),
        Note("征得同意后方可入户；不向邻居或者其他人询问。"),
    )


FORMS = (
    Form(
        "reception",
        "社区矫正接收登记表",
        "reception form",
        ("CCL-22",),
        _form(
            "社区矫正接收登记表",
            (
                Field("报到时间"),
                Field("核对法律文书", boxes("齐全", "缺少")),
                Field("核实身份", boxes("已核实")),
                Field("建立档案", boxes("已建立")),
                Field("宣告", boxes("已宣告")),
                Field("备注", "", 3),
            ),
            ("接收人", "本人", "监护人"),
        ),
    ),
    Form(
        "announcement",
        "社区矫正宣告书",
        "announcement",
        ("CCL-22",),
        _form(
            "社区矫正宣告书",
            (Field("矫正小组成员", "", 2), Field("本人意见", "", 2)),
            ("宣告人", "本人", "监护人"),
            opening=RULES,
            note="宣告不公开进行；未成年人的宣告通知监护人到场。",
        ),
    ),
    Form(
        "plan",
        "矫正方案",
        "correction plan",
        ("CCL-24",),
        _form(
            "矫正方案",
            (
                Field("基本情况", "", 4),
                Field("需要的帮助", "", 3),
                Field("联系方式和频次", "", 3),
                Field("教育和帮扶措施", "", 4),
                Field("调整记录", "", 3),
            ),
            ("制定人", "小组成员", "本人"),
            note="民族、宗教信仰、政治观点不得作为依据。",
        ),
    ),
    Form("contact", "走访记录", "visit record", ("CCL-26",), contact),
    Form(
        "leave",
        "外出申请审批表",
        "leave",
        ("CCL-27a",),
        _form(
            "外出申请审批表",
            _LEAVE,
            ("申请人", "核实人", "审批人（盖章）"),
            note="有正当理由的应当批准；不批准的写明理由并告知，逾期不答复不视为不批准。",
        ),
    ),
    Form(
        "regular_leave",
        "经常性跨市县活动申请审批表",
        "regular activity",
        ("CCL-27b",),
        _form("经常性跨市县活动申请审批表", _LEAVE, ("申请人", "核实人", "审批人（盖章）")),
    ),
    Form(
        "place_change",
        "执行地变更审批表",
        "change of execution place",
        ("CCL-17", "CCL-27a"),
        _form(
            "执行地变更审批表",
            (
                Field("新执行地"),
                Field("变更理由", "", 4),
                Field("新执行地意见", "", 3),
                Field("审批意见", "", 3),
            ),
            ("申请人", "审批人（盖章）"),
        ),
    ),
    Form(
        "statement",
        "陈述申辩笔录",
        "statement",
        ("CCL-28",),
        _form(
            "陈述申辩笔录",
            (Field("告知的事实和拟作决定", "", 4), Field("本人陈述和申辩", "", 10)),
            ("记录人", "本人", "监护人"),
            note="本人可以不陈述；不因申辩加重。",
        ),
    ),
    Form(
        "commendation",
        "表扬审批表",
        "commendation",
        ("CCL-28",),
        _form(
            "表扬审批表", (Field("事实", "", 5), Field("依据的规定", "", 2), Field("决定", "", 2)), _DECIDED
        ),
    ),
    Form(
        "admonition",
        "训诫决定书",
        "admonition",
        ("CCL-28",),
        _form("训诫决定书", _DECISION, _DECIDED, note=REMEDY),
    ),
    Form(
        "warning", "警告决定书", "warning", ("CCL-28",), _form("警告决定书", _DECISION, _DECIDED, note=REMEDY)
    ),
    Form(
        "positioning",
        "电子定位审批表",
        "positioning approval",
        ("CCL-29a", "CCL-29c"),
        _form(
            "电子定位审批表",
            (
                Field("法定情形（五种之一）", "", 2),
                Field("证明记录", "", 3),
                Field("必要性", "", 3),
                Field("期限（不超过三个月）"),
                Field("审批意见", "", 2),
            ),
            ("申请人", "县级司法行政部门负责人"),
            note="申请人与审批人不是同一人；不再需要的及时解除。",
        ),
    ),
    Form(
        "positioning_notice",
        "电子定位告知书",
        "positioning notice",
        ("CCL-29a", "CCL-29d"),
        _form(
            "电子定位告知书",
            (Field("法定情形"), Field("起止日期"), Field("佩戴要求", "", 2), Field("后果", "", 2)),
            ("告知人", "本人", "监护人"),
            opening="定位信息严格保密，只用于社区矫正。先告知，后佩戴。",
            note=REMEDY,
        ),
    ),
    Form(
        "search",
        "查找记录",
        "search record",
        ("CCL-30",),
        _form(
            "查找记录",
            (
                Field("最后联系时间"),
                Field("查找经过（时间、方式、结果）", "", 8),
                Field("告知公安机关"),
                Field("告知人民检察院"),
                Field("查找结果", "", 3),
                Field("本人说明的原因", "", 3),
            ),
            ("经办人",),
        ),
    ),
    Form(
        "complaint",
        "投诉登记表",
        "complaint",
        ("CCL-34b",),
        _form(
            "投诉登记表",
            (Field("投诉事项", "", 7), Field("希望如何处理", "", 3), Field("答复方式")),
            ("投诉人", "登记人"),
            plain=True,
            note="被投诉的人不得查看、办理本投诉；结果告知投诉人。",
        ),
    ),
    Form(
        "objection",
        "异议书",
        "objection",
        ("CCL-28", "CCL-34b"),
        _form(
            "异议书",
            (Field("对哪项决定"), Field("理由", "", 8), Field("答复", "", 4)),
            ("本人", "收件人", "答复人"),
        ),
    ),
    Form(
        "end_certificate",
        "解除社区矫正证明书",
        "end certificate",
        ("CCL-44",),
        _form(
            "解除社区矫正证明书",
            (Field("证明书编号"), Field("解除原因", boxes("期满", "赦免"))),
            ("（盖章）",),
            opening="社区矫正期限届满，依法解除。自期满之日二十四时起，各项监督管理措施全部终止。",
        ),
    ),
    Form(
        "end_notice",
        "解除社区矫正通知书",
        "end notice",
        ("CCL-44",),
        _form(
            "解除社区矫正通知书",
            (Field("通知机关", boxes("决定机关", "人民检察院", "公安机关")), Field("解除日期")),
            ("（盖章）",),
        ),
    ),
)
forms.enter(PACKAGE, FORMS)
