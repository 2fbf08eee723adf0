"""Codes of screenings and disputes."""

from kernel.problems import define

define("level_not_yours", 403, "该层级不由您办理", "The dispute's level is not yours to act at")
define("level_not_above", 409, "只能向上提级", "It can only be handed up to a higher level")
define("level_not_below", 409, "只能向下退回", "It can only be handed back to a lower level")
define(
    "restricted_stays_at_street",
    409,
    "限制知悉的纠纷不能退回社区或网格",
    "A restricted dispute stays at the street",
)
define(
    "brief_of_hidden_dispute",
    409,
    "保护处理或限制知悉的纠纷不写简要情况",
    "A protected or restricted dispute has no brief",
    law="DV-23",
)
define("other_ways_required", 400, "须告知其他途径", "The other ways must be told", law="PM-3")
define(
    "mediation_refused",
    409,
    "当事人已拒绝调解",
    "Mediation was refused; only a party's own application reopens it",
    law="PM-17",
)
define("closing_unknown", 400, "请填写了结方式", "Say how it was closed elsewhere")
define("follow_up_not_owed", 409, "无需回访", "No follow-up is owed")
define("follow_up_open", 409, "回访未完成或未谢绝", "The follow-up is neither done nor declined", law="PM-FU")
define(
    "application_by_party_required",
    409,
    "须由当事人本人申请",
    "Only a party's own application opens it again",
    law="PM-17",
)
define("colour_term_too_long", 400, "颜色最长七日", "A colour is in force for seven days at most", law="C-13")
define("not_protected", 409, "未设保护处理", "The dispute is not on the protected track")
define(
    "heard_alone_required",
    400,
    "须先单独听取处于危险的人的意见",
    "The person at risk must have been heard alone first",
    law="DV-23",
)
define(
    "protected_no_joint",
    409,
    "保护处理期间不得并入",
    "A protected or restricted dispute is not merged",
    law="DV-23",
)
define("out_of_scope", 403, "地点不在您的工作范围内", "The place is outside your scope")
define("cannot_merge_self", 400, "不能并入自身", "A dispute is not merged into itself")
define(
    "attempt_without_consent",
    400,
    "须经各方同意方可调解",
    "Nothing is tried without everybody's consent",
    law="PM-17",
)
define("no_contact_while_protected", 409, "保护处理期间不得联系", "No contact while protected", law="DV-23")
define("watch_not_extendable", 409, "关注不能再延长", "The watch cannot be extended again")
define("hand_up_not_asked", 409, "没有待答复的提级请求", "Nobody has asked for it to be handed up")
define("hand_up_asked_by_you", 403, "不得答复本级提出的请求", "Who asked does not answer")
define("dispute_merged", 409, "该纠纷已并入其他纠纷", "The dispute was merged into another: act there")
define("place_required", 400, "请指明所属社区或网格", "Say which community or grid it goes to")
define("place_unknown", 400, "社区或网格不存在，或不在可改派范围", "No such place that you may send it to")
define("settlement_required", 400, "请填写达成内容和达成人", "Say what was agreed and by whom")
define(
    "wish_required",
    409,
    "须先有处于危险的人单独表达的意愿",
    "Only by the free wish of the person at risk, said alone",
    law="DV-23",
)
define(
    "no_joint_while_protected",
    409,
    "保护处理期间不得联合会办",
    "No joint handling while protected",
    law="DV-23",
)
define(
    "names_not_given",
    400,
    "提供姓名须有理由且限于本案当事人",
    "Names only of parties, with a reason, and never of a restricted matter",
    law="GR-10",
)
define("department_unknown", 400, "没有该职能部门", "No such department")
define("joint_asked_already", 409, "已向该部门发出会办", "This department is asked already")
define("joint_date_needed", 400, "请填写有效的办理期限", "Say by which day, none that has passed")
define("joint_basis_needed", 400, "不属本单位职责须说明依据", "“Not ours” needs its basis", law="GR-10")
define("joint_words_needed", 400, "请说明需要什么", "Say what is needed")
define("joint_said_in_future", 400, "答复日期不得晚于今天", "The answer bears a date that has not come")
define(
    "joint_decided",
    409,
    "街道已裁定由该部门办理",
    "The head of the street has decided that it is theirs",
    law="GR-10",
)
define(
    "joint_waits_for_head",
    409,
    "待街道负责人裁定",
    "The head of the street decides who is asked next",
    law="GR-10",
)
define("joint_not_undecided", 409, "无需裁定", "There is nothing to decide")
define("joint_head_decides", 403, "由街道负责人裁定", "The head of the street decides", law="GR-10")
