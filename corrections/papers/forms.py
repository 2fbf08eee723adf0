"""The forms of corrections. Each says who decides, on which facts and rule, and what the person may do about
it. What is taken along on a visit names no status: neighbours may see it (CCL-26)."""

from corrections.aftercare import AftercareNeed
from corrections.medical import LengthenLevel, MedicalKind
from corrections.papers.lines import Grid, Layout, Line
from corrections.papers.orders import DELEGATION, POSITIONING_LIFTED, RETURN_NOTICE
from corrections.papers.words import DECIDER, GUARDIAN, OFFICER, RECEIVED, REMEDY
from edge.documents import forms
from edge.documents.forms import Form

PACKAGE = "corrections"
RULES = (
    "遵守法律法规和监督管理规定；按规定报告情况；外出、会客、变更执行地按规定报批；"
    "同时依法享有的权利不受侵犯，合法的工作、学习和生活不受不必要的影响，可以随时申诉、控告、检举。"
)
DUTIES = (
    "小组成员协助落实矫正方案，帮助解决就业、就学、生活困难；发现违反规定或者异常情况及时报告；"
    "对知悉的个人信息和身份保密，不得歧视。"
)
DECIDED = (OFFICER, DECIDER, RECEIVED, GUARDIAN)
PROPOSED = ("提请治安处罚", "提请撤销缓刑", "提请撤销假释", "提请收监执行", "提请减刑")
GRANTED, REFUSED = "批准", "不批准（须写明理由）"
WANTED, UNWANTED = "需要", "不需要"
NEEDS = tuple(need.zh for need in AftercareNeed)
_APPROVED = ("申请人", "核实人", "审批人（盖章）")
OBJECTION_UNTIL = Line("objection", "提出异议的期限")


def _decision(title: str) -> Layout:
    return Layout(
        title,
        (
            Line("facts", "事实和证据", 5),
            Line("rule", "依据的规定", 2),
            Line("statement", "本人陈述和申辩", 4),
            Line("decision", "决定", 3),
            OBJECTION_UNTIL,
        ),
        DECIDED,
        note=REMEDY,
    )


def _leave(title: str, note: str = "") -> Layout:
    return Layout(
        title,
        (
            Line("destination", "目的地"),
            Line("reason", "事由", 3),
            Line("span", "起止时间"),
            Line("reach", "联系方式"),
            Line("proof", "证明材料", 2),
            Line("verified", "核实情况", 2),
            Line("decision", "审批意见", 1, (GRANTED, REFUSED)),
            Line("because", "理由", 3),
            Line("course", "销假等情况", 2),
        ),
        _APPROVED,
        note=note,
    )


