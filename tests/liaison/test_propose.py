"""A report on the table: by a person or, on a dispute, by a rule; with observed facts and never twice."""

from typing import Any

import pytest

from audit.models import AuditEvent
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.ids import uuid7
from kernel.problems import Problem
from liaison.access import visible_to
from liaison.models import Report, ReportTransition
from liaison.services import Observed, Source, report_draft, report_propose, report_put_forward
from tests.cast import District, Member, make_member

pytestmark = pytest.mark.django_db


def seen(district: District, **changes: Any) -> Observed:
    said = {
        "acts": ("threat",), "observed_at": clock.now(), "area_id": district.areas["A1"].id,
        "grid_id": district.grids["A1-1"].id,
    }  # fmt: skip
    return Observed(**(said | changes))


def propose(district: District, ground: str = "PS-1", actor: Actor = SYSTEM, **changes: Any) -> Report:
    said = {"source": Source("dispute", uuid7()), "observed": seen(district)} | changes
    return report_propose(actor=actor, ground=ground, **said)


@pytest.mark.law("PS-1")
def test_a_rule_puts_a_report_on_the_table_and_no_further(district: District) -> None:
    report = propose(district, source=Source("dispute", uuid7(), rule="danger_life_limb"))
    assert (report.state, report.author, report.recipient, report.rule) == (
        "proposed",
        None,
        None,
        "danger_life_limb",
    )
    assert ReportTransition.objects.get(report=report).event == "propose"
    assert AuditEvent.objects.get(event="report.proposed").detail["ground"] == "PS-1"


def test_the_same_ground_for_the_same_matter_is_one_report(district: District) -> None:
    first = propose(district)
    again = propose(district, source=Source("dispute", first.source_id))
    assert (again, Report.objects.count()) == (first, 1)


@pytest.mark.law("PS-5")
@pytest.mark.parametrize("ground", ["PS-2", "PS-5"])
def test_a_machine_proposes_neither_crime_nor_correction(district: District, ground: str) -> None:
    with pytest.raises(Problem, match="ground_not_for_machine"):
        propose(district, ground)


def test_a_machine_proposes_on_disputes_only(district: District) -> None:
    with pytest.raises(Problem, match="ground_not_for_machine"):
        propose(district, source=Source("visit", uuid7()))


@pytest.mark.law("PS-1")
def test_a_mediator_may_propose_what_a_clerk_may_not(
    district: District, mediator: Member, clerk: Member
) -> None:
    assert propose(district, actor=mediator.actor).author == mediator.user
    with pytest.raises(Problem, match="ground_not_yours"):
        propose(district, actor=clerk.actor)


@pytest.mark.law("PS-3")
def test_who_reports_violence_at_home_is_masked(district: District) -> None:
    assert propose(district, "PS-3").reporter_masked
    assert not propose(district, "PS-4").reporter_masked


@pytest.mark.law("PS-1")
@pytest.mark.parametrize("change", [{"acts": ()}, {"grid_id": None}])
def test_a_report_says_act_time_and_place(district: District, change: dict[str, Any]) -> None:
    with pytest.raises(Problem, match="report_facts_missing"):
        propose(district, observed=seen(district, **change))


@pytest.mark.law("MN-14")
def test_there_is_no_other_ground(district: District) -> None:
    with pytest.raises(Problem, match="invalid"):
        propose(district, "other")


def test_a_proposed_report_exists_for_no_liaison_officer(district: District, liaison: Member) -> None:
    report = propose(district)
    Report.objects.filter(id=report.id).update(recipient=district.organisations["police A"])
    assert not visible_to(liaison.actor).exists()


def test_the_table_has_no_place_for_a_statement() -> None:
    columns = {field.name for field in Report._meta.get_fields()}
    assert not any(
        word in name for name in columns for word in ("text", "statement", "note", "contact", "position")
    )


@pytest.mark.law("PS-1")
@pytest.mark.parametrize("resting", ["drafted", "declined"])
def test_what_rests_with_somebody_else_silences_nobody(
    district: District, mediator: Member, resting: str
) -> None:
    colleague = make_member(district, "other_mediator")
    source = Source("dispute", uuid7())
    said: dict[str, Any] = {"ground": "PS-1", "source": source, "observed": seen(district)}
    first, _ = report_draft(actor=mediator.actor, **said)
    Report.objects.filter(pk=first.pk).update(state=resting)
    second, _ = report_draft(actor=colleague.actor, **said)
    assert second.pk != first.pk
    report_put_forward(actor=colleague.actor, report_id=second.pk)
    if resting == "drafted":
        with pytest.raises(Problem, match="report_on_its_way"):
            report_put_forward(actor=mediator.actor, report_id=first.pk)
