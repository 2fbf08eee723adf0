"""Personal fields of corrections. Everything about a person in correction is sensitive."""

import corrections.privacy_supervision  # noqa: F401  because importing it enters its rows
from corrections.access import DECIDERS, READERS, TRACKS
from corrections.complaints import OUTSIDE
from corrections.machine import STAFF
from kernel.codes.roles import Role
from privacy.register import Kept, Sensitivity, Whose, enter

ON_PHONE = READERS | {Role.GRID_WORKER}

enter(
    "corrections.Subject", ["name", "phone", "address"], whose=Whose.SUPERVISED,
    purpose="接收登记、走访联系 reception, and reaching the person for a visit", basis=["CCL-22", "CCL-26"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=ON_PHONE, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Subject", ["id_number", "id_number_blind", "born_on", "sex"], whose=Whose.SUPERVISED,
    purpose="核对身份、适用未成年人和女性规定 identity, and the rules for minors and women",
    basis=["CCL-22", "CCL-25", "CCL-58"], sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Subject", ["guardian_name", "guardian_phone"], whose=Whose.NAMED,
    purpose="监护人职责 the guardian's duties", basis=["CCL-53"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Member", ["name", "sex"], whose=Whose.NAMED,
    purpose="矫正小组组成 who the group is made of", basis=["CCL-25", "CCL-52"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=STAFF, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Visit", ["note", "fix_at"], whose=Whose.SUPERVISED,
    purpose="走访记录 the record of a visit", basis=["CCL-26"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=ON_PHONE, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.VisitVersion", ["note"], whose=Whose.SUPERVISED,
    purpose="走访记录的前一版本 what a record of a visit said before", basis=["CCL-26"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.VisitFix", ["point", "raw_lon_e7", "raw_lat_e7", "accuracy_cm", "fix_at", "distance_m"],
    whose=Whose.SUPERVISED, purpose="走访地点 where a visit was: one point at one moment, never a track",
    basis=["CCL-26", "CCM-26b"], sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.PlaceFlag", ["fix_at"], whose=Whose.SUPERVISED,
    purpose="待工作人员查看 for an officer to look at", basis=["CCM-26b"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.DueContact", ["above_plan_note"], whose=Whose.SUPERVISED,
    purpose="超出方案的必要性说明 why one contact more is proportionate", basis=["CCL-34a"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=STAFF, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.ContactStep", ["reason_text"], whose=Whose.SUPERVISED,
    purpose="免除联系的理由 why a contact was excused", basis=["CCL-34a"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=STAFF, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Judgement", ["reason"], whose=Whose.SUPERVISED,
    purpose="工作人员的判断 an officer's judgement", basis=["CCL-9/10"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Decision", ["facts", "evidence", "statement", "witness"], whose=Whose.SUPERVISED,
    purpose="考核奖惩的事实、证据、陈述和送达 facts, evidence, the person's word and service of a decision",
    basis=["CCL-28", "CCM-32"], sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Decision", ["number"], whose=Whose.SUPERVISED,
    purpose="中心内公示编号 the number on the board inside the centre; none for minors", basis=["CCM-32"],
    sensitivity=Sensitivity.ORDINARY, seen_by=STAFF, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Objection", ["text", "answer"], whose=Whose.SUPERVISED,
    purpose="异议及答复 an objection and its answer", basis=["CCM-32"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.ActStep", ["reason"], whose=Whose.SUPERVISED,
    purpose="每一步的理由 why a step was taken", basis=["CCL-27a", "CCL-28"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Complaint", ["person_name", "reach", "text", "answer"], whose=Whose.SUPERVISED,
    purpose="投诉及答复，被投诉人不可见 a complaint and its answer, hidden from the officer it is about",
    basis=["CCL-34b", "CCL-61"], sensitivity=Sensitivity.SENSITIVE, seen_by=OUTSIDE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "corrections.SecondDecision", ["about", "reason"], whose=Whose.SUPERVISED,
    purpose="其他单位人员共同决定的事由 what a second decider was asked and said", basis=["CCL-61"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=DECIDERS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Finding", ["facts", "evidence"], whose=Whose.SUPERVISED,
    purpose="认定的事实和证据 facts and evidence of a finding", basis=["CCL-29a"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=TRACKS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.PositioningOrder", ["assessment"], whose=Whose.SUPERVISED,
    purpose="使用电子定位的评估 why nothing milder will do", basis=["CCL-29a", "CCL-29c"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=TRACKS | {Role.BUREAU_HEAD}, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.NeedReview", ["reason"], whose=Whose.SUPERVISED,
    purpose="是否仍需电子定位 whether positioning is still needed", basis=["CCL-29c"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=[], kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.PositioningPoint", ["position", "fix_at"], whose=Whose.SUPERVISED,
    purpose="电子定位信息，仅用于社区矫正 where a worn device was; for community correction alone",
    basis=["CCL-29d"], sensitivity=Sensitivity.SENSITIVE, seen_by=TRACKS, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.EndPaperRow", ["text"], whose=Whose.SUPERVISED,
    purpose="个人总结和机构鉴定 the person's summary and the agency's appraisal", basis=["CCM-53"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=STAFF, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Transfer", ["reason"], whose=Whose.SUPERVISED,
    purpose="变更执行地的事由 why the place of execution is to change", basis=["CCM-30"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=STAFF, kept=Kept.TERM,
)  # fmt: skip
enter(
    "corrections.Opinion", ["text", "reply"], whose=Whose.SUPERVISED,
    purpose="检察意见及书面回复 what the procuratorate said, and the reply", basis=["CCL-8"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=TRACKS, kept=Kept.CASE,
)  # fmt: skip
