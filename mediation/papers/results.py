"""Agreements, obligations and follow-ups of a case, as its papers show them."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from mediation.agreement import AgreementForm, MarkManner, MarkRole, ObligationState
from mediation.confirmation import ConfirmationState
from mediation.follow_up import FollowUpChoice, FollowUpResult, FollowUpState
from mediation.models import Agreement, AgreementMark, Case, Confirmation, FollowUp, Obligation
from mediation.papers import source
from mediation.papers.kinds import Contents
from mediation.papers.unsealed import Opener

Names = Mapping[UUID, str]


def agreements_of(case: Case, names: Names, opened: Opener) -> Iterable[source.Agreed]:
    """The agreements that were concluded or are being signed; one that fell through stands in no paper."""
    rows = Agreement.objects.filter(case=case, dropped_at=None).order_by("serial")
    for row in rows.prefetch_related("obligations", "marks__mediator"):
        written = row.form == AgreementForm.WRITTEN or row.written_on is not None
        shared = {
            "key": str(row.pk),
            "facts": opened(row, "facts"),
            "oral_on": row.oral_on,
            "written_on": row.written_on,
            "effective_on": row.effective_on,
            "duties": tuple(_duty(duty, names, opened) for duty in row.obligations.all()),
        }
        if row.oral_on is not None:
            yield source.Agreed(oral=True, terms=opened(row, "terms"), **shared)
        if written:
            terms = opened(row, "written_terms") or opened(row, "terms")
            marks = tuple(_mark(mark, names, case, opened) for mark in row.marks.all())
            yield source.Agreed(oral=False, terms=terms, marks=marks, **shared)


def _duty(duty: Obligation, names: Names, opened: Opener) -> source.Duty:
    return source.Duty(
        debtor=names[duty.debtor_id],
        creditor=names.get(duty.creditor_id, "") if duty.creditor_id else "",
        what=opened(duty, "what"),
        amount=_money(duty.amount),
        due_on=duty.due_on,
        state=ObligationState(duty.state).zh,
        ended_on=duty.ended_on,
    )


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}元"


def _mark(mark: AgreementMark, names: Names, case: Case, opened: Opener) -> source.MarkMade:
    whose = {
        MarkRole.PARTY: f"当事人{names.get(mark.party_id, '')}" if mark.party_id else "",
        MarkRole.MEDIATOR: f"调解员{mark.mediator.name}" if mark.mediator else "",
        MarkRole.SEAL: case.committee.name,
    }[MarkRole(mark.role)]
    return source.MarkMade(whose, MarkManner(mark.manner).zh, mark.made_on, opened(mark, "witness"))


def unscanned_marks(case: Case) -> int:
    """Marks of written agreements in effect whose scan is not there yet."""
    rows = AgreementMark.objects.filter(agreement__case=case, agreement__dropped_at=None, scanned_at=None)
    return rows.exclude(agreement__written_on=None).count()


def confirmation_of(case: Case) -> str:
    """The state of the judicial confirmation once it was filed; empty before."""
    row = Confirmation.objects.filter(agreement__case=case, filed_on__isnull=False).first()
    return ConfirmationState(row.state).zh if row else ""


def follow_ups_of(case: Case, names: Names, held: Contents, opened: Opener) -> Iterable[source.Visited]:
    """Follow-ups that took place; in a party's copy the own ones."""
    rows = FollowUp.objects.filter(agreement__case=case, state=FollowUpState.DONE).select_related("done_by")
    for row in rows.order_by("due_on", "id"):
        if held.party not in (None, row.party_id):
            continue
        yield source.Visited(
            party=names[row.party_id],
            on=row.done_on,
            form=FollowUpChoice(row.form).zh,
            result=FollowUpResult(row.result).zh,
            satisfied={True: "满意", False: "不满意", None: ""}[row.satisfied],
            note=opened(row, "note"),
            by=row.done_by.name if row.done_by else "",
        )