ASSESSMENT = Layout(
    "调查评估意见书",
    (
        Line("asked", "委托机关和委托函", 2),
        Line("received", "收到日期"),
        Line("due", "提交期限"),
        Line("visits", "调查经过（日期、听取对象、情况）", 8),
        Line("opinion", "调查评估意见", 6),
        Line("advice", "结论", 1, ("适宜社区矫正", "不适宜社区矫正")),
        Line("sent", "提交和抄送", 2),
    ),
    ("调查人", "审核签发人（盖章）"),
    plain="被调查评估人",
    note="仅供委托机关参考，不公开；不向所在单位、学校、邻居调查。",
)
ENTRY = Layout(
    "进入特定区域场所审批表",
    (
        Line("limit", "禁止令文书号"),
        Line("place", "申请进入的区域场所"),
        Line("reason", "事由", 3),
        Line("span", "起止日期"),
        Line("decision", "审批意见", 1, (GRANTED, REFUSED)),
        Line("because", "理由", 3),
        Line("told", "告知人民法院、人民检察院", 2),
    ),
    ("申请人", "审批人（盖章）"),
)
RECEPTION = Layout(
    "社区矫正接收登记表",
    (
        Line("reported_in", "报到时间"),
        Line("owed", "应当报到（移交）的期限"),
        Line("documents", "核对法律文书", 1, ("齐全", "缺少")),
        Line("identity", "核实身份", 1, ("已核实",)),
        Line("register", "办理登记", 1, ("已登记",)),
        Line("file", "建立档案", 1, ("已建立",)),
        Line("announcement", "宣告", 1, ("已宣告",)),
        Line("remark", "备注", 3),
    ),
    ("接收人", "本人", "监护人"),
)
ANNOUNCEMENT = Layout(
    "社区矫正宣告书",
    (Line("group", "矫正小组成员", 2), Line("opinion", "本人意见", 2)),
    ("宣告人", "本人", "监护人"),
    opening=RULES,
    note="宣告不公开进行；未成年人的宣告通知监护人到场。",
)
RECEIPT = Layout(
    "社区矫正法律文书送达回执",
    (
        Line("document", "收到的法律文书", 2),
        Line("received", "收到日期"),
        Line("due", "回执期限"),
        Line("missing", "缺少或者有误的材料", 3),
        Line("to", "送交机关"),
        Line("back", "回执退回"),
    ),
    (OFFICER, "（盖章）"),
)
GROUP_LETTER = Layout(
    "矫正小组责任书",
    (Line("members", "小组成员", 4), Line("signed_on", "签订日期")),
    ("社区矫正机构（司法所）", "小组成员"),
    opening=DUTIES,
    note="居民委员会、家庭成员、所在单位、就读学校只是协助，不得审批、处罚。",
)
PLAN = Layout(
    "矫正方案",
    (
        Line("about", "基本情况", 4),
        Line("needs", "需要的帮助", 3),
        Line("contacts", "联系方式和频次", 3),
        Line("measures", "教育和帮扶措施", 4),
        Line("changes", "调整记录", 3),
    ),
    ("制定人", "小组成员", "本人"),
    note="民族、宗教信仰、政治观点不得作为依据。",
)
CONTACT = Layout(
    "走访记录",
    (Line("visitor", "走访人"),),
    ("走访人",),
    note="征得同意后方可入户；不向邻居或者其他人询问。",
    plain="走访对象",
    grid=Grid(("日期时间", "方式", "了解的情况", "需要的帮助"), (2.4, 1.4, 4, 2.4), spare=6),
)
PLACE_CHANGE = Layout(
    "执行地变更审批表",
    (
        Line("place", "新执行地"),
        Line("reason", "变更理由", 4),
        Line("answer", "新执行地意见", 3),
        Line("decision", "审批意见", 3),
    ),
    ("申请人", "审批人（盖章）"),
)
STATEMENT = Layout(
    "陈述申辩笔录",
    (Line("facts", "告知的事实和拟作决定", 4), Line("statement", "本人陈述和申辩", 10)),
    ("记录人", "本人", "监护人"),
    note="本人可以不陈述；不因申辩加重。",
)
COMMENDATION = Layout(
    "表扬审批表",
    (Line("facts", "事实", 5), Line("rule", "依据的规定", 2), Line("decision", "决定", 2), OBJECTION_UNTIL),
    DECIDED,
    note=REMEDY,
)
PROPOSAL = Layout(
    "提请建议书",
    (
        Line("kind", "提请事项", 1, PROPOSED),
        Line("facts", "事实和证据", 6),
        Line("rule", "依据的规定", 2),
        Line("statement", "本人及其律师的陈述和申辩", 4),
        Line("decision", "决定", 2),
        Line("result", "有权机关的决定", 2),
        OBJECTION_UNTIL,
    ),
    DECIDED,
    note=f"同时抄送人民检察院；是否同意由有权机关依法决定。{REMEDY}",
)
POSITIONING = Layout(
    "电子定位审批表",
    (
        Line("ground", "法定情形（五种之一）", 2),
        Line("proofs", "证明记录", 3),
        Line("assessment", "必要性", 3),
        Line("term", "期限（不超过三个月）"),
        Line("decision", "审批意见", 2),
    ),
    ("申请人", "县级司法行政部门负责人"),
    note=f"申请人与审批人不是同一人；不再需要的及时解除。{REMEDY}",
)
POSITIONING_NOTICE = Layout(
    "电子定位告知书",
    (
        Line("ground", "法定情形"),
        Line("term", "起止日期"),
        Line("rules", "佩戴要求", 2),
        Line("consequences", "后果", 2),
    ),
    ("告知人", "本人", "监护人"),
    opening="定位信息严格保密，只用于社区矫正。先告知，后佩戴。",
    note=REMEDY,
)
SEARCH = Layout(
    "查找记录",
    (
        Line("last", "最后联系时间"),
        Line("entries", "查找经过（时间、方式、结果）", 8),
        Line("police", "告知公安机关"),
        Line("procuratorate", "告知人民检察院"),
        Line("result", "查找结果", 3),
        Line("told", "本人说明的原因", 3),
    ),
    ("经办人",),
)
COMPLAINT = Layout(
    "投诉登记表",
    (
        Line("words", "投诉事项", 7),
        Line("wanted", "希望如何处理", 3),
        Line("way", "答复方式"),
        Line("answer", "书面答复", 4),
    ),
    ("投诉人", "登记人"),
    plain="姓名",
    note="被投诉的人不得查看、办理本投诉；结果告知投诉人。",
)
OBJECTION = Layout(
    "异议书",
    (Line("against", "对哪项决定"), Line("reason", "理由", 8), Line("answer", "答复", 4)),
    ("本人", "收件人", "答复人"),
)
OPINION_REPLY = Layout(
    "对检察意见（建议）的书面回复",
    (
        Line("document", "检察文书"),
        Line("text", "检察意见的内容", 4),
        Line("followed", "采纳情况", 1, ("采纳", "部分采纳", "不采纳")),
        Line("reply", "办理情况；不采纳或者部分采纳的理由", 6),
        Line("due", "回复期限"),
    ),
    ("（盖章）",),
    plain="回复机关",
)
APPRAISAL = Layout(
    "社区矫正期满鉴定表",
    (Line("summary", "个人总结", 8), Line("appraisal", "机构鉴定", 6), Line("counts", "考核奖惩情况", 2)),
    ("本人", "社区矫正机构（盖章）"),
    note="安置帮教自愿参加，移交前征得本人同意。",
)
END_CERTIFICATE = Layout(
    "解除社区矫正证明书",
    (Line("number", "证明书编号"), Line("reason", "解除原因", 1, ("期满", "赦免")), Line("on", "解除日期")),
    ("（盖章）",),
    opening="社区矫正期限届满，依法解除。自期满之日二十四时起，各项监督管理措施全部终止。",
)
END_NOTICE = Layout(
    "解除社区矫正通知书",
    (
        Line("to", "通知机关", 1, ("决定机关", "人民检察院", "公安机关")),
        Line("on", "解除日期"),
        Line("number", "证明书（释放文书）编号"),
    ),
    ("（盖章）",),
)
TERMINATION_NOTICE = Layout(
    "终止社区矫正通知书",
    (
        Line("to", "通知机关", 1, ("决定机关", "人民检察院", "公安机关")),
        Line("reason", "终止原因", 1, ("撤销缓刑", "撤销假释", "收监执行", "死亡")),
        Line("number", "依据的法律文书"),
        Line("on", "终止日期"),
    ),
    ("（盖章）",),
)
LATE = "迟交只作记录，不因此自动产生任何后果；住院、羁押或者我方原因不视为迟交。"


