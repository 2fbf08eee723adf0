"""Agreements over HTTP: what the keeper is shown, what is read with a purpose, and ten at once."""

from datetime import date, timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from edge.encryption import reveal, seal_value
from kernel import clock as kernel_clock
from kernel.ids import uuid7
from mediation import jobs
from mediation.models import (
    Agreement,
    AgreementMark,
    Case,
    CaseTransition,
    Document,
    FollowUp,
    Participant,
)
from mediation.services import Newcomer, mark_record, participant_add
from privacy.models import ReadLog
from privacy.services import subject_keys_create
from sync.files.models import Blob
from tasks.worklist import worklist
from tests.cast import District, Member, make_member
from tests.disputes.test_at_once import TEN, ten_posts
from tests.mediation.agreed import TERMS, accepted, instalments, marked, on_one_day, party, reached, signed
from tests.mediation.test_cases import refused_with
from tests.mediation.test_mediation_api import post
from tests.mediation.test_queries import asked

Cast = dict[str, Member]
AGREEMENTS, CASES = "/api/v1/mediation/agreements", "/api/v1/mediation/cases"
MONDAY, APRIL = date(2026, 3, 2), date(2026, 4, 1)


def body(case: Case, form: str = "written") -> dict[str, Any]:
    owed = {
        "debtor": str(party(case, 1).pk), "creditor": str(party(case).pk), "what": "支付赔偿款",
        "amount": "300.00", "instalments": [{"due_on": "2026-04-01", "amount": "300.00"}],
    }  # fmt: skip
    return {"id": str(uuid7()), "form": form, "terms": TERMS, "obligations": [owed]}


def mark(case: Case, number: int = 0, **more: Any) -> dict[str, Any]:
    said = {"role": "party", "party_id": str(party(case, number).pk), "manner": "signature"}
    return {**said, "made_on": "2026-03-02", **more}


@pytest.mark.django_db
@pytest.mark.law("PM-29")
def test_the_whole_way_to_an_agreement_in_effect(at_table: Case, cast: Cast) -> None:
    said = body(at_table)
    assert post(cast["mediator"], f"{CASES}/{at_table.pk}/agree", said).json()["state"] == "agreed"
    url = f"{AGREEMENTS}/{said['id']}"
    shown = cast["clerk"].client.get(url).json()
    assert (shown["state"], len(shown["missing"]), shown["effective_on"]) == ("written", 4, None)
    marked(Agreement.objects.get(), cast["clerk"], cast["keeper"], on_one_day(MONDAY))
    done = post(cast["director"], f"{url}/review").json()
    assert (done["state"], done["effective_on"], done["scans_missing"]) == ("performing", "2026-03-02", 4)
    assert (done["confirmation"]["last_day"], done["confirmation"]["days_left"]) == ("2026-04-01", 30)
    assert [way["law"] for way in done["left"]] == ["PM-32", "PM-33", "PM-31"]


@pytest.mark.django_db
def test_the_clerk_writes_marks_down_and_does_not_say_what_was_agreed(at_table: Case, cast: Cast) -> None:
    assert post(cast["clerk"], f"{CASES}/{at_table.pk}/agree", body(at_table)).status_code == 403


@pytest.mark.django_db
@pytest.mark.law("PM-29")
def test_the_keeper_sees_marks_and_neither_words_nor_what_is_owed(at_table: Case, cast: Cast) -> None:
    agreement = signed(at_table, cast, obligations=[instalments(at_table, (APRIL, "9.00"))])
    url = f"{AGREEMENTS}/{agreement.pk}"
    shown = cast["keeper"].client.get(url).json()
    assert (len(shown["marks"]), shown["obligations"]) == (4, [])
    assert post(cast["keeper"], f"{url}/words", {"purpose": "handle", "reason": "看"}).status_code == 403
    assert cast["keeper"].client.get("/api/v1/mediation/obligations").status_code == 403


