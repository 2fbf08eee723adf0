"""Plans and the rolling window of due contacts: created ahead, each once, however many schedulers run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from audit.services import record
from corrections.codes import HelpMeasure
from corrections.complaints import Burden
from corrections.machine import PLAN
from corrections.models import Evaluation, Group, Plan, PlanLine, Subject
from corrections.schedule import Frequency, Quiet, classes_of, plan_gaps, stricter, windows
from corrections.schooling import schooling_gaps
from corrections.services.acts import sealed
from corrections.services.contacts import contacts_replan
from corrections.services.found import in_term, require_staff, subject_locked
from corrections.services.guarding import burden_guard
from corrections.services.leave.effects import contacts_excuse_all
from corrections.services.rows import contact_row, contacts_insert, frame_of, frequency_of
from edge.conf import setting
from edge.encryption import reveal
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem

START_DAYS = 62


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan as an officer draws it up. `grace_days` None: the district's. A later version rests on an
    evaluation of the person, or says in words why (CCM-22). `class_code`: one of the district's classes of
    supervision, where it has any (CCM-21). `education`: how somebody young stands with school
    (CCL-55)."""

    lines: Sequence[Frequency]
    quiet: Quiet
    help_measures: Sequence[HelpMeasure]
    starts_on: date
    grace_days: int | None = None
    evaluation_id: UUID | None = None
    why: str = ""
    class_code: str = ""
    education: str = ""


def quiet_default() -> Quiet:
    """The district's quiet hours, for a plan that names none."""
    return Quiet(time.fromisoformat(setting("QUIET_FROM")), time.fromisoformat(setting("QUIET_TO")))


@law("CCL-1", "CCL-24", "CCL-34a", "CCM-22")
@transaction.atomic
def plan_create(*, actor: Actor, subject_id: UUID, plan: NewPlan) -> Plan:
    """Put a new version of the plan in force; the former one ends, and its contacts to come fall away."""
    subject = subject_locked(actor, subject_id)
    _require_ready(subject)
    _require_sound(plan)
    _require_schooling(subject, plan)
    version, pk = _replace_former(actor, subject, plan), uuid7()
    row = Plan.objects.create(
        id=pk, subject=subject, version=version, evaluation_id=plan.evaluation_id,
        why=sealed(Plan, "why", pk, plan.why, subject.key_id), starts_on=plan.starts_on,
        quiet_from=plan.quiet.start, quiet_to=plan.quiet.end,
        help_measures=[measure.value for measure in plan.help_measures],
        grace_days=setting("VISIT_GRACE_DAYS") if plan.grace_days is None else plan.grace_days,
        class_code=plan.class_code, education=plan.education, created_by_id=require_staff(actor),
        created_at=clock.now(),
    )  # fmt: skip
    PlanLine.objects.bulk_create(
        PlanLine(
            plan=row, form=line.form, period=line.period, least=line.least, most=line.most,
            window_days=line.window_days,
        )
        for line in plan.lines
    )  # fmt: skip
    record(actor=actor, event="plan.created", subject_kind="plan", subject_id=row.id)
    plan_extend(row, subject)
    return row


def _require_ready(subject: Subject) -> None:
    if subject.ends_on is None:
        raise Problem("plan_needs_order")
    if not in_term(subject):
        raise Problem("term_over")
    if not Group.objects.filter(subject=subject, state="active").exists():
        raise Problem("plan_needs_group")


@law("CCM-21")
def _require_sound(plan: NewPlan) -> None:
    """What the plan says by itself. Nothing here chooses a class: an officer does, with each version."""
    if abs((plan.starts_on - clock.today()).days) > START_DAYS:
        raise Problem("invalid", fields={"starts_on": [f"more than {START_DAYS} days from today"]})
    if plan.class_code and plan.class_code not in classes_of(setting("CORRECTION_CLASSES")):
        raise Problem("invalid", fields={"class_code": ["not a class of this district"]})
    gaps = plan_gaps(
        plan.lines, plan.quiet, help_measures=len(plan.help_measures),
        quiet_hours_least=setting("QUIET_HOURS_LEAST"),
    )  # fmt: skip
    if gaps:
        raise Problem(gaps[0], gaps=gaps)


