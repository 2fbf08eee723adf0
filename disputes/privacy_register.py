"""Personal fields of screenings and disputes. On the protected track fewer people see them (`access.py`)."""

from disputes.access import CENTRE, DIRECTOR, READERS
from kernel.codes.roles import Role
from privacy.register import Kept, Sensitivity, Whose, enter

enter(
    "disputes.Screening", ["brief", "done"], whose=Whose.PARTY,
    purpose="受理登记 what the matter is about", basis=["PM-F3"], sensitivity=Sensitivity.ORDINARY,
    seen_by=READERS, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.Screening", ["brief_sealed", "address"], whose=Whose.PARTY,
    purpose="处置和人身保护 handling, and protecting a person", basis=["PM-F3", "DV-23/28"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.Screening", ["point", "lon_e7", "lat_e7", "accuracy_cm", "fix_at"], whose=Whose.PARTY,
    purpose="确定网格 which grid answers for it", basis=["GR-3"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=READERS, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.DangerSign", ["what", "by_whom"], whose=Whose.PARTY,
    purpose="防止激化 preventing the worst", basis=["PM-25", "EF-9"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=READERS, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.ScreeningParty", ["name", "phone", "id_number", "described", "birth_band"], whose=Whose.PARTY,
    purpose="识别和联系当事人 who the parties are and how they are reached", basis=["PM-F3"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.ScreeningParty", ["name_index", "phone_index", "id_index"], whose=Whose.PARTY,
    purpose="并案 whether it is the same quarrel: keyed digests, no values", basis=["PM-F3"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=[], kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.DisputeParty", ["name_index", "phone_index", "id_index"], whose=Whose.PARTY,
    purpose="并案 whether it is the same quarrel: keyed digests, no values", basis=["PM-F3"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=[], kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.Dispute", ["brief"], whose=Whose.PARTY,
    purpose="受理登记 what the matter is about, in one wording", basis=["PM-F3"],
    sensitivity=Sensitivity.ORDINARY, seen_by=READERS, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.DisputeChange", ["value"], whose=Whose.PARTY,
    purpose="修改留痕 who worded it how and when", basis=["PM-F3"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=READERS, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.Attempt", ["note"], whose=Whose.PARTY,
    purpose="调处过程 what was tried", basis=["PM-27"], sensitivity=Sensitivity.ORDINARY, seen_by=READERS,
    kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.Settlement", ["terms", "by_whom"], whose=Whose.PARTY,
    purpose="当场化解 what was agreed on the spot and by whom", basis=["PM-28"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=READERS, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.DisputeNote", ["words"], whose=Whose.PARTY,
    purpose="办理记录 what was done and heard", basis=["PM-27"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=READERS, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.SafeChannel", ["number", "hours"], whose=Whose.PARTY,
    purpose="安全联系方式 reaching a person at risk without danger", basis=["DV-23/28"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=DIRECTOR | {Role.MEDIATOR}, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.Wish", ["words", "reason"], whose=Whose.PARTY,
    purpose="被保护人的意愿 what the person at risk wished, said alone", basis=["DV-23/28"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=DIRECTOR | {Role.MEDIATOR}, kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.NamedClerk", ["reason"], whose=Whose.WORKER,
    purpose="指定经办人的理由 why this clerk was named", basis=["PI-51"], sensitivity=Sensitivity.ORDINARY,
    seen_by=CENTRE, kept=Kept.EMPLOYED,
)  # fmt: skip
enter(
    "disputes.JointHandling", ["place", "matter", "names_reason", "decision_reason"], whose=Whose.PARTY,
    purpose="联合会办事项 where and what a department is asked about", basis=["GR-10"],
    sensitivity=Sensitivity.ORDINARY, seen_by=CENTRE | {Role.COMMUNITY_COORDINATOR, Role.MEDIATOR},
    kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.JointQuestion", ["asked", "supplied"], whose=Whose.PARTY,
    purpose="向部门提出的问题 what a department is asked", basis=["GR-10"],
    sensitivity=Sensitivity.ORDINARY, seen_by=CENTRE | {Role.COMMUNITY_COORDINATOR, Role.MEDIATOR},
    kept=Kept.CASE,
)  # fmt: skip
enter(
    "disputes.JointAnswer", ["said_by", "words", "basis"], whose=Whose.WORKER,
    purpose="部门答复人及内容 who in the department said what", basis=["GR-10"],
    sensitivity=Sensitivity.ORDINARY, seen_by=CENTRE | {Role.COMMUNITY_COORDINATOR, Role.MEDIATOR},
    kept=Kept.CASE,
)  # fmt: skip