@pytest.mark.django_db
@pytest.mark.law("DV-23")
def test_a_protected_agreement_is_sealed_by_the_director(at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"])
    Case.objects.filter(pk=at_table.pk).update(protected=True)
    url, seal = f"{AGREEMENTS}/{agreement.pk}", {"role": "seal", "manner": "seal", "made_on": "2026-03-02"}
    assert post(cast["keeper"], f"{url}/marks", seal).status_code == 404
    assert post(cast["director"], f"{url}/marks", seal).status_code == 200


@pytest.mark.django_db
def test_words_are_read_with_a_purpose_and_a_row(at_table: Case, cast: Cast) -> None:
    agreement = signed(at_table, cast, obligations=[instalments(at_table, (APRIL, "9.00"))])
    url, before = f"{AGREEMENTS}/{agreement.pk}/words", ReadLog.objects.count()
    assert post(cast["clerk"], url, {"purpose": "nothing", "reason": "看"}).status_code == 400
    words = post(cast["clerk"], url, {"purpose": "handle", "reason": "督促履行"}).json()
    assert (words["terms"], words["obligations"][0]["what"]) == (TERMS, "支付赔偿款")
    assert ReadLog.objects.count() == before + 1


@pytest.mark.django_db
def test_no_fact_in_the_trail_holds_a_word_of_it(at_table: Case, cast: Cast) -> None:
    signed(at_table, cast, obligations=[instalments(at_table, (APRIL, "9.00"))])
    trail = str(list(AuditEvent.objects.values_list("event", "detail", "fields", "reason")))
    assert "mediation.agreement_in_effect" in trail
    assert TERMS not in trail
    assert "支付赔偿款" not in trail


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["worker", "liaison", "officer", "analyst", "admin"])
def test_nobody_else_comes_near(district: District, who: str) -> None:
    other = make_member(district, who)
    for path in ("agreements", "obligations", "confirmations", "follow-ups"):
        assert other.client.get(f"/api/v1/mediation/{path}").status_code == 403