@law("CCL-55")
def _require_schooling(subject: Subject, plan: NewPlan) -> None:
    """What is asked for the young. The day of birth is read for the rule alone and shown to nobody."""
    born_on = date.fromisoformat(reveal(subject, "born_on") or "")
    gaps = schooling_gaps(
        born_on, plan.starts_on, plan.education, plan.help_measures, minors_rules=subject.minors_rules
    )
    if gaps:
        raise Problem(gaps[0], gaps=gaps)


def _replace_former(actor: Actor, subject: Subject, plan: NewPlan) -> int:
    """Close the version in force; the number of the next one."""
    former = Plan.objects.select_for_update().filter(subject=subject).order_by("-version").first()
    if former is None:
        return 1
    _require_why(subject, plan)
    if former.state == "in_force":
        _guard_stricter(actor, subject, former, plan)
        former.state = PLAN.apply(former.state, "replace", role=actor.role).target
        former.save(update_fields=["state"])
        contacts_replan(actor=actor, subject=subject, from_day=max(plan.starts_on, clock.today()))
    return former.version + 1


@law("CCM-22")
def _require_why(subject: Subject, plan: NewPlan) -> None:
    if plan.evaluation_id is None:
        if not plan.why:
            raise Problem("plan_change_needs_reason")
    elif not Evaluation.objects.filter(subject=subject, id=plan.evaluation_id).exists():
        raise Problem("invalid", fields={"evaluation": ["not found"]})


@law("CCL-61")
def _guard_stricter(actor: Actor, subject: Subject, former: Plan, plan: NewPlan) -> None:
    """A plan that asks more than the one before burdens the person."""
    lines = [frequency_of(line) for line in former.lines.all()]
    quiet = Quiet(former.quiet_from, former.quiet_to)
    if stricter(lines, plan.lines, quiet=quiet, new_quiet=plan.quiet):
        burden_guard(actor, subject, Burden.CONTACT_LIMIT)


def plan_extend(plan: Plan, subject: Subject) -> int:
    """Create the contacts that open within the window ahead and have no row yet; how many. The plan is
    locked.

    A window that was over before its row could exist is not created: nobody is late for what was not there.
    """
    now, today = clock.now(), clock.today()
    through = min(today + timedelta(days=setting("VISIT_AHEAD_DAYS")), subject.ends_on or today)
    frame, rows = frame_of(plan, subject), []
    for line in plan.lines.all():
        known = set(line.contacts.filter(slot__isnull=False).values_list("slot", flat=True))
        for window in windows(frequency_of(line), frame, through=through):
            if window.slot not in known and window.due_day >= today:
                rows.append(contact_row(line, plan, window, pk=uuid7(), created_by=None, now=now))
    contacts_insert(rows)
    if rows:
        contacts_excuse_all(subject)
    Plan.objects.filter(id=plan.id).update(planned_through=through)
    return len(rows)


@transaction.atomic
def plan_extend_due(plan_id: UUID) -> int:
    """The scheduler's turn with one plan. Another one that holds the lock does the work: then nothing."""
    plan = Plan.objects.select_for_update(skip_locked=True).filter(id=plan_id, state="in_force").first()
    if plan is None:
        return 0
    subject = Subject.objects.get(id=plan.subject_id)
    if subject.state != "in_correction" or not in_term(subject):
        return 0
    created = plan_extend(plan, subject)
    if created:
        detail = {"created": created}
        record(actor=SYSTEM, event="plan.extended", subject_kind="plan", subject_id=plan.id, detail=detail)
    return created


def plans_to_extend() -> list[UUID]:
    """Plans in force whose window ahead has become shorter than it should be, the oldest first."""
    through = clock.today() + timedelta(days=setting("VISIT_AHEAD_DAYS"))
    rows = Plan.objects.filter(
        Q(subject__ends_on__isnull=True) | Q(subject__ends_on__gt=F("planned_through")),
        state="in_force",
        subject__state="in_correction",
        planned_through__lt=through,
    )
    return list(rows.order_by("planned_through", "id").values_list("id", flat=True))
