"""Because a screening came in: it finds its dispute. Because its pictures did not: its author is asked."""

from audit.models import AuditEvent
from disputes.codes import DisputeState, Outcome
from disputes.machine import OPEN_STATES
from disputes.models import Dispute, DisputeScreening, Screening, Settlement
from disputes.services.joint import joint_stop
from disputes.services.moving import dispute_walk
from disputes.services.opening import place_screening
from disputes.services.rounds import round_to_do_done
from kernel.actor import SYSTEM, Actor
from kernel.codes.law import HandlingLevel
from kernel.codes.roles import Role
from kernel.law import law
from tasks.codes import TaskKind
from tasks.machine import duty_listed
from tasks.services import About, task_create, tasks_cancel_for


def open_or_join(event: AuditEvent) -> None:
    """Open a dispute for the screening or join it to the one it surely belongs to. A second run changes
    nothing."""
    screening = Screening.objects.filter(id=event.subject_id).first()
    if screening is None:
        return
    author = Actor(
        user_id=screening.author_id,
        role=Role(screening.author_role),
        organisation_id=event.organisation_id,
        device_id=event.device_id,
    )
    if screening.round_id and screening.grid_id:
        round_to_do_done(actor=author, round_id=screening.round_id, grid_id=screening.grid_id)
    dispute = place_screening(actor=author, screening=screening)
    if dispute is not None and _settled_by_author(screening, dispute):
        dispute_walk(
            actor=author, dispute_id=dispute.id, event="settle", reason="当场化解 settled on the spot"
        )


def ask_for_files(event: AuditEvent) -> None:
    """The pictures of a screening have not come: its author gets one to-do, where the grid's list of duties
    has such. The record itself is safe."""
    screening = Screening.objects.select_related("grid").filter(id=event.subject_id).first()
    if event.subject_kind != "screening" or screening is None or screening.restricted:
        return
    if screening.author_role != Role.GRID_WORKER or screening.grid is None:
        return
    if duty_listed(TaskKind.GATHER, screening.grid.duties):
        task_create(
            actor=SYSTEM, kind=TaskKind.GATHER, role=Role.GRID_WORKER, assignee_id=screening.author_id,
            about=About("screening", screening.id, grid_id=screening.grid_id),
        )  # fmt: skip


def tell_workers(event: AuditEvent) -> None:
    """What became of a dispute: each worker whose record it holds gets one to-do on the phone. After a
    refusal or a withdrawal nothing follows it; a restricted matter is on no phone."""
    told = event.detail.get("event")
    ended = event.detail.get("from") in {DisputeState.REFUSED, DisputeState.WITHDRAWN}
    dispute = Dispute.objects.filter(id=event.subject_id).first()
    if dispute is None or dispute.restricted or not (told == "feedback" or (told == "archive" and ended)):
        return
    linked = DisputeScreening.objects.filter(
        dispute=dispute, screening__author_role=Role.GRID_WORKER, screening__restricted=False
    )
    for author in sorted(set(linked.values_list("screening__author_id", flat=True))):
        task_create(
            actor=SYSTEM, kind=TaskKind.FEEDBACK, about=About("dispute", dispute.id), role=Role.GRID_WORKER,
            assignee_id=author,
        )  # fmt: skip


def stop_joint(event: AuditEvent) -> None:
    """A dispute came onto the protected track: departments are asked no more."""
    joint_stop(actor=SYSTEM, dispute_id=event.subject_id, reason="转入保护处理 protected track")


@law("PM-17")
def end_reviews(event: AuditEvent) -> None:
    """A dispute is over, or a party wants no mediation: what rules had set to be looked at again is off."""
    dispute = Dispute.objects.filter(id=event.subject_id).first()
    if dispute is None or (dispute.state in OPEN_STATES and not dispute.mediation_refused):
        return
    tasks_cancel_for(
        actor=SYSTEM, subject_kind="dispute", subject_id=dispute.id, kind=TaskKind.REVIEW,
        reason="纠纷已终结或当事人拒绝调解 over, or refused",
    )  # fmt: skip


def _settled_by_author(screening: Screening, dispute: Dispute) -> bool:
    """A worker's word settles at the grid level what nobody asked mediation for and no sign speaks
    against, where it says what was agreed and by whom."""
    return (
        screening.outcome == Outcome.SETTLED_ON_SPOT
        and Settlement.objects.filter(screening=screening).exists()
        and dispute.level == HandlingLevel.GRID
        and not screening.colour_signs
        and not screening.danger_now
        and not screening.wants_mediation
        and not dispute.protected
    )
