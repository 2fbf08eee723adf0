"""Personal fields of intake and cases: for the centre's table and nobody else."""

from kernel.codes.roles import Role
from mediation.access import CENTRE
from privacy.register import Kept, Sensitivity, Whose, enter

enter(
    "mediation.Case", ["wish"], whose=Whose.PARTY,
    purpose="受害风险一方单独表示的意愿 what the person at risk wished, said alone", basis=["DV-23"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=CENTRE - {Role.CENTRE_CLERK}, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Case", ["brief"], whose=Whose.PARTY,
    purpose="受理登记表的纠纷简要情况 what it is about, on the acceptance form", basis=["PM-F3"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Referral", ["details"], whose=Whose.PARTY,
    purpose="转介渠道要求的事项 what the channel of a referral asks for", basis=["PM-3", "CCL-5"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=CENTRE - {Role.MEDIATOR}, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.CaseParty", ["name"], whose=Whose.PARTY,
    purpose="卷宗和送达 the file, and reaching the party", basis=["PM-27"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.SessionParticipant", ["name"], whose=Whose.NAMED,
    purpose="经各方同意参加调解的人 who joins a session with every party's consent", basis=["PM-20"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Note", ["text"], whose=Whose.PARTY,
    purpose="调解工作记录 the record that the mediator keeps", basis=["PM-27"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.CaucusNote", ["text", "answer"], whose=Whose.PARTY,
    purpose="背对背谈话，仅该调解员 what a party said to its mediator alone", basis=["PM-15", "PM-27"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=[Role.MEDIATOR], kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Document", ["title"], whose=Whose.PARTY,
    purpose="卷宗材料 the papers of the file", basis=["PM-27", "PM-F1"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Offer", ["terms"], whose=Whose.PARTY,
    purpose="调解方案 what the parties offer each other", basis=["PM-27"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Agreement", ["facts", "terms", "written_terms"], whose=Whose.PARTY,
    purpose="协议内容 what the parties agreed", basis=["PM-28", "PM-29"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.AgreementMark", ["witness"], whose=Whose.NAMED,
    purpose="见证签名、指印的人 who witnessed a mark", basis=["PM-29"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Obligation", ["what"], whose=Whose.PARTY,
    purpose="督促履行 what is to be performed", basis=["PM-31"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.FollowUp", ["note"], whose=Whose.PARTY,
    purpose="回访记录 what a party said at a follow-up", basis=["PM-FU"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.CaseParty", ["needs"], whose=Whose.PARTY,
    purpose="便利参加调解 what is to be arranged so that the party can take part", basis=["PM-23"],
    sensitivity=Sensitivity.ORDINARY, seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Consent", ["witness"], whose=Whose.NAMED,
    purpose="指印、宣读的见证 who witnessed a fingerprint or a reading", basis=["PM-23"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.RightsNotice", ["witness"], whose=Whose.NAMED,
    purpose="指印、宣读的见证 who witnessed a fingerprint or a reading", basis=["PM-30b"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Participant", ["name", "phone", "id_number"], whose=Whose.NAMED,
    purpose="代理、监护、翻译等人员身份 who takes part beside the parties", basis=["PM-20", "PI-31"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Participant", ["name_index", "phone_index", "id_index"], whose=Whose.NAMED,
    purpose="是否为对方当事人 whether it is the other side: keyed digests, no values", basis=["PM-20"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=[], kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.Participant", ["document"], whose=Whose.NAMED,
    purpose="授权和监护依据 the paper that a mandate or guardianship rests on", basis=["PM-20", "PI-31"],
    sensitivity=Sensitivity.ORDINARY, seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.MediatorRelation", ["name_index", "phone_index", "id_index"], whose=Whose.NAMED,
    purpose="回避审查 the conflict check: keyed digests, no values", basis=["PM-AV"],
    sensitivity=Sensitivity.SENSITIVE, seen_by=[], kept=Kept.EMPLOYED,
)  # fmt: skip
enter(
    "mediation.Mediator", ["certificate"], whose=Whose.WORKER,
    purpose="调解员名册 the register of mediators", basis=["PM-13/14"], sensitivity=Sensitivity.ORDINARY,
    seen_by=CENTRE | {Role.COMMITTEE_KEEPER}, kept=Kept.EMPLOYED,
)  # fmt: skip
