"""代理: a deputy signs what the document gives, and each act says in whose place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts import services as accounts
from accounts.models import Membership
from audit.models import AuditEvent
from corrections.models import ActStep
from corrections.services import decision_decide, positioning_approve
from corrections.signing import signed_steps
from kernel import clock as clocks
from kernel.actor import Acting, Actor
from kernel.codes.roles import Role
from kernel.problems import Problem
from kernel.signing import Signing
from kernel.transitions import state_tables
from tests.cast import District, Member, join
from tests.corrections.decided import heard
from tests.corrections.positioned import applied
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")
PAPER = "哈司 2026-9 号"


@pytest.fixture
def deputy(district: District) -> Callable[..., Actor]:
    """Somebody of the bureau or the agency in the place of its head, with what may be signed."""

    def make(head: Member, *signs: Signing) -> Actor:
        name = f"deputy-{head.membership.role}"
        office = head.membership.organisation.name.removeprefix("测试")
        user, membership = join(district, name, Role(head.membership.role), office)
        Membership.objects.filter(pk=membership.pk).update(
            acting_for=head.membership, acting_document=PAPER, acting_signs=list(signs),
            valid_to=clocks.today() + timedelta(days=30),
        )  # fmt: skip
        actor = Member(user, membership).actor
        return replace(actor, acting=Acting(head.user.id, PAPER, frozenset(signs)))

    return make


def test_every_signature_is_a_step_that_exists() -> None:
    tables = state_tables()
    for machine, event in signed_steps():
        assert event in {row.event for row in tables[machine].transitions}


@pytest.mark.law("CCL-29b")
def test_a_deputy_of_the_bureau_s_head_approves_and_the_act_says_so(
    case: Case, agency: Member, bureau_head: Member, assessed: None, deputy: Callable[..., Actor]
) -> None:
    order = applied(agency.actor, case)
    actor = deputy(bureau_head, Signing.POSITIONING)
    positioning_approve(actor=actor, order_id=order.id, ends_on=clocks.today() + timedelta(days=60))
    step = ActStep.objects.get(row_id=order.id, event="approve")
    assert (step.actor_id, step.acting_for_id) == (actor.user_id, bureau_head.user.id)
    told = AuditEvent.objects.get(event="positioning_order.approve").detail
    assert (told["acting_for"], told["acting_document"]) == (str(bureau_head.user.id), PAPER)
    shown = agency.client.get(f"/api/v1/corrections/positioning-orders/{order.id}").json()["steps"]
    assert ("approve", str(bureau_head.user.id)) in [(row["event"], row["acting_for"]) for row in shown]


@pytest.mark.law("CCL-29b")
def test_what_the_document_does_not_give_is_not_signed(
    case: Case, agency: Member, bureau_head: Member, assessed: None, deputy: Callable[..., Actor]
) -> None:
    order = applied(agency.actor, case)
    actor = deputy(bureau_head, Signing.DECISION)
    with pytest.raises(Problem, match="acting_not_given"):
        positioning_approve(actor=actor, order_id=order.id, ends_on=clocks.today() + timedelta(days=60))


@pytest.mark.law("CCL-9/10")
def test_a_deputy_at_the_agency_decides_and_still_not_the_own_draft(
    case: Case, officer: Member, agency_head: Member, deputy: Callable[..., Actor]
) -> None:
    actor = deputy(agency_head, Signing.DECISION)
    row = decision_decide(
        actor=actor, decision_id=heard(officer.actor, case.subject).id, decided_on=clocks.today()
    )
    assert row.decided_by_id == actor.user_id
    with pytest.raises(Problem, match="decider_is_drafter"):
        decision_decide(actor=actor, decision_id=heard(actor, case.subject).id, decided_on=clocks.today())


def test_a_session_of_a_deputy_knows_in_whose_place(
    agency_head: Member, deputy: Callable[..., Actor], admin: Member
) -> None:
    actor = deputy(agency_head, Signing.LEAVE)
    membership = Membership.objects.get(id=actor.membership_id)
    session = accounts.login(user=membership.user, request_id="")
    me = APIClient(headers={"authorization": f"Bearer {session.access}"}).get("/api/v1/auth/me").json()
    assert me["acting"] == {
        "for_user": str(agency_head.user.id), "document": PAPER, "signs": ["leave"],
        "until": str(membership.valid_to),
    }  # fmt: skip


def appointed(admin: Member, head: Member, user: Any, **changes: Any) -> Membership:
    acting = accounts.Deputy(head.membership.id, PAPER, [Signing.LEAVE])
    values = {
        "user_id": user.id, "role": Role(head.membership.role), "valid_from": clocks.today(),
        "organisation_id": head.membership.organisation_id, "acting": acting,
        "valid_to": clocks.today() + timedelta(days=30),
    } | changes  # fmt: skip
    return accounts.membership_propose(actor=admin.actor, **values)


def test_a_deputy_waits_for_the_head_who_confirms_and_is_no_deputy_of_a_deputy(
    admin: Member, agency_head: Member, agency: Member, district: District
) -> None:
    newcomer = accounts.user_create(actor=admin.actor, username="newcomer", name="王五")
    row = appointed(admin, agency_head, newcomer)
    assert (row.state, row.acting_signs) == ("proposed", ["leave"])
    Membership.objects.filter(id=row.id).update(state="confirmed", confirmed_at=clocks.now())
    another = accounts.user_create(actor=admin.actor, username="another", name="赵六")
    with pytest.raises(Problem, match="acting_not_possible"):
        appointed(admin, agency_head, another, acting=accounts.Deputy(row.id, PAPER, [Signing.LEAVE]))


def test_a_deputy_has_an_end_and_takes_another_one_s_place(admin: Member, agency_head: Member) -> None:
    newcomer = accounts.user_create(actor=admin.actor, username="newcomer", name="王五")
    with pytest.raises(Problem, match="acting_not_possible"):
        appointed(admin, agency_head, newcomer, valid_to=None)
    with pytest.raises(Problem, match="acting_not_possible"):
        appointed(admin, agency_head, agency_head.user)


def test_the_api_asks_what_may_be_signed(admin: Member, agency_head: Member) -> None:
    newcomer = accounts.user_create(actor=admin.actor, username="newcomer", name="王五")
    body = {
        "user": str(newcomer.id), "role": "agency_head", "valid_from": str(clocks.today()),
        "organisation": str(agency_head.membership.organisation_id), "acting_document": PAPER,
        "valid_to": str(clocks.today() + timedelta(days=30)),
        "acting_for": str(agency_head.membership.id), "acting_signs": [],
    }  # fmt: skip
    answer = admin.client.post("/api/v1/memberships", body, format="json")
    assert answer.json()["code"] == "acting_signs_needed"
    answer = admin.client.post("/api/v1/memberships", body | {"acting_signs": ["leave"]}, format="json")
    assert answer.json()["acting_signs"] == ["leave"]
