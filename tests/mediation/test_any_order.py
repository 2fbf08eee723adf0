"""Any order of calls by any role, and of pushes from phones, on a dispute and on its mediation: what the
tables do not have is refused with a problem, and every log of steps is a path of its table."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputes.machine import DISPUTE, LEVELS
from disputes.models import Dispute, DisputeTransition
from disputes.serializers.disputes import STEPS
from kernel import clock
from kernel.ids import uuid7
from kernel.transitions import StateTable
from mediation.machine import CASE, INTAKE
from mediation.models import (
    Agreement,
    Case,
    CaseParty,
    CaseTransition,
    IntakeItem,
    IntakeTransition,
    Obligation,
    Offer,
    OfferTransition,
    Referral,
    ReferralTransition,
    Session,
    SessionTransition,
)
from mediation.offer_rules import OFFER
from mediation.referral import REFERRAL
from mediation.session_rules import SESSION
from tests.cast import District, Member, make_member
from tests.disputes.test_commands import command
from tests.mediation.made import waiting
from tests.mediation.test_referrals import DETAILS

CALLERS = (
    "worker", "coordinator", "clerk", "director", "mediator", "keeper", "liaison", "other_clerk", "analyst",
)  # fmt: skip
ENDS = {"ways": ["10"], "form": "by_hand", "reason": "双方各执一词"}
WHY = {"reason": "说明"}
Body = dict[str, Any]


class Quarrel:
    """One dispute with everything that has come of it, and what can be asked of it: address and body."""

    def __init__(self, item: IntakeItem, mediator: Member) -> None:
        self.item, self.dispute, self.mediator = item, item.dispute_id, str(mediator.user.pk)

    @property
    def case(self) -> Any:
        return Case.objects.filter(dispute=self.dispute).order_by("-asked_at").first()

    def parties(self) -> list[str]:
        return [str(pk) for pk in CaseParty.objects.filter(case=self.case).values_list("pk", flat=True)]

    def last(self, model: Any, **where: Any) -> str:
        row = model.objects.filter(**where).order_by("-pk").first()
        return str(row.pk if row else uuid7())


def of_dispute(quarrel: Quarrel, event: str, level: str) -> tuple[str, Body]:
    said = {"to_level": level, "other_ways": ["court"], "closed_as": "court", "reopen_reason": "relapse"}
    return f"disputes/{quarrel.dispute}/steps", {"event": event, **WHY, **said}


def of_intake(quarrel: Quarrel, act: str) -> tuple[str, Body]:
    bodies: dict[str, Body] = {"read": {}, "offer": {}, "hand-back": {"level": "community", **WHY}}
    return f"mediation/intake/{quarrel.item.pk}/{act}", bodies.get(act, WHY)


def of_case(quarrel: Quarrel, act: str) -> tuple[str, Body]:
    parties, review = quarrel.parties(), (clock.today() + timedelta(days=20)).isoformat()
    one = {"party_id": parties[0] if parties else str(uuid7())}
    bodies: dict[str, Body] = {
        "consents": {**one, "steps": ["mediation", "personal_information"], "answer": "given"},
        "decline": ENDS, "fail": ENDS, "refuse": {}, "cannot-reach": {**one, "review_on": review, **WHY},
        "suspend": {"reason": "illness", "review_on": review}, "extend": {"days": 10},
        "mediators": {"user_ids": [quarrel.mediator], "chosen_by": "parties"},
        "mediators/declare": {"answer": "none", "user_id": quarrel.mediator},
        "agree": {"id": str(uuid7()), "form": "oral", "terms": "各退一步", "reached_on": "2026-03-02"},
        "participants": {"kind": "agent", "name": "周律师", "document": "委托书", "may_settle": True,
                         "valid_from": "2026-03-02", **one},
    }  # fmt: skip
    return f"mediation/cases/{quarrel.case.pk if quarrel.case else uuid7()}/{act}", bodies.get(act, {})


def of_table(quarrel: Quarrel, act: str) -> tuple[str, Body]:
    session = f"mediation/sessions/{quarrel.last(Session)}"
    offer, parties, begin = f"mediation/offers/{quarrel.last(Offer)}", quarrel.parties(), clock.now()
    who = {"party_id": parties[0], "to_ids": parties[1:]} if parties else {"party_id": str(uuid7())}
    case = {"case_id": str(quarrel.case.pk) if quarrel.case else str(uuid7())}
    times = {"starts_at": (begin + timedelta(hours=2)).isoformat(),
             "ends_at": (begin + timedelta(hours=3)).isoformat(), "room": "调解室二"}  # fmt: skip
    terms = {"terms": "三千元", "expires_at": (begin + timedelta(days=2)).isoformat()}
    acts: dict[str, tuple[str, Body]] = {
        "plan": ("mediation/sessions", {**case, "form": "joint", **times}),
        "invite": (f"{session}/invite", {}), "start": (f"{session}/start", {}),
        "postpone": (f"{session}/postpone", WHY), "replan": (f"{session}/replan", times),
        "cancel": (f"{session}/cancel", WHY), "make": ("mediation/offers", {**case, **who, **terms}),
        "answer": (f"{offer}/answer", {"party_id": (parties or [str(uuid7())])[-1], "answer": "accept"}),
        "withdraw": (f"{offer}/withdraw", {}),
    }  # fmt: skip
    return acts[act]


def of_referral(quarrel: Quarrel, act: str) -> tuple[str, Body]:
    if act == "draft":
        party = CaseParty.objects.filter(case=quarrel.case).first()
        return "mediation/referrals", {
            "dispute": str(quarrel.dispute), "party_id": str(party.dispute_party_id if party else uuid7()),
            "channel": "court", "kind": "transfer", "recipient": "人民法院", "details": DETAILS,
        }  # fmt: skip
    said: Body = {"outcome": "settled"} if act == "report-back" else WHY
    return f"mediation/referrals/{quarrel.last(Referral)}/{act}", said


def of_agreement(quarrel: Quarrel, act: str) -> tuple[str, Body]:
    agreement = f"mediation/agreements/{quarrel.last(Agreement, case=quarrel.case)}"
    obligation = f"mediation/obligations/{quarrel.last(Obligation)}"
    acts: dict[str, tuple[str, Body]] = {
        "performed": (f"{agreement}/performed", {"done_on": "2026-03-02"}),
        "drop": (f"{agreement}/drop", WHY), "review": (f"{agreement}/review", {}),
        "set-aside": (f"{agreement}/set-aside", {"document": "民初1号", "decided_on": "2026-03-02"}),
        "breach": (f"{obligation}/breach", {"since": "2026-03-02", **WHY}),
    }  # fmt: skip
    return acts[act]


Act = tuple[Callable[..., tuple[str, Body]], tuple[str, ...]]
ACTS: list[Act] = [
    (of_intake, ("read", "offer", "to-department", "close", "hand-back", "protect")),
    (of_case, ("consents", "accept", "decline", "refuse", "cannot-reach", "ask-again", "suspend", "resume",
               "extend", "fail", "mediators", "mediators/declare", "agree", "participants", "ways")),
    (of_table, ("plan", "invite", "start", "postpone", "replan", "cancel", "make", "answer", "withdraw")),
    (of_referral, ("draft", "agree", "send", "receive", "ask-more", "supply", "accept", "decline",
                   "report-back", "recall", "go-alone", "close")),
    (of_agreement, ("performed", "drop", "review", "set-aside", "breach")),
]  # fmt: skip
AT_THE_CENTRE = [(of, name) for of, names in ACTS for name in names]
LOGS: dict[StateTable, Any] = {
    INTAKE: (IntakeTransition, "item_id"), CASE: (CaseTransition, "case_id"),
    SESSION: (SessionTransition, "session_id"), OFFER: (OfferTransition, "offer_id"),
    REFERRAL: (ReferralTransition, "referral_id"),
}  # fmt: skip
one_act = st.one_of(
    st.tuples(st.just("centre"), st.sampled_from(CALLERS), st.sampled_from(AT_THE_CENTRE)),
    st.tuples(st.just("dispute"), st.sampled_from(CALLERS), st.sampled_from([*STEPS, "to_mediation", "x"])),
    st.tuples(st.just("push"), st.just("worker"), st.sampled_from([*STEPS, "refuse", "x"])),
)
likely = st.tuples(
    st.just("centre"), st.sampled_from(["clerk", "director", "mediator"]), st.sampled_from(AT_THE_CENTRE)
)


def sent(quarrel: Quarrel, who: Member, kind: str, what: Any, level: str) -> int:
    """The status that the caller gets; of a push that of the answer as a whole."""
    if kind == "push":
        item = command(quarrel.dispute, "take_step", event=what, reason="说明", to_level=level)
        envelope = {"batch_id": str(uuid7()), "schema": 1, "items": [item]}
        return int(who.client.post("/api/v1/sync/push", envelope, format="json").status_code)
    path, body = of_dispute(quarrel, what, level) if kind == "dispute" else what[0](quarrel, what[1])
    answer = who.client.post(f"/api/v1/{path}", body, format="json")
    if answer.status_code >= 400:
        assert answer.json()["code"], (path, answer.content)
    return int(answer.status_code)


def path_of(table: StateTable, rows: list[Any], names: tuple[str, str]) -> None:
    """Each step is a row of the table, by a role that may, and begins where the one before has ended."""
    allowed = {(row.source, row.event, row.target): row.roles for row in table.transitions}
    steps = [(getattr(row, names[0]), row.event, getattr(row, names[1])) for row in rows]
    for row, step in zip(rows, steps, strict=True):
        assert step in allowed, (table.name, step)
        assert not row.role or row.role in allowed[step], (table.name, step, row.role)
    assert not steps or steps[0][0] == table.initial
    assert all(earlier[2] == later[0] for earlier, later in pairwise(steps)), (table.name, steps)


def every_log_is_a_path(quarrel: Quarrel) -> None:
    log = DisputeTransition.objects.filter(dispute=quarrel.dispute).order_by("at", "id")
    rows = list(log.exclude(event="register"))
    path_of(DISPUTE, rows, ("from_state", "to_state"))
    stands = rows[-1].to_state if rows else DISPUTE.initial
    assert Dispute.objects.get(pk=quarrel.dispute).state == stands
    for table, (model, owner) in LOGS.items():
        for pk in model.objects.values_list(owner, flat=True).distinct():
            log = list(model.objects.filter(**{owner: pk}).order_by("at", "id"))
            path_of(table, log, ("source", "target"))


@pytest.fixture
def people(clock: Any, district: District) -> dict[str, Member]:
    return {name: make_member(district, name) for name in CALLERS}


@pytest.mark.django_db
@given(acts=st.lists(st.one_of(one_act, likely), min_size=12, max_size=30), level=st.sampled_from(LEVELS))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_in_whatever_order_the_tables_hold(
    people: dict[str, Member], district: District, acts: list[Any], level: Any
) -> None:
    with transaction.atomic():
        quarrel = Quarrel(waiting(district, people["worker"]), people["mediator"])
        for kind, who, what in acts:
            status = sent(quarrel, people[who], kind, what, level.value)
            assert status < 500, (who, what)
        every_log_is_a_path(quarrel)
        transaction.set_rollback(True)
