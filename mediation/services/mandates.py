"""Who may put a party's mark. Nobody signs by proxy without mandate, and a guardian signs for a ward."""

from kernel.law import law
from kernel.problems import Problem
from mediation.agreement import SignedBy
from mediation.models import AgreementMark, CaseParty, Participant
from mediation.sitting import holds_on, needs_guardian


@law("PM-29", "PI-31")
def mandate_check(mark: AgreementMark, party: CaseParty) -> None:
    """Problem `proxy_without_mandate` unless an agent (with a mandate to settle) or guardian was that party's
    on the day of the mark; `guardian_missing` where the party cannot sign alone."""
    if mark.signed_by == SignedBy.SELF:
        if mark.mandate_id is not None:
            raise Problem("invalid", fields={"mandate_id": ["only_for_a_proxy"]})
        if needs_guardian(party):
            raise Problem("guardian_missing")
        return
    those = Participant.objects.filter(party=party, kind=mark.signed_by)
    who = those.filter(pk=mark.mandate_id).first() if mark.mandate_id else None
    settles = who is not None and (mark.signed_by == SignedBy.GUARDIAN or who.may_settle)
    if who is None or not settles or not holds_on(who, mark.made_on):
        raise Problem("proxy_without_mandate")
