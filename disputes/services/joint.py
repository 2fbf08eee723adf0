"""联合会办 (GR-10): a person asks departments, enters what they say; the head of the street decides who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation, OrganisationKind
from audit.services import record
from disputes.joint import (
    JOINT,
    NOT_OURS_MOST,
    OPEN,
    JointAnswerKind,
    JointState,
    answer_refusal,
    silent_from,
)
from disputes.machine import OPEN_STATES
from disputes.models import Dispute, DisputeParty, JointAnswer, JointHandling, JointQuestion
from disputes.services.acts import from_paper
from disputes.services.moving import locked
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing
from privacy.codes import RecipientKind
from privacy.services import Given, share_logged
from tasks.codes import TaskKind
from tasks.selectors import duty_place
from tasks.services import About, Paper, task_create, tasks_cancel_for

SUBJECT = "joint_question"
_SHARED = ("disputes.JointHandling.place", "disputes.JointHandling.matter", "disputes.JointQuestion.asked")
_NAMES = "disputes.ScreeningParty.name"


@dataclass(frozen=True, slots=True)
class Whistle:
    """What is asked about: typed for the purpose. `parties` only with `names_reason`."""

    place: str
    matter: str
    basis: str = "GR-10"
    enclosures: Sequence[str] = ()
    parties: Sequence[UUID] = ()
    names_reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one department is asked."""

    department_id: UUID
    asked: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a department said, and who there said it."""

    answer: str
    said_by: str
    said_on: date
    by_date: date | None = None
    basis: str = ""
    words: str = ""


@law("GR-10")
@transaction.atomic
def joint_send(
    *,
    actor: Actor,
    dispute_id: UUID,
    whistle: Whistle,
    questions: Sequence[Asked],
    answer_on: date,
    id: UUID | None = None,
) -> tuple[JointHandling, bool]:
    """Ask departments about a dispute; each question leaves a row in the share log. The dispute stays where
    it is. The second value: the same was sent before under this id.

    Problems: role_not_allowed, no_joint_while_protected, transition_not_allowed, joint_date_needed,
    names_not_given, department_unknown, joint_asked_already.
    """
    dispute = locked(dispute_id)
    if known := made_before(
        JointHandling,
        id,
        dispute_id=dispute.id,
        sent_by_id=actor.person,
        place=whistle.place,
        matter=whistle.matter,
    ):
        return known, True
    _check_sending(actor, dispute, whistle, answer_on)
    handling = JointHandling.objects.create(
        id=id or uuid7(), dispute=dispute, place=whistle.place, matter=whistle.matter, basis=whistle.basis,
        enclosures=sorted(set(whistle.enclosures)), parties=sorted(set(whistle.parties)),
        names_reason=whistle.names_reason, sent_by_id=actor.person, sent_at=clock.now(),
    )  # fmt: skip
    record(
        actor=actor, event="joint.sent", subject_kind="dispute", subject_id=dispute.id,
        detail={"handling": str(handling.id), "departments": len(questions), "names": bool(whistle.parties)},
    )  # fmt: skip
    for question in questions:
        _ask(actor, handling, question, answer_on)
    return handling, False


def _check_sending(actor: Actor, dispute: Dispute, whistle: Whistle, answer_on: date) -> None:
    if actor.role != Role.CENTRE_DIRECTOR:
        raise Problem("role_not_allowed")
    actor.sign(Signing.CENTRE)
    if dispute.protected:
        raise Problem("no_joint_while_protected")
    if dispute.state not in OPEN_STATES:
        raise Problem("transition_not_allowed", current=dispute.state, event="joint_handling")
    if answer_on < clock.today():
        raise Problem("joint_date_needed")
    if bool(whistle.parties) != bool(whistle.names_reason.strip()):
        raise Problem("names_not_given")
    known = DisputeParty.objects.filter(dispute=dispute, id__in=whistle.parties).count()
    if whistle.parties and (dispute.restricted or known != len(set(whistle.parties))):
        raise Problem("names_not_given")


def _ask(
    actor: Actor, handling: JointHandling, question: Asked, answer_on: date, *, ordered: bool = False,
    id: UUID | None = None,
) -> JointQuestion:  # fmt: skip
    department = Organisation.objects.filter(
        id=question.department_id, kind=OrganisationKind.DEPARTMENT
    ).first()
    if department is None:
        raise Problem("department_unknown", department=str(question.department_id))
    fields = [*_SHARED, _NAMES] if handling.parties else list(_SHARED)
    given = Given(
        "dispute", handling.dispute_id, handling.basis, "联合会办 joint handling", RecipientKind.DEPARTMENT,
        department.name, fields,
    )  # fmt: skip
    return JointQuestion.objects.create(
        id=id or uuid7(), handling=handling, department=department, asked=question.asked, ordered=ordered,
        answer_on=answer_on, due_at=silent_from(answer_on), share_id=share_logged(actor=actor, given=given),
        asked_at=clock.now(),
    )  # fmt: skip


@law("GR-10")
@transaction.atomic
def joint_ask(
    *,
    actor: Actor,
    handling_id: UUID,
    department_id: UUID,
    asked: str,
    answer_on: date,
    id: UUID | None = None,
) -> tuple[JointQuestion, bool]:
    """Ask another department in the same matter, as long as that is not for the head of the street. The
    second value: it was asked before under this id."""
    handling = _handling(handling_id)
    if known := made_before(JointQuestion, id, handling_id=handling.pk, department_id=department_id):
        return known, True
    if handling.undecided_at is not None:
        raise Problem("joint_waits_for_head")
    whistle = Whistle(handling.place, handling.matter)
    _check_sending(actor, handling.dispute, whistle, answer_on)
    return _ask(actor, handling, Asked(department_id, asked), answer_on, id=id), False


@law("GR-10")
@transaction.atomic
def joint_answer(
    *, actor: Actor, question_id: UUID, said: Said, paper: Paper | None = None
) -> tuple[JointQuestion, bool]:
    """Enter what a department said. The second value: the same was entered before.

    Problems: not_found, joint_said_in_future, joint_date_needed, joint_basis_needed, joint_words_needed,
    joint_decided, transition_not_allowed, role_not_allowed.
    """
    question = _question(question_id)
    refusal = answer_refusal(
        said.answer, said_on=said.said_on, today=clock.today(), by_date=said.by_date, basis=said.basis,
        words=said.words,
    )  # fmt: skip
    if refusal:
        raise Problem(refusal)
    if _said_before(question, said):
        return question, True
    step = JOINT.apply(question.state, said.answer, role=actor.role, facts={"ordered": question.ordered})
    answer = JointAnswer.objects.create(
        question=question, answer=said.answer, said_by=said.said_by, said_on=said.said_on,
        by_date=said.by_date, basis=said.basis, words=said.words, entered_by_id=actor.person,
        entered_at=clock.now(),
    )  # fmt: skip
    if said.by_date is not None:
        question.answer_on, question.due_at = said.by_date, silent_from(said.by_date)
    from_paper(actor, question.handling.dispute, "joint_answer", answer.pk, paper)
    _moved(actor, question, step.target, said.answer)
    if said.answer == JointAnswerKind.NOT_OURS:
        _count_not_ours(actor, question.handling)
    return question, False


def _said_before(question: JointQuestion, said: Said) -> bool:
    last = question.answers.order_by("-entered_at", "-id").first()
    return (
        last is not None
        and question.state == said.answer
        and (last.said_by, last.said_on, last.by_date) == (said.said_by, said.said_on, said.by_date)
    )


@transaction.atomic
def joint_supply(
    *, actor: Actor, question_id: UUID, words: str, answer_on: date
) -> tuple[JointQuestion, bool]:
    """Give a department what it needs, and ask again by a date; that too is in the share log. The second
    value: the same was given before."""
    question = _question(question_id)
    if question.state == JointState.ASKED and (question.supplied, question.answer_on) == (words, answer_on):
        return question, True
    if question.handling.dispute.protected:
        raise Problem("no_joint_while_protected")
    if answer_on < clock.today():
        raise Problem("joint_date_needed")
    step = JOINT.apply(question.state, "supply", role=actor.role)
    actor.sign(Signing.CENTRE)
    given = Given(
        "dispute", question.handling.dispute_id, question.handling.basis, "联合会办 joint handling",
        RecipientKind.DEPARTMENT, question.department.name, ["disputes.JointQuestion.supplied"],
    )  # fmt: skip
    question.share_id = share_logged(actor=actor, given=given)
    question.supplied, question.answer_on, question.due_at = words, answer_on, silent_from(answer_on)
    return _moved(actor, question, step.target, "supply"), False


@transaction.atomic
def joint_withdraw(*, actor: Actor, question_id: UUID, reason: str) -> tuple[JointQuestion, bool]:
    """Ask no longer. The second value: it had been withdrawn."""
    question = _question(question_id)
    if question.state == JointState.WITHDRAWN:
        return question, True
    step = JOINT.apply(question.state, "withdraw", role=actor.role)
    actor.sign(Signing.CENTRE)
    return _moved(actor, question, step.target, "withdraw", reason), False


@law("DV-23")
@transaction.atomic
def joint_stop(*, actor: Actor, dispute_id: UUID, reason: str) -> int:
    """Withdraw everything that is still asked about a dispute; how many questions."""
    rows = JointQuestion.objects.select_for_update(of=("self",)).filter(
        handling__dispute_id=dispute_id, state__in=OPEN
    )
    found = list(rows.select_related("handling__dispute", "department").order_by("id"))
    for question in found:
        _moved(actor, question, JointState.WITHDRAWN, "withdraw", reason)
    return len(found)


def _moved(actor: Actor, question: JointQuestion, target: str, event: str, reason: str = "") -> JointQuestion:
    source, question.state = question.state, target
    question.silent_at = None
    question.save(update_fields=["state", "answer_on", "due_at", "silent_at", "supplied", "share_id"])
    tasks_cancel_for(
        actor=actor, subject_kind=SUBJECT, subject_id=question.pk, reason="部门已答复或已撤回 answered"
    )
    record(
        actor=actor, event=f"joint.{event}", subject_kind=SUBJECT, subject_id=question.pk, fields=["state"],
        reason=reason,
        detail={"from": source, "to": target, "dispute": str(question.handling.dispute_id)},
    )  # fmt: skip
    return question


def _count_not_ours(actor: Actor, handling: JointHandling) -> None:
    """Two departments have said "not ours": the head of the street is asked."""
    said = handling.questions.filter(state=JointState.NOT_OURS, ordered=False).count()
    if said < NOT_OURS_MOST or handling.undecided_at is not None or handling.decided_at is not None:
        return
    handling.undecided_at = clock.now()
    handling.save(update_fields=["undecided_at"])
    record(actor=actor, event="joint.undecided", subject_kind="joint_handling", subject_id=handling.pk)
    about, place = About("joint_handling", handling.pk), duty_place(handling.dispute.street_id)
    head = street_head(handling.dispute)
    if head is not None:
        task_create(
            actor=actor, kind=TaskKind.REVIEW, about=about, role=Role.COMMUNITY_COORDINATOR, assignee_id=head
        )
    if place is not None:
        task_create(
            actor=actor, kind=TaskKind.REVIEW, about=about, role=Role.CENTRE_DIRECTOR, organisation_id=place
        )


def street_head(dispute: Dispute) -> UUID | None:
    """The head of the street office that a dispute lies in."""
    rows = Organisation.objects.filter(
        kind=OrganisationKind.STREET, area_id=dispute.street_id, head__isnull=False
    )
    return rows.order_by("created_at", "id").values_list("head_id", flat=True).first()


@law("GR-10")
@transaction.atomic
def joint_decide(
    *,
    actor: Actor,
    handling_id: UUID,
    question: Asked,
    answer_on: date,
    reason: str,
    paper: Paper | None = None,
) -> tuple[JointHandling, bool]:
    """Who it is: by the head of the street, or as that head's paper says, entered by the centre's director.
    The department cannot call it "not ours" again. The second value: the same was decided before.

    Problems: not_found, joint_not_undecided, joint_head_decides, joint_date_needed, department_unknown.
    """
    handling = _handling(handling_id)
    decided = handling.questions.filter(ordered=True, department_id=question.department_id)
    if handling.decided_at is not None and decided.exists():
        return handling, True
    if handling.undecided_at is None:
        raise Problem("joint_not_undecided")
    by_paper = actor.role == Role.CENTRE_DIRECTOR and paper is not None
    if not by_paper and actor.user_id != street_head(handling.dispute):
        raise Problem("joint_head_decides")
    if answer_on < clock.today():
        raise Problem("joint_date_needed")
    if handling.dispute.protected:
        raise Problem("no_joint_while_protected")
    handling.undecided_at, handling.decided_at, handling.decided_by_id = None, clock.now(), actor.person
    handling.decision_reason = reason
    handling.save(update_fields=["undecided_at", "decided_at", "decided_by", "decision_reason"])
    _ask(actor, handling, question, answer_on, ordered=True)
    from_paper(actor, handling.dispute, "joint_decision", handling.pk, paper)
    tasks_cancel_for(
        actor=actor, subject_kind="joint_handling", subject_id=handling.pk, reason="已裁定 decided"
    )
    record(
        actor=actor, event="joint.decided", subject_kind="joint_handling", subject_id=handling.pk,
        reason=reason, detail={"department": str(question.department_id), "from_paper": by_paper},
    )  # fmt: skip
    return handling, False


def _handling(handling_id: UUID) -> JointHandling:
    rows = JointHandling.objects.select_for_update(of=("self",)).select_related("dispute")
    handling = existing(rows.filter(pk=handling_id))
    return handling


def _question(question_id: UUID) -> JointQuestion:
    """Locked together with its handling, which counts the answers."""
    handling_id = existing(JointQuestion.objects.filter(pk=question_id).values_list("handling_id", flat=True))
    handling = _handling(handling_id)
    question = (
        JointQuestion.objects.select_for_update(of=("self",)).select_related("department").get(pk=question_id)
    )
    question.handling = handling
    return question
