"""Closed lists of this package, with Chinese and English texts. Pure: phones and rules read the same
tables."""

from kernel.codes import CodeTable


class Outcome(CodeTable, table="screening_outcome"):
    """What the worker says became of it on the spot."""

    SETTLED_ON_SPOT = "settled_on_spot", "当场化解", "settled on the spot"
    WATCHING = "watching", "继续关注", "watching"
    REPORT_UP = "report_up", "上报", "reported up"
    NOT_A_DISPUTE = "not_a_dispute", "不属于纠纷", "not a dispute"


class NoLocation(CodeTable, table="no_location_reason"):
    """Why a screening has no point. It may still be sent."""

    NO_FIX = "no_fix", "无定位信号", "no position fix"
    TOLD_BY_PHONE = "told_by_phone", "电话反映", "told by phone"
    NO_PLACE = "no_place", "无具体地点", "the matter has no place"
    WITHHELD = "withheld", "为保护当事人不填", "withheld to protect a person"


class PartyRole(CodeTable, table="party_role"):
    APPLICANT = "applicant", "申请人", "applicant"
    RESPONDENT = "respondent", "被申请人", "other side"
    PARTY = "party", "当事人", "party"
    PERSON_AT_RISK = "person_at_risk", "处于危险的人", "person at risk"
    GUARDIAN = "guardian", "监护人", "guardian"
    TOLD_BY = "told_by", "反映人", "person who told it"


SIDES = frozenset({PartyRole.APPLICANT, PartyRole.RESPONDENT, PartyRole.PARTY, PartyRole.PERSON_AT_RISK})
"""Roles that count as a side of the quarrel; a guardian or somebody who told of it is none."""


class Urgency(CodeTable, table="screening_urgency"):
    NONE = "none", "无", "none"
    AT_ONCE = "at_once", "立即处理", "at once"
    OLD_SIGN = "old_sign", "旧情况，今日电话核实", "old sign, check by phone today"


class LevelReason(CodeTable, table="level_reason"):
    """Why a screening asks for its level. Each stands alone: nothing is added up."""

    ORDINARY = "ordinary", "一般纠纷，网格处理", "an ordinary quarrel for the grid"
    REPORTED_UP = "reported_up", "网格员上报", "the worker reports it up"
    LIFE_OR_LIMB = "life_or_limb", "涉及人身安全的情形", "a sign of life or limb"
    PROTECTED = "protected", "保护处理", "protected track"
    RESTRICTED = "restricted", "限制知悉", "restricted to named persons"
    THREE_PARTIES = "three_parties", "三方以上", "three or more parties"
    TWO_COMMUNITIES = "two_communities", "跨社区", "parties of two communities"
    PARTY_ASKS = "party_asks", "当事人申请调解", "a party asks for mediation"


class RestrictReason(CodeTable, table="restrict_reason"):
    DOMESTIC_VIOLENCE = "domestic_violence", "家庭暴力迹象", "sign of domestic violence"
    CHILD_AT_RISK = "child_at_risk", "儿童处于危险", "child at risk"
    SELF_HARM_WORDS = "self_harm_words", "自伤言语", "words of self-harm"
    MINOR_PARTY = "minor_party", "当事人中有未成年人", "a minor among the parties"


class ProtectReason(CodeTable, table="protect_reason"):
    DOMESTIC_VIOLENCE = "domestic_violence", "家庭暴力迹象", "sign of domestic violence"
    CHILD_AT_RISK = "child_at_risk", "儿童处于危险", "child at risk"
    STALKING = "stalking", "跟踪尾随", "stalking"
    WORKER = "worker", "工作人员设定", "set by a worker"


