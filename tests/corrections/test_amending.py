"""The author amends the words of a visit; what an officer has judged, and the facts of it, stand."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from audit.models import AuditEvent
from corrections.models import Visit, VisitVersion
from corrections.services import member_end, visit_judge, visit_read
from edge.encryption import reveal
from sync.models import Inbox
from sync.push import Result
from tests.cast import Member, Worker, enrolled
from tests.corrections.stage import OUTSIDE, Case, VisitPhone, newest

pytestmark = pytest.mark.usefixtures("committed")


def edited(phone: VisitPhone, base_rev: int = 1, **changes: Any) -> Result:
    """The phone's last visit anew, with these changes; the result."""
    first = phone.pushed[0]
    body = first["data"] | changes
    edit = phone.item(kind="visit", op="amend", target=first["id"], base_rev=base_rev)
    return phone.push(edit | {"data": body})[0]


def said(result: Result) -> tuple[str, str]:
    return result.state.value, result.outcome.code


@pytest.fixture
def visited(case: Case, worker_phone: VisitPhone) -> VisitPhone:
    worker_phone.visit(due=str(case.first.id), note="见面")
    return worker_phone


def test_the_author_amends_the_words_and_the_version_before_is_kept(
    visited: VisitPhone, officer: Member
) -> None:
    assert said(edited(visited, note="见面，情绪低落")) == ("accepted", "")
    visit, version = newest(), VisitVersion.objects.get()
    assert (reveal(visit, "note"), visit.rev, visit.amended_at is not None) == ("见面，情绪低落", 2, True)
    assert (reveal(version, "note"), version.rev) == ("见面", 1)
    read = visit_read(actor=officer.actor, visit_id=visit.id, purpose="handle", reason="核对")
    assert [row["note"] for row in read["versions"]] == ["见面"]
    assert AuditEvent.objects.filter(event="visit.amended", subject_id=visit.id).exists()


def test_the_phone_gets_the_new_words_with_their_revision(visited: VisitPhone) -> None:
    visited.sync()
    edited(visited, note="见面，情绪低落")
    visited.sync()
    (row,) = visited.of("visit")
    assert (row["note"], row["rev"], "sync_state" in row) == ("见面，情绪低落", 2, False)


def test_edits_follow_each_other_and_a_replay_is_a_duplicate(visited: VisitPhone) -> None:
    edited(visited, 1, note="二")
    result = edited(visited, 2, note="三")
    assert (result.outcome.rev, reveal(newest(), "note")) == (3, "三")
    assert list(VisitVersion.objects.values_list("rev", flat=True)) == [1, 2]


def test_the_way_of_an_attempt_can_be_amended(case: Case, worker_phone: VisitPhone) -> None:
    worker_phone.visit(due=str(case.first.id), outcome="not_reached", way="call")
    assert said(edited(worker_phone, way="door")) == ("accepted", "")
    assert (newest().way, VisitVersion.objects.get().way) == ("door", "call")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"outcome": "not_reached", "way": "door"}, "outcome"),
        ({"point": {"lon_e7": OUTSIDE[0], "lat_e7": OUTSIDE[1], "crs": "WGS84"}}, "point"),
        ({"point": None, "no_location_reason": "no_fix"}, "point"),
    ],
)
def test_the_facts_of_a_visit_stand(visited: VisitPhone, change: dict[str, Any], field: str) -> None:
    result = edited(visited, **change)
    assert said(result) == ("rejected", "visit_fact_stands")
    assert field in (result.outcome.field_errors or {})
    assert (newest().rev, VisitVersion.objects.count()) == (1, 0)


def test_a_visit_is_not_moved_to_another_contact(case: Case, visited: VisitPhone) -> None:
    assert said(edited(visited, due=str(case.contacts[1].id))) == ("rejected", "visit_fact_stands")


def test_what_an_officer_has_judged_is_evidence(visited: VisitPhone, officer: Member) -> None:
    visit_judge(actor=officer.actor, visit_id=newest().id, accepted=True, place="", reason="已核实")
    assert said(edited(visited, note="改")) == ("rejected", "visit_judged")
    assert reveal(newest(), "note") == "见面"


def test_somebody_elses_visit_is_as_if_it_were_not_there(
    case: Case, visited: VisitPhone, second_phone: VisitPhone
) -> None:
    second_phone.pushed = visited.pushed
    assert said(edited(second_phone, note="改")) == ("held", "waits_for_record")
    assert reveal(newest(), "note") == "见面"


def test_who_has_left_the_group_amends_no_more(case: Case, visited: VisitPhone, clock: Any) -> None:
    member_end(actor=case.actor, member_id=case.group.members.get(user=visited.actor.user_id).id)
    clock.move(timedelta(minutes=1))
    assert said(edited(visited, note="改")) == ("rejected", "visit_not_yours")


def test_two_phones_that_amend_one_visit_are_a_conflict_at_the_station(
    visited: VisitPhone, worker: Worker, officer: Member
) -> None:
    twin = VisitPhone(enrolled(worker.user, worker.membership).actor, pushed=visited.pushed)
    edited(visited, note="甲")
    assert said(edited(twin, note="乙")) == ("conflict", "changed_meanwhile")
    row = Inbox.objects.get(state="conflict")
    assert (reveal(newest(), "note"), row.queue_id) == ("甲", officer.actor.organisation_id)
    at = f"/api/v1/sync/inbox/{row.id}/resolve"
    answer = officer.client.post(at, {"choice": "mine", "reason": "已问过"}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "accepted")
    assert (reveal(newest(), "note"), newest().rev) == ("乙", 3)


def test_a_kept_version_is_never_changed(visited: VisitPhone) -> None:
    edited(visited, note="改")
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("update corrections_visitversion set way = ''")
    assert Visit.objects.count() == 1
