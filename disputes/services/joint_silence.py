"""A department that has not answered in time is shown to the street: once, with the true time, to nobody
else."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from audit.services import record
from disputes.models import JointQuestion
from disputes.selectors import joint_silent
from disputes.services.joint import SUBJECT
from kernel import clock
from kernel.actor import SYSTEM
from kernel.codes.roles import Role
from kernel.law import law
from tasks.codes import TaskKind
from tasks.selectors import duty_place
from tasks.services import About, task_create


@law("GR-10")
@transaction.atomic
def joint_silence(*, question_id: UUID) -> bool:
    """Flag a question whose day has passed; whichever scheduler is first does it. No party hears of it."""
    rows = JointQuestion.objects.filter(joint_silent(clock.now()), pk=question_id)
    if not rows.update(silent_at=F("due_at")):
        return False
    question = JointQuestion.objects.select_related("handling__dispute").get(pk=question_id)
    record(
        actor=SYSTEM, event="joint.silent", subject_kind=SUBJECT, subject_id=question.pk,
        fields=["silent_at"], detail={"dispute": str(question.handling.dispute_id)},
    )  # fmt: skip
    place = duty_place(question.handling.dispute.street_id)
    if place is not None:
        task_create(
            actor=SYSTEM, kind=TaskKind.REVIEW, about=About(SUBJECT, question.pk),
            role=Role.CENTRE_DIRECTOR, organisation_id=place, due_at=question.silent_at,
        )  # fmt: skip
    return True