class DisputeState(CodeTable, table="dispute_state"):
    REGISTERED = "registered", "登记", "registered"
    ACCEPTED = "accepted", "受理", "accepted"
    NOT_ACCEPTED = "not_accepted", "不予受理", "not accepted"
    NOT_A_DISPUTE = "not_a_dispute", "不属于纠纷", "not a dispute"
    MERGED = "merged", "并入", "merged"
    TRIAGED = "triaged", "分流", "triaged"
    HANDLING = "handling", "办理", "handling"
    WITH_DEPARTMENT = "with_department", "部门办理", "with a department"
    WITH_MEDIATION = "with_mediation", "调解中", "with mediation"
    WITH_REFERRAL = "with_referral", "转介中", "with a referral"
    SETTLED = "settled", "达成", "settled"
    NOT_SETTLED = "not_settled", "不成", "not settled"
    REFUSED = "refused", "拒绝调解", "mediation refused"
    WITHDRAWN = "withdrawn", "撤回", "withdrawn"
    CLOSED_ELSEWHERE = "closed_elsewhere", "另途了结", "closed elsewhere"
    FEEDBACK = "feedback", "反馈", "feedback"
    FOLLOW_UP = "follow_up", "回访", "follow-up"
    ARCHIVED = "archived", "归档", "archived"
    REOPENED = "reopened", "重启", "reopened"


class ClosedElsewhere(CodeTable, table="closed_elsewhere"):
    COURT = "court", "法院", "court"
    ARBITRATION = "arbitration", "仲裁", "arbitration"
    POLICE = "police", "公安", "police"
    REVIEW = "review", "行政复议", "administrative review"
    THEMSELVES = "themselves", "自行和解", "settled themselves"
    PARTY_DIED = "party_died", "当事人死亡", "a party died"


class ReopenReason(CodeTable, table="reopen_reason"):
    NEW_APPLICATION = "new_application", "当事人重新申请", "a party's new application"
    BREACH = "breach", "不履行", "breach"
    RELAPSE = "relapse", "反复", "relapse"
    NEW_FACTS = "new_facts", "新情况", "new facts"


class AttemptResult(CodeTable, table="attempt_result"):
    """Only `not_agreed` with every party's consent is a failed attempt."""

    AGREED = "agreed", "达成一致", "agreed"
    NOT_AGREED = "not_agreed", "未达成", "not agreed"
    REFUSED = "refused", "拒绝", "refused"
    UNREACHABLE = "unreachable", "未能联系", "unreachable"


class WayExplained(CodeTable, table="way_explained"):
    """What is told to a person on the protected track, and recorded as told."""

    PROTECTION_ORDER = "protection_order", "人身安全保护令（72 小时，紧急 24 小时）", "protection order"
    WRITTEN_WARNING = "written_warning", "告诫书", "written warning by the police"
    SHELTER = "shelter", "临时庇护", "shelter"
    LEGAL_AID = "legal_aid", "法律援助（不审查经济困难）", "legal aid without a means test"
    POLICE_110 = "police_110", "110 报警", "110"


class Complexity(CodeTable, table="dispute_complexity"):
    """复杂程度 (EF-6): who has to take part, not how grave it is."""

    SIMPLE = "simple", "简单", "simple"
    COMPLEX = "complex", "复杂", "complex"
    HARD = "hard", "疑难", "hard"


class SearchMatter(CodeTable, table="search_matter"):
    """What a person may be looked for on account of. There is no other matter."""

    JOIN = "join", "核对是否同一纠纷", "whether it is the same quarrel"
    CONFLICT_CHECK = "conflict_check", "利益冲突核查", "conflict check"
    OWN_REQUEST = "own_request", "本人申请查询", "the person's own request"


class ApplicationForm(CodeTable, table="application_form"):
    ORAL = "oral", "口头申请", "by word of mouth"
    WRITTEN = "written", "书面申请", "in writing"


class WishKind(CodeTable, table="protected_wish"):
    """What the person at risk is asked alone, and nobody decides for an adult with capacity."""

    CONTACT = "contact", "可以联系对方", "the other side may be contacted"
    JOINT = "joint", "愿意共同调解", "a joint session"
    REPORT = "report", "愿意报警", "a report to the police"
