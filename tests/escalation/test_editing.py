"""Rules and profiles edited by API, tried on history first; more time by somebody else's approval."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from audit.models import AuditEvent
from disputes.models import Dispute, DisputeParty
from disputes.reactions import end_reviews
from disputes.services import dispute_hand_up, dispute_suspend, party_refuse
from escalation.clocks import Profile, extended, within_limit
from escalation.models import LevelClock, Pause, ProfileVersion, Rule, RuleVersion
from escalation.services import extension_ask, extension_decide, profile_set
from kernel.actor import SYSTEM
from kernel.calendar import WorkCalendar
from kernel.codes.roles import Role
from kernel.problems import Problem
from tasks.codes import TaskKind
from tasks.services import About, task_create
from tests.cast import District, Member
from tests.disputes.made import THREAT, body
from tests.disputes.test_api import post
from tests.escalation.made import clocks, evaluated, fired, react
from tests.escalation.test_rulebook import SHIPPED

RULES, TRIALS = "/api/v1/escalation/rules", "/api/v1/escalation/trials"
PROFILES, EXTENSIONS = "/api/v1/escalation/profiles", "/api/v1/escalation/extensions"
NOISE: dict[str, Any] = {
    "code": "noise_up", "zh": "邻里噪音上社区", "en": "noise goes up", "on": ["dispute.registered"],
    "when": {"fact": "category", "op": "is", "value": "02"}, "do": [{"action": "hand_up", "to": "next"}],
    "once_per": "dispute",
}  # fmt: skip


@pytest.fixture
def quarrel(clock: Any, district: District, worker: Member) -> Dispute:
    """Registered on Monday 2026-03-02, at the community (reported up)."""
    return evaluated(worker, body(district))


def running(dispute: Dispute) -> LevelClock:
    return LevelClock.objects.get(dispute=dispute, ended_at=None)


@pytest.mark.django_db
def test_a_rule_is_kept_tried_and_put_in_force(
    quarrel: Dispute, district: District, admin: Member, director: Member, worker: Member
) -> None:
    kept = post(admin, RULES, rule=NOISE).json()
    assert (kept["active"], len(kept["versions"])) == (None, 1)
    tried = post(director, TRIALS, rule=NOISE).json()
    assert (tried["would_fire"], tried["lines"][0]["dispute"]) == (1, quarrel.code)
    assert post(admin, TRIALS, rule=NOISE).json()["lines"] == []
    assert post(admin, f"{RULES}/{kept['id']}/activate", number=1).json()["active"] == 1
    other = evaluated(worker, body(district, parties=[], outcome="watching", watch_until="2026-03-10"))
    assert fired(other) == ["noise_up"]


@pytest.mark.django_db
def test_other_words_are_another_version_and_the_same_are_not(admin: Member) -> None:
    post(admin, RULES, rule=NOISE, activate=True)
    again = post(admin, RULES, rule=NOISE, activate=True)
    assert (again.status_code, again["Idempotent-Replay"]) == (201, "true")
    changed = post(admin, RULES, rule={**NOISE, "zh": "改"}, activate=True).json()
    assert (changed["active"], [version["number"] for version in changed["versions"]]) == (2, [2, 1])
    assert post(admin, f"{RULES}/{changed['id']}/activate", number=1).json()["active"] == 1
    retired = post(admin, f"{RULES}/{changed['id']}/retire", reason="不再需要").json()
    assert (retired["active"], RuleVersion.objects.filter(rule__code="noise_up").count()) == (None, 2)


@pytest.mark.django_db
@pytest.mark.law("PI-24")
@pytest.mark.parametrize(
    "change",
    [
        {"do": [{"action": "sanction"}]}, {"do": [{"action": "open_case"}]}, {"code": "x" * 41},
        {"when": {"fact": "religion", "op": "is", "value": "x"}}, {"zh": "长" * 201}, {"on": ["nothing"]},
        {"when": {"all": [{"fact": "party_asks", "op": "is", "value": True},
                          {"fact": "party_asks", "op": "is", "value": False}]}},
    ],
)  # fmt: skip
def test_w6_a_rule_that_cannot_fire_or_may_not_act_is_refused_on_save(
    admin: Member, change: dict[str, Any]
) -> None:
    answer = post(admin, RULES, rule={**NOISE, **change})
    assert (answer.status_code, answer.json()["code"]) == (400, "rule_invalid")
    assert Rule.objects.count() == len(SHIPPED)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["worker", "clerk", "director", "analyst"])
def test_only_the_administrator_edits(request: pytest.FixtureRequest, admin: Member, who: str) -> None:
    member: Member = request.getfixturevalue(who)
    assert post(member, RULES, rule=NOISE).status_code == 403
    assert post(member, PROFILES, profile="fast", days="grid=2", reason="x").status_code == 403


@pytest.mark.django_db
def test_the_command_prints_what_would_have_fired(
    quarrel: Dispute, district: District, worker: Member
) -> None:
    evaluated(worker, body(district, parties=[], signs=[THREAT]))
    out = StringIO()
    call_command("escalation_rules_load", "--dry-run", stdout=out)
    lines = [line for line in out.getvalue().splitlines() if "danger_life_limb on" in line]
    assert len(lines) == 1
    assert lines[0].strip().startswith("= 2026-03-02")


@pytest.mark.django_db
@pytest.mark.law("EF-4")
def test_a_new_profile_is_for_clocks_that_begin_from_now_on(
    quarrel: Dispute, admin: Member, coordinator: Member, clerk: Member
) -> None:
    before = running(quarrel)
    made = post(admin, PROFILES, profile="fast", days="street=5", reason="人手不足").json()
    assert (made["number"], made["days"]) == (1, {"street": 5})
    dispute_hand_up(actor=coordinator.actor, dispute_id=quarrel.pk, level="street", reason="需街道协调")
    react(quarrel)
    before.refresh_from_db()
    assert (before.profile_version, running(quarrel).last_day) == (None, date(2026, 3, 9))
    assert running(quarrel).profile_version == ProfileVersion.objects.get()
    assert clerk.client.get(PROFILES).json()[0]["reason"] == "人手不足"


@pytest.mark.law("EF-4")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("profile", "days"), [("fast", "attic=1"), ("fast", ""), ("fast", "grid=91"), ("slow", "grid=1")]
)
def test_a_profile_names_known_levels_and_days(admin: Member, profile: str, days: str) -> None:
    with pytest.raises(Problem, match="profile_invalid"):
        profile_set(actor=admin.actor, profile=profile, days=days, reason="x")


@pytest.mark.django_db
@pytest.mark.law("EF-5")
def test_more_time_is_asked_for_and_approved_by_somebody_else(
    quarrel: Dispute, coordinator: Member, director: Member, clerk: Member
) -> None:
    asked = {"clock": str(running(quarrel).pk), "days": 2, "reason": "一方出差"}
    made = post(coordinator, EXTENSIONS, **asked).json()
    assert (made["state"], running(quarrel).last_day) == ("asked", date(2026, 3, 4))
    decision = f"{EXTENSIONS}/{made['id']}/decision"
    assert post(clerk, decision, approve=True, reason="同意").status_code == 403
    done = post(director, decision, approve=True, reason="同意").json()
    assert (done["state"], done["last_day_before"], done["last_day"]) == (
        "approved",
        "2026-03-04",
        "2026-03-06",
    )
    assert post(director, decision, approve=True, reason="同意")["Idempotent-Replay"] == "true"
    assert post(director, decision, approve=False, reason="改")["content-type"] == "application/problem+json"
    out = StringIO()
    call_command("escalation_explain", quarrel.code, stdout=out)
    assert "extension of clock 1 by 2 d" in out.getvalue()


def refused(act: Any, **said: Any) -> str:
    with pytest.raises(Problem) as caught:
        act(**said)
    return caught.value.code


@pytest.mark.django_db
@pytest.mark.law("EF-5")
def test_who_may_not_have_more_time(
    clock: Any, quarrel: Dispute, coordinator: Member, worker: Member, director: Member
) -> None:
    said = {"clock_id": running(quarrel).pk, "reason": "需要"}
    assert refused(extension_ask, actor=coordinator.actor, days=6, **said) == "extension_too_long"
    assert refused(extension_ask, actor=worker.actor, days=1, **said) == "level_not_yours"
    own, _ = extension_ask(actor=director.actor, days=1, **said)
    decide = {"extension_id": own.pk, "approve": True, "reason": "x"}
    assert refused(extension_decide, actor=director.actor, **decide) == "own_extension"
    assert refused(extension_ask, actor=coordinator.actor, days=2, **said) == "extension_open_already"


@pytest.mark.law("EF-5")
def test_the_event_profile_has_a_hard_end() -> None:
    calendar, start = WorkCalendar(), date(2026, 3, 2)
    due = extended(Profile.EVENT, date(2026, 3, 9), 5, calendar=calendar)
    assert due.last_day == date(2026, 3, 14)
    limits = {"registered_on": start, "paused_days": 0, "most": 15}
    assert within_limit(Profile.EVENT, date(2026, 3, 17), **limits)
    assert not within_limit(Profile.EVENT, date(2026, 3, 18), **limits)
    assert within_limit(Profile.EVENT, date(2026, 3, 18), **limits | {"paused_days": 1})


@pytest.mark.django_db
@pytest.mark.law("EF-5")
def test_a_pause_belongs_to_the_case(
    clock: Any, quarrel: Dispute, admin: Member, coordinator: Member
) -> None:
    profile_set(actor=admin.actor, profile="event", days="community=3 street=7", reason="试行")
    said = {"actor": coordinator.actor, "dispute_id": quarrel.pk}
    dispute_suspend(**said, reason="等待鉴定", review_on=date(2026, 3, 20))
    react(quarrel)
    clock.move(timedelta(days=5))
    dispute_suspend(**said, reason="鉴定完成", review_on=None)
    react(quarrel)
    dispute_hand_up(**said, level="street", reason="需街道协调")
    react(quarrel)
    assert Pause.objects.get().resumed_at == clock.at
    # Seven days from the registration on the 2nd, and the five that the case stood still.
    assert (clocks(quarrel)[-1], running(quarrel).last_day) == (("street", ""), date(2026, 3, 14))


@pytest.mark.django_db
def test_the_timeline_shows_what_fired(
    quarrel: Dispute, district: District, worker: Member, clerk: Member
) -> None:
    dispute = evaluated(worker, body(district, parties=[], signs=[THREAT]))
    entries = clerk.client.get(f"/api/v1/disputes/{dispute.pk}/timeline").json()
    assert any("rule=danger_life_limb" in entry["marks"] for entry in entries)


@pytest.mark.django_db
def test_rules_clocks_and_firings_are_found_by_what_they_are(
    quarrel: Dispute, admin: Member, coordinator: Member, clock: Any
) -> None:
    post(admin, RULES, rule=NOISE)

    def count(who: Member, query: str) -> int:
        return int(who.client.get(f"/api/v1/escalation/{query}").json()["count"])

    assert [count(admin, f"rules?{query}") for query in ("code=noise_up", "code=noise_up&active=true")] == [
        1,
        0,
    ]
    assert [count(coordinator, f"clocks?over={over}") for over in ("true", "false")] == [0, 1]
    LevelClock.objects.filter(dispute=quarrel).update(due_at=clock.at)
    assert [count(coordinator, f"clocks?over={over}") for over in ("true", "false")] == [1, 0]
    assert count(coordinator, "firings?event=dispute.applied") == 0


@pytest.mark.django_db
def test_a_request_for_a_clock_that_has_ended_asks_nobody(
    quarrel: Dispute, coordinator: Member, director: Member
) -> None:
    def asked() -> bool:
        sections = director.client.get("/api/v1/worklist").json()["sections"]
        return "extensions_asked" in {section["code"] for section in sections}

    extension_ask(actor=coordinator.actor, clock_id=running(quarrel).pk, days=2, reason="待回复")
    before = asked()
    LevelClock.objects.filter(dispute=quarrel).update(ended_at=quarrel.opened_at, end="left")
    assert (before, asked()) == (True, False)


@pytest.mark.django_db
@pytest.mark.law("PM-17")
def test_after_a_refusal_nothing_that_a_rule_had_set_comes_up_again(
    quarrel: Dispute, admin: Member, coordinator: Member
) -> None:
    about = About("dispute", quarrel.id)
    task = task_create(
        actor=SYSTEM, kind=TaskKind.REVIEW, about=about, role=Role.COMMUNITY_COORDINATOR,
        organisation_id=coordinator.membership.organisation_id,
    )  # fmt: skip
    party = DisputeParty.objects.filter(dispute=quarrel).first()
    assert party is not None
    party_refuse(actor=coordinator.actor, dispute_id=quarrel.id, party_id=party.id)
    end_reviews(AuditEvent.objects.filter(subject_id=quarrel.id).latest("id"))
    task.refresh_from_db()
    assert task.state == "cancelled"