def _report(title: str, *lines: Line) -> Layout:
    return Layout(
        title,
        (
            Line("due", "报告期限"),
            *lines,
            Line("dated", "报告（诊断）日期"),
            Line("handed", "收到日期"),
            Line("course", "延长、免于报告等情况", 2),
            Line("original", "原件存放处"),
        ),
        ("本人", "收件人"),
        note=LATE,
    )


HEALTH_REPORT = _report("身体情况报告表", Line("finding", "身体情况", 6))
REVIEW_REPORT = _report("病情复查报告登记表", Line("hospital", "复查医院"), Line("finding", "复查结果", 6))
LENGTHENING = Layout(
    "延长报告期限审批表",
    (
        Line("report", "报告种类", 1, tuple(kind.zh for kind in MedicalKind)),
        Line("span", "原期限和延长至"),
        Line("reason", "理由", 4),
        Line("level", "审批机关", 1, tuple(level.zh for level in LengthenLevel)),
        Line("decision", "审批意见", 1, (GRANTED, REFUSED)),
        Line("because", "文书号或者不批准的理由", 2),
        Line("told", "告知人民检察院日期"),
    ),
    ("提出人", "审批人（盖章）"),
)
AFTERCARE_NOTICE = Layout(
    "安置帮教告知书",
    (
        Line("told", "告知日期"),
        Line("answer", "本人意见", 1, (WANTED, UNWANTED)),
        Line("needs", "需要的帮助", 2, NEEDS),
        Line("wishes", "本人的想法", 3),
        Line("course", "以后的情况", 2),
    ),
    ("告知人", "本人", GUARDIAN),
    opening="安置帮教帮助解决就业、就学、社会救助、住房等困难，自愿参加，由本人决定向谁提供哪些信息。",
    note="不需要的不用说明理由，可以随时收回，不影响任何权利，也不再询问。",
)
AFTERCARE_HANDOVER = Layout(
    "安置帮教衔接表",
    (
        Line("phone", "联系电话"),
        Line("address", "住址"),
        Line("needs", "需要的帮助", 2, NEEDS),
        Line("to", "接收单位"),
        Line("handed", "移交日期和文号"),
        Line("receipt", "接收单位确认日期"),
    ),
    ("移交人", "本人（在场）", "接收人"),
    plain="姓名",
    note="只填写本人同意提供的内容；不填写与所需帮助无关的情况。",
)
LEAVE_NOTE = "有正当理由的应当批准；不批准的写明理由并告知，逾期不答复不视为不批准。"
FORMS = tuple(
    Form(key, made.title, title_en, law, made.blocks)
    for key, title_en, law, made in (
        ("assessment", "pre-sentence assessment", ("CCM-14",), ASSESSMENT),
        ("reception", "reception form", ("CCL-22",), RECEPTION),
        ("announcement", "announcement", ("CCL-22",), ANNOUNCEMENT),
        ("receipt", "receipt of documents", ("CCM-16",), RECEIPT),
        ("group_letter", "letter of responsibility", ("CCM-19",), GROUP_LETTER),
        ("plan", "correction plan", ("CCL-24",), PLAN),
        ("contact", "visit record", ("CCL-26",), CONTACT),
        ("leave", "leave", ("CCL-27a",), _leave("外出申请审批表", LEAVE_NOTE)),
        ("return_notice", "order back from a leave", ("CCM-28",), RETURN_NOTICE),
        ("delegation", "delegation to a station", ("CCL-9/10", "CCM-27b"), DELEGATION),
        ("regular_leave", "regular activity", ("CCL-27b",), _leave("经常性跨市县活动申请审批表")),
        ("entry", "permission to enter", ("CCM-39",), ENTRY),
        ("place_change", "change of execution place", ("CCL-17", "CCL-27a"), PLACE_CHANGE),
        ("statement", "statement", ("CCL-28",), STATEMENT),
        ("commendation", "commendation", ("CCL-28",), COMMENDATION),
        ("admonition", "admonition", ("CCL-28",), _decision("训诫决定书")),
        ("warning", "warning", ("CCL-28",), _decision("警告决定书")),
        ("proposal", "proposal to police or court", ("CCL-28", "CCL-46/48"), PROPOSAL),
        ("positioning", "positioning approval", ("CCL-29a", "CCL-29c"), POSITIONING),
        ("positioning_notice", "positioning notice", ("CCL-29a", "CCL-29d"), POSITIONING_NOTICE),
        ("positioning_lifted", "positioning lifted", ("CCL-29c",), POSITIONING_LIFTED),
        ("search", "search record", ("CCL-30",), SEARCH),
        ("complaint", "complaint", ("CCL-34b",), COMPLAINT),
        ("objection", "objection", ("CCL-28", "CCL-34b"), OBJECTION),
        ("opinion_reply", "reply to the procuratorate", ("CCL-8",), OPINION_REPLY),
        ("appraisal", "appraisal before the end", ("CCM-53",), APPRAISAL),
        ("health_report", "health report", ("CCM-24b",), HEALTH_REPORT),
        ("review_report", "review report of a hospital", ("CCM-24b",), REVIEW_REPORT),
        ("lengthening", "a report may come later", ("CCM-24b",), LENGTHENING),
        ("aftercare_notice", "help after release", ("CCM-53", "CCM-55"), AFTERCARE_NOTICE),
        ("aftercare_handover", "help after release, handed over", ("CCM-53", "CCL-5"), AFTERCARE_HANDOVER),
        ("end_certificate", "end certificate", ("CCL-44",), END_CERTIFICATE),
        ("end_notice", "end notice", ("CCL-44",), END_NOTICE),
        ("termination_notice", "termination notice", ("CCL-45", "CCL-51"), TERMINATION_NOTICE),
    )
)
forms.enter(PACKAGE, FORMS)