def by_agent(cast: Cast, case: Case, *, settles: bool, until: date | None) -> dict[str, Any]:
    """A mark of the first party's agent, made on 2026-03-03."""
    agreement, who = reached(case, cast["mediator"]), party(case)
    new = Newcomer(
        kind="agent", name="赵律师", party_id=who.pk, may_settle=settles, document="授权委托书",
        valid_from=MONDAY, valid_to=until,
    )  # fmt: skip
    participant_add(actor=cast["clerk"].actor, case_id=case.pk, who=new)
    return {
        "actor": cast["clerk"].actor, "agreement_id": agreement.pk, "role": "party", "party_id": who.pk,
        "made_on": date(2026, 3, 3), "manner": "signature", "signed_by": "agent",
        "mandate_id": Participant.objects.get().pk,
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.law("PM-29")
def test_an_agent_with_a_mandate_to_settle_signs(clock: Any, at_table: Case, cast: Cast) -> None:
    said = by_agent(cast, at_table, settles=True, until=None)
    clock.move(timedelta(days=1))
    assert mark_record(**said)[1] is False


@pytest.mark.law("MN-12")
@pytest.mark.django_db
@pytest.mark.law("PM-29")
@pytest.mark.parametrize(("settles", "until"), [(False, None), (True, MONDAY)])
def test_an_agent_without_one_on_that_day_does_not(
    clock: Any, at_table: Case, cast: Cast, settles: bool, until: date | None
) -> None:
    said = by_agent(cast, at_table, settles=settles, until=until)
    clock.move(timedelta(days=1))
    assert refused_with(mark_record, **said) == "proxy_without_mandate"


@pytest.mark.django_db
@pytest.mark.law("PM-27")
def test_scans_complete_the_file_and_move_no_day(clock: Any, at_table: Case, cast: Cast) -> None:
    agreement = signed(at_table, cast)
    url, ids = f"{AGREEMENTS}/{agreement.pk}/scan", [str(row.pk) for row in AgreementMark.objects.all()]
    clock.move(timedelta(days=9))
    absent = {"document_id": str(uuid7()), "mark_ids": ids}
    assert post(cast["clerk"], url, absent).json()["code"] == "scan_not_fitting"
    scanned = {"document_id": str(picture(at_table, cast["clerk"]).pk), "mark_ids": ids}
    shown = post(cast["clerk"], url, scanned).json()
    assert (shown["file_complete"], shown["effective_on"]) == (True, "2026-03-02")
    assert post(cast["clerk"], url, scanned)["Idempotent-Replay"] == "true"


def picture(case: Case, clerk: Member) -> Document:
    """The scanned agreement in the file."""
    at, (key_id,) = kernel_clock.now(), subject_keys_create(1)
    blob = Blob.objects.create(
        key_id=key_id, sha256=bytes(32), size=1, type="image/png", path="a", served_path="b",
        served_type="image/png", width=1, height=1, created_at=at,
    )  # fmt: skip
    pk = uuid7()
    return Document.objects.create(
        id=pk, case=case, visibility="all_parties", kind="agreement", key_id=key_id, blob=blob, added_at=at,
        title=seal_value(Document, "title", pk, "调解协议书", key_id), added_by=clerk.user,
        role="centre_clerk", uploaded_at=at,
    )  # fmt: skip


@pytest.mark.django_db
def test_the_worklist_tells_what_waits(clock: Any, at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"], obligations=[instalments(at_table, (APRIL, "9.00"))])
    assert sections(cast["keeper"]) == {"agreement_seal"}
    assert "agreement_marks" in sections(cast["clerk"])
    marked(agreement, cast["clerk"], cast["keeper"], on_one_day(MONDAY))
    assert "agreement_review" in sections(cast["director"])
    post(cast["director"], f"{AGREEMENTS}/{agreement.pk}/review")
    assert "agreement_confirm" in sections(cast["clerk"])
    clock.move(timedelta(days=30))
    assert "obligation_due" in sections(cast["clerk"])
    clock.move(timedelta(days=8))
    jobs.due(clock.at)
    assert {"obligation_over", "follow_up"} <= sections(cast["clerk"])


def sections(who: Member) -> set[str]:
    return {filled.section.code for filled in worklist(who.actor, kernel_clock.now())}


@pytest.mark.django_db
def test_no_follow_up_note_is_in_clear(at_table: Case, cast: Cast) -> None:
    agreement = signed(at_table, cast)
    post(
        cast["clerk"], f"{CASES}/{at_table.pk}/follow-up-wish",
        {"party_id": str(party(at_table).pk), "choice": "visit"},
    )  # fmt: skip
    row = FollowUp.objects.filter(agreement=agreement, party=party(at_table))[0]
    said = {"form": "visit", "done_on": "2026-03-02", "result": "partly", "note": "仍有争执"}
    url = f"/api/v1/mediation/follow-ups/{row.pk}"
    assert post(cast["clerk"], f"{url}/done", said).json()["result"] == "partly"
    row.refresh_from_db()
    assert "仍有争执".encode() not in bytes(row.note or b"")
    assert reveal(row, "note") == "仍有争执"


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["9999-12-31", "1999-12-31", "0001-01-01"])
def test_a_day_of_performance_is_of_this_century(at_table: Case, cast: Cast, day: str) -> None:
    said = body(at_table)
    said["obligations"][0]["instalments"][0]["due_on"] = day
    assert post(cast["mediator"], f"{CASES}/{at_table.pk}/agree", said).status_code == 400


@pytest.mark.django_db
@pytest.mark.law("PM-29")
def test_after_the_effect_no_mark_is_added(at_table: Case, cast: Cast) -> None:
    agreement = signed(at_table, cast)
    more = {"role": "mediator", "mediator_id": cast["director"].user.pk, "manner": "signature"}
    said = {"actor": cast["clerk"].actor, "agreement_id": agreement.pk, "made_on": MONDAY, **more}
    assert refused_with(mark_record, **said) == "marks_complete"


@pytest.mark.django_db
def test_no_list_asks_once_per_row(district: District, worker: Member, at_table: Case, cast: Cast) -> None:
    signed(at_table, cast, obligations=[instalments(at_table, (APRIL, "9.00"))])
    paths = [f"mediation/{name}" for name in ("agreements", "obligations", "confirmations", "follow-ups")]
    few = {path: asked(cast["clerk"], path) for path in paths}
    for number in range(3):
        people = [{"role": role, "name": f"{role}{number}"} for role in ("applicant", "respondent")]
        case = accepted(
            district, worker, cast["clerk"], cast["mediator"], parties=people, brief=f"第{number}"
        )
        signed(case, cast, obligations=[instalments(case, (APRIL, "9.00"), (date(2026, 5, 1), "1.00"))])
    assert {path: asked(cast["clerk"], path) for path in paths} == few
    assert max(few.values()) <= 12


@pytest.mark.usefixtures("committed")
@pytest.mark.law("PM-29")
def test_w9_ten_parallel_marks_are_one(at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"])
    url = f"{AGREEMENTS}/{agreement.pk}/marks"
    assert ten_posts(cast["clerk"], url, mark(at_table)) == ({200}, TEN - 1, 1)
    assert AgreementMark.objects.count() == 1


@pytest.mark.usefixtures("committed")
@pytest.mark.law("PM-29")
def test_w9_ten_parallel_reviews_take_effect_once(at_table: Case, cast: Cast) -> None:
    agreement = reached(at_table, cast["mediator"])
    marked(agreement, cast["clerk"], cast["keeper"], on_one_day(MONDAY))
    url = f"{AGREEMENTS}/{agreement.pk}/review"
    assert ten_posts(cast["director"], url, {}) == ({200}, TEN - 1, 1)
    assert CaseTransition.objects.filter(case=at_table, event="take_effect").count() == 1


@pytest.mark.usefixtures("committed")
def test_w9_ten_parallel_agreements_are_one(at_table: Case, cast: Cast) -> None:
    url = f"{CASES}/{at_table.pk}/agree"
    assert ten_posts(cast["mediator"], url, body(at_table)) == ({200}, TEN - 1, 1)
    assert CaseTransition.objects.filter(case=at_table, event="agree").count() == 1
