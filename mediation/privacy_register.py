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
