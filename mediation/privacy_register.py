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
