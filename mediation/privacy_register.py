"""Personal fields of intake and cases: for the centre's table and nobody else."""

from mediation.access import CENTRE
from privacy.register import Kept, Sensitivity, Whose, enter

enter(
    "mediation.Case", ["wish"], whose=Whose.PARTY,
    purpose="当事人诉求 what the party asks for", basis=["PM-F3"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
enter(
    "mediation.CaseParty", ["name"], whose=Whose.PARTY,
    purpose="卷宗和送达 the file, and reaching the party", basis=["PM-27"], sensitivity=Sensitivity.SENSITIVE,
    seen_by=CENTRE, kept=Kept.CASE,
)  # fmt: skip
