"""The protected track in every face: whoever asks whatever way, nobody reads where the person at risk is."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rest_framework.viewsets import ViewSetMixin

from audit import delivery
from disputes.models import Dispute, Screening
from disputes.services import mediators_name
from tests.access.routes import Route, routes
from tests.cast import STAFF, District, Member, make_member
from tests.disputes.made import BEATING, body, dispute_of, screened
from tests.disputes.test_api import WHY, post, url
from tests.disputes.test_commands import command, said

NUMBER = "13700009999"
SECRETS = ("藏身巷", NUMBER, "230103199001012345")
HIDDEN_FOR = [name for name in STAFF if name not in {"director", "mediator"} and "other" not in name]
HOLDERS = {
    "disputes",
    "mediation",
    "escalation",
    "tasks",
    "liaison",
    "sync",
    "audit",
    "privacy",
    "corrections",
}
"""Packages whose answers could hold anything of a dispute."""


@pytest.fixture
def hidden(clock: Any, district: District, worker: Member) -> Screening:
    person = {
        "role": "person_at_risk", "name": "王芳", "phone": NUMBER, "id_number": "230103199001012345",
    }  # fmt: skip
    stalked = {"code": "stalking", "what": "跟到藏身巷", "by_whom": "前夫"}
    data = body(
        district, parties=[person, {"role": "respondent", "name": "赵六", "phone": "13711110000"}],
        signs=[stalked], address="藏身巷 7 号", brief="她住藏身巷 7 号", done="送到藏身巷",
    )  # fmt: skip
    return screened(worker, data)


def gets(hidden: Screening) -> Iterator[tuple[Route, str]]:
    """Every GET of the server: lists as they are, details of the dispute and of its record."""
    ids = [hidden.id, dispute_of(hidden).id]
    for route in routes():
        package = route.view.__module__.split(".")[0]
        if route.method == "get" and package in HOLDERS and not route.view.policy.public:
            for pk in ids if "<uuid" in route.path else [None]:
                yield route, "/" + re.sub(r"<\w+:\w+>", str(pk), route.path)


def _roles(route: Route) -> frozenset[Any]:
    """Who may ask at all; that the others are refused is tried for every route elsewhere."""
    return frozenset(route.view.policy.roles(route.action))


def _takes_purpose(route: Route) -> bool:
    view = route.view(action=route.action) if issubclass(route.view, ViewSetMixin) else route.view()
    return "purpose" in view.allowed_parameters()


@pytest.mark.law("MN-13", refused=True)
@pytest.mark.law("DV-23")
@pytest.mark.usefixtures("committed")
def test_no_get_of_any_role_tells_where_she_is(
    hidden: Screening, district: District, director: Member
) -> None:
    delivery.drain()
    told: list[tuple[str, str]] = []
    for name in [*HIDDEN_FOR, "second_worker", "neighbour_worker", "outsider"]:
        member = make_member(district, name)
        allowed = [(route, path) for route, path in gets(hidden) if member.actor.role in _roles(route)]
        for route, path in allowed:
            asked = WHY if _takes_purpose(route) else {}
            text = member.client.get(path, asked).content.decode(errors="replace")
            told += [(name, route.name) for secret in SECRETS if secret in text]
    assert told == []
    assert "藏身巷" in director.client.get(url(hidden, "particulars"), WHY).content.decode()


@pytest.mark.law("DV-23")
@pytest.mark.usefixtures("committed")
def test_no_phone_but_the_authors_holds_it(hidden: Screening, worker: Member, second_worker: Member) -> None:
    asked = {"cursor": None, "limit": 1000, "schema": 1}
    own, colleague = (
        who.client.post("/api/v1/sync/pull", asked, format="json").content.decode()
        for who in (worker, second_worker)
    )
    assert str(dispute_of(hidden).id) in own
    assert not any(mark in colleague for mark in (*SECRETS, str(hidden.id)))


pytest_db = pytest.mark.django_db
WISH = {"kind": "contact", "wanted": True, "said_alone_on": "2026-03-02"}
TRY = {"result": "unreachable", "all_consented": False, "tried_on": "2026-03-02"}


@pytest_db
@pytest.mark.law("DV-23")
def test_the_other_side_is_contacted_only_by_her_wish(hidden: Screening, director: Member) -> None:
    dispute = dispute_of(hidden)
    assert post(director, url(dispute, "attempts"), **TRY).json()["code"] == "wish_required"
    assert post(director, url(dispute, "wishes"), **WISH).status_code == 200
    assert post(director, url(dispute, "attempts"), **TRY).status_code == 201
    post(director, url(dispute, "wishes"), **WISH | {"wanted": False})
    assert post(director, url(dispute, "attempts"), **TRY).json()["code"] == "wish_required"
    read = director.client.get(url(dispute, "wishes"), WHY).json()
    assert [row["wanted"] for row in read] == [True, False]


@pytest_db
@pytest.mark.law("DV-23")
def test_a_joint_session_needs_the_directors_reason_too(
    hidden: Screening, director: Member, mediator: Member
) -> None:
    dispute = dispute_of(hidden)
    mediators_name(actor=director.actor, dispute_id=dispute.id, user_ids=[mediator.user.id])
    joint = WISH | {"kind": "joint"}
    assert post(mediator, url(dispute, "wishes"), **joint, reason="愿意").json()["code"] == "role_not_allowed"
    assert post(director, url(dispute, "wishes"), **joint).json()["code"] == "reason_required"
    assert post(director, url(dispute, "wishes"), **joint, reason="本人多次表示愿意").status_code == 200


@pytest_db
@pytest.mark.parametrize(
    ("change", "code"),
    [({"said_alone_on": "2026-03-03"}, "heard_alone_required"), ({"kind": "x"}, "invalid")],
)
def test_a_wish_is_said_alone_and_of_a_known_kind(
    hidden: Screening, director: Member, change: dict[str, str], code: str
) -> None:
    assert post(director, url(dispute_of(hidden), "wishes"), **WISH | change).json()["code"] == code


@pytest_db
@pytest.mark.law("DV-23")
def test_only_the_director_lifts_and_the_hearing_is_recorded(
    hidden: Screening, director: Member, clerk: Member, coordinator: Member
) -> None:
    dispute, lift = dispute_of(hidden), {"reason": "本人要求", "heard_alone_on": "2026-03-02"}
    for who in (clerk, coordinator):
        assert post(who, url(dispute, "protection/lift"), **lift).status_code == 403
    assert (
        post(director, url(dispute, "protection/lift"), reason="x").json()["code"] == "heard_alone_required"
    )
    assert post(director, url(dispute, "protection/lift"), **lift).json()["protected"] is False
    assert post(director, url(dispute, "protection/lift"), **lift)["Idempotent-Replay"] == "true"


@pytest.mark.usefixtures("committed")
def test_a_restricted_one_takes_no_command_from_a_phone(
    clock: Any, district: District, worker: Member, drain: Callable[[], Any]
) -> None:
    dispute = dispute_of(screened(worker, body(district, signs=[BEATING])))
    words: dict[str, dict[str, str]] = {
        "add_note": {"words": "x"}, "settle": {"terms": "x", "by_whom": "y"}, "ask_hand_up": {"reason": "x"},
    }  # fmt: skip
    for verb, args in words.items():
        assert said(worker, command(dispute.id, verb, **args)) == [("rejected", "target_unknown")]
    assert Dispute.objects.get(id=dispute.id).state == "registered"
