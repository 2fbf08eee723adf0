"""Reads of agreements and what follows from them: which one binds, what is missing, what is due."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from disputes.codes import DisputeState
from disputes.models import Dispute, DisputeTransition
from kernel.deadlines import ran_out
from kernel.law import law
from mediation.agreement import (
    AgreementForm,
    AgreementState,
    facts_of,
    file_gaps,
    marks_missing,
    state_of,
    what_is_left,
)
from mediation.confirmation import ConfirmationState, asked_to_remind
from mediation.models import (
    Agreement,
    AgreementMark,
    Case,
    CaseParty,
    Confirmation,
    ConfirmationWord,
    DateCorrection,
    FollowUp,
    FollowUpWish,
    Obligation,
)


def in_force(case_id: UUID) -> Agreement | None:
    """The agreement of a case that binds now: the latest in effect that no court has set aside."""
    rows = Agreement.objects.filter(case_id=case_id, effective_on__isnull=False, set_aside_on=None)
    return rows.order_by("-serial").first()


DECISIVE = (
    DisputeState.SETTLED, DisputeState.NOT_SETTLED, DisputeState.REFUSED, DisputeState.WITHDRAWN,
    DisputeState.REOPENED,
)  # fmt: skip


@law("NO-31")
def is_settled(dispute: Dispute) -> bool:
    """Whether the parties have settled the matter, also when it has been fed back, followed up or archived
    since. What was settled at the table stands as long as an agreement of that case binds: not once a court
    has set it aside (PM-32). What was settled on the spot, by a department or elsewhere needs no agreement of
    ours, whatever became of an earlier one."""
    steps = DisputeTransition.objects.filter(dispute=dispute, to_state__in=DECISIVE).order_by("-at", "-id")
    last = steps.first()
    if last is None or last.to_state != DisputeState.SETTLED:
        return False
    if last.from_state != DisputeState.WITH_MEDIATION:
        return True
    agreements = Agreement.objects.filter(case__dispute=dispute, effective_on__isnull=False)
    latest = agreements.order_by("-reached_at", "-id").first()
    return latest is not None and in_force(latest.case_id) is not None


@law("PM-32", "PM-33")
def law_leaves(case_id: UUID) -> list[dict[str, Any]]:
    """What the law leaves once an agreement is in effect, for the answer to who wants to withdraw."""
    window = Confirmation.objects.filter(agreement=in_force(case_id), closes_at__isnull=False).first()
    return [
        {"law": way.law, "zh": way.zh, "en": way.en, "until": way.until.isoformat() if way.until else None}
        for way in what_is_left(window.last_day if window else None)
    ]


def follow_up_choices(case_id: UUID) -> dict[UUID, str | None]:
    """Party → how it wants to be followed up by its latest word; None before it has said anything."""
    choices: dict[UUID, str | None] = dict.fromkeys(
        CaseParty.objects.filter(case_id=case_id).values_list("pk", flat=True)
    )
    words = FollowUpWish.objects.filter(party__case_id=case_id).order_by("recorded_at", "id")
    choices.update(dict(words.values_list("party_id", "choice")))
    return choices


def latest_words(row: Confirmation) -> dict[UUID, ConfirmationWord | None]:
    """Party → its latest word about going to court together."""
    parties = CaseParty.objects.filter(case_id=row.agreement.case_id).values_list("pk", flat=True)
    latest: dict[UUID, ConfirmationWord | None] = dict.fromkeys(parties)
    words = ConfirmationWord.objects.filter(confirmation=row).prefetch_related("papers")
    for word in words.order_by("recorded_at", "id"):
        latest[word.party_id] = word
    return latest


@law("PM-33")
def joint_missing(row: Confirmation) -> list[UUID]:
    """The parties that have not said that they ask together."""
    return [party for party, word in latest_words(row).items() if word is None or not word.joint]


@law("PM-33d")
def asks_the_court(case_id: UUID) -> dict[UUID, ConfirmationWord]:
    """The parties who ask the court together about the agreement that binds, with their latest words."""
    row = Confirmation.objects.filter(agreement=in_force(case_id)).select_related("agreement").first()
    words = latest_words(row) if row else {}
    return {party: word for party, word in words.items() if word is not None and word.joint}


def court_of(case_id: UUID) -> str:
    """The court that was asked last about an agreement of the case, as it was given; empty before."""
    asked = Confirmation.objects.filter(agreement__case_id=case_id).exclude(court="")
    return asked.order_by("-agreement__serial").values_list("court", flat=True).first() or ""


def parties_want_reminding(row: Confirmation) -> bool:
    return asked_to_remind(word.remind if word else None for word in latest_words(row).values())


# Agreements as lists and details show them


def agreements_shown(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """With all that stands beside an agreement, in a fixed number of statements; by days left to confirm."""
    later = Agreement.objects.filter(
        case=OuterRef("case"), serial__gt=OuterRef("serial"), effective_on__isnull=False
    )
    obligations = Obligation.objects.prefetch_related("performances")
    return (
        rows.select_related("case__dispute", "confirmation")
        .prefetch_related(
            "marks", "corrections", "case__parties", Prefetch("obligations", queryset=obligations)
        )
        .annotate(replaced=Exists(later))
        .order_by(F("confirmation__due_at").asc(nulls_last=True), "-reached_at", "id")
    )


def agreements_of(case_id: UUID) -> QuerySet[Agreement]:
    """Every agreement of a case with marks, obligations, performances, confirmation: for its file."""
    return agreements_shown(Agreement.objects.filter(case_id=case_id)).order_by("serial")


def agreement_state(agreement: Agreement) -> AgreementState:
    """C-14, of a row of `agreements_shown`."""
    return state_of(
        agreement.case.state, form=agreement.form, replaced=getattr(agreement, "replaced", False),
        dropped=agreement.dropped_at is not None,
    )  # fmt: skip


@law("PM-29")
def missing_of(agreement: Agreement) -> list[tuple[str, UUID | None]]:
    """The marks that a written agreement still lacks, of a row of `agreements_shown`."""
    if agreement.written_at is None or agreement.dropped_at is not None:
        return []
    parties = [party.pk for party in agreement.case.parties.all()]
    return marks_missing(parties, [facts_of(mark) for mark in agreement.marks.all()])


@law("PM-27")
def scans_missing(agreement: Agreement) -> int:
    """How many marks have no scan yet: this keeps the file open, never the effect."""
    return file_gaps([facts_of(mark) for mark in agreement.marks.all()], agreement.form)


@law("PM-34b")
def writing_advised(agreement: Agreement) -> bool:
    """An oral agreement about money or property: writing is offered."""
    if agreement.form != AgreementForm.ORAL:
        return False
    money = any(row.amount is not None for row in agreement.obligations.all())
    return agreement.money_or_property or money


def obligations_shown(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    shown = rows.select_related("agreement").prefetch_related("performances")
    return shown.order_by(F("due_on").asc(nulls_last=True), "series", "part")


def confirmations_shown(rows: QuerySet[Confirmation]) -> QuerySet[Confirmation]:
    """By days left."""
    shown = rows.select_related("agreement__case").prefetch_related("agreement__obligations")
    return shown.order_by(F("due_at").asc(nulls_last=True), "id")


def follow_ups_shown(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    shown = rows.select_related("agreement__case", "party").prefetch_related("party__follow_up_wishes")
    return shown.order_by("due_on", "id")


# What is due, by the one comparison


def overdue(rows: QuerySet[Any], now: datetime, column: str = "due_at") -> QuerySet[Any]:
    """`kernel.deadlines.ran_out` as a filter."""
    return rows.filter(**{f"{column}__lte": now})


def not_overdue(rows: QuerySet[Any], now: datetime, column: str = "due_at") -> QuerySet[Any]:
    return rows.exclude(**{f"{column}__lte": now})


def is_overdue(row: Obligation | FollowUp | Confirmation, now: datetime) -> bool:
    return ran_out(row.due_at, now)


def waiting_for_marks(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Written ones that are not signed by all or not reviewed."""
    return rows.filter(written_at__isnull=False, written_on=None, dropped_at=None, set_aside_on=None)


def waiting_for_review(rows: QuerySet[Agreement], reader: UUID | None = None) -> QuerySet[Agreement]:
    """Agreements with a mark, or a correction of a day, that a second person has to look at; for a reader,
    one that is not the reader's own."""
    marks = AgreementMark.objects.filter(agreement=OuterRef("pk"), reviewed_at=None)
    asked = DateCorrection.objects.filter(agreement=OuterRef("pk"), decided_at=None)
    if reader is not None:
        marks, asked = marks.exclude(recorded_by=reader), asked.exclude(asked_by=reader)
    return rows.filter(Q(Exists(marks)) | Q(Exists(asked)), dropped_at=None, set_aside_on=None)


def open_confirmations(rows: QuerySet[Confirmation]) -> QuerySet[Confirmation]:
    """Those whose thirty days run, by days left."""
    running = rows.filter(due_at__isnull=False).select_related("agreement__case__dispute")
    return running.order_by("due_at", "id")


def confirmed(case: Case) -> bool:
    """Whether a court has made the agreement in force enforceable."""
    return Confirmation.objects.filter(agreement=in_force(case.pk), state=ConfirmationState.VALID).exists()


def owed_follow_ups(rows: QuerySet[FollowUp], until: datetime) -> Iterable[FollowUp]:
    """Follow-ups whose day has come by `until`."""
    return rows.filter(due_at__lte=until).select_related("agreement__case__dispute")
