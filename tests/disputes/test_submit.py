"""A batch of screenings through the one way in."""

from datetime import timedelta

import pytest

from audit.models import AuditEvent
from disputes.models import DangerSign, Screening, ScreeningParty
from edge.encryption import reveal
from kernel import clock
from privacy.services import consent_withdraw
from tests.cast import District, Member
from tests.disputes.made import BEATING, LI, THREAT, ZHANG, body, item, submit
from tests.privacy.made import located

pytestmark = pytest.mark.django_db


def test_a_screening_is_stored_with_grid_and_release(district: District, worker: Member) -> None:
    made = item(body(district))
    (outcome,) = submit(worker, made)
    row = Screening.objects.get(id=made.target)
    assert (outcome.state, outcome.rev) == ("accepted", 1)
    assert (row.grid, row.release) == (district.grids["A1-1"], district.release)
    assert row.street == district.areas["A"]


def test_outcomes_come_in_order_and_one_bad_record_stops_none(district: District, worker: Member) -> None:
    bad = body(district, outcome="watching")
    outcomes = submit(worker, item(body(district)), item(bad), item(body(district)))
    assert [outcome.state for outcome in outcomes] == ["accepted", "rejected", "accepted"]
    assert outcomes[1].field_errors == {"watch_until": "required"}
    assert Screening.objects.count() == 2


def test_a_point_in_a_foreign_grid_waits_for_a_person(district: District, worker: Member) -> None:
    (outcome,) = submit(worker, item(body(district, "B1-1")))
    assert (outcome.state, outcome.code) == ("quarantined", "out_of_scope")
    assert not Screening.objects.exists()


def test_a_point_just_over_the_border_is_taken_for_what_it_is(district: District, worker: Member) -> None:
    data = body(district)
    data["point"] |= {"lon_e7": 1_266_110_000, "lat_e7": 457_050_000}
    made = item(data)
    assert submit(worker, made)[0].state == "accepted"
    assert Screening.objects.get(id=made.target).grid == district.grids["A2-1"]


def test_a_point_in_no_grid_goes_to_the_authors_community(district: District, worker: Member) -> None:
    data = body(district)
    data["point"] |= {"lat_e7": 460_000_000}
    made = item(data)
    assert submit(worker, made)[0].state == "accepted"
    row = Screening.objects.get(id=made.target)
    assert (row.grid, row.community, row.street) == (None, district.areas["A1"], district.areas["A"])


def test_without_a_location_the_reason_is_kept(district: District, worker: Member) -> None:
    made = item(body(district, None))
    submit(worker, made)
    assert Screening.objects.get(id=made.target).no_location == "no_fix"


def test_the_declared_system_is_converted_once_and_the_original_kept(
    district: District, worker: Member
) -> None:
    data = body(district)
    data["point"] |= {"crs": "GCJ02"}
    made = item(data)
    submit(worker, made)
    row = Screening.objects.get(id=made.target)
    assert (row.lon_e7, row.crs) == (data["point"]["lon_e7"], "GCJ02")
    assert abs(row.point.x * 1e7 - row.lon_e7) > 10_000


def test_names_and_numbers_are_sealed(district: District, worker: Member) -> None:
    made = item(body(district))
    submit(worker, made)
    party = ScreeningParty.objects.get(screening_id=made.target, position=0)
    assert [reveal(party, field) for field in ("name", "phone", "id_number")] == [
        ZHANG["name"], ZHANG["phone"], ZHANG["id_number"],
    ]  # fmt: skip
    assert ZHANG["phone"].encode() not in bytes(party.phone)


def test_each_person_has_a_key_of_their_own(district: District, worker: Member) -> None:
    made = item(body(district))
    submit(worker, made)
    keys = ScreeningParty.objects.filter(screening_id=made.target).values_list("key_id", flat=True)
    assert len(set(keys)) == 2
    assert None not in keys


def test_the_same_number_written_differently_has_one_index(district: District, worker: Member) -> None:
    one, other = (
        item(body(district)),
        item(body(district, parties=[{**ZHANG, "phone": "+86 138-1234-5678"}, LI])),
    )
    submit(worker, one, other)
    rows = ScreeningParty.objects.filter(position=0).values_list("phone_index", flat=True)
    assert len({bytes(row) for row in rows}) == 1


@pytest.mark.law("EF-9")
def test_a_sign_says_what_was_seen_sealed(district: District, worker: Member) -> None:
    made = item(body(district, signs=[THREAT]))
    submit(worker, made)
    sign = DangerSign.objects.get(screening_id=made.target)
    assert (sign.code, reveal(sign, "what"), reveal(sign, "by_whom")) == ("threat", THREAT["what"], "李四")


@pytest.mark.law("EF-9")
def test_a_label_in_place_of_an_act_is_marked(district: District, worker: Member) -> None:
    label = {"code": "threat", "what": "他是酒鬼"}
    one = item(body(district, signs=[label]))
    other = item(body(district, signs=[{**label, "is_act": True}]))
    submit(worker, one, other)
    asked = dict(DangerSign.objects.values_list("screening_id", "ask_act"))
    assert asked == {one.target: True, other.target: False}


def test_a_number_in_free_text_is_masked_and_said_so(district: District, worker: Member) -> None:
    made = item(body(district, brief="李四电话13987654321，住三楼"))
    submit(worker, made)
    row = Screening.objects.get(id=made.target)
    assert "13987654321" not in row.brief
    assert row.brief_masked


def test_the_text_of_a_restricted_screening_is_sealed(district: District, worker: Member) -> None:
    made = item(body(district, signs=[BEATING], brief="住南岗区某街12号"))
    submit(worker, made)
    row = Screening.objects.get(id=made.target)
    assert (row.restricted, row.brief, reveal(row, "brief_sealed")) == (True, "", "住南岗区某街12号")


@pytest.mark.parametrize(
    ("party", "error"),
    [
        ({"role": "party", "name": "张三", "hearsay": True}, ("name", "hearsay_has_role_only")),
        ({"role": "party"}, ("name", "name_or_description_required")),
        ({"role": "party", "name": "张小明", "minor": True}, ("name", "minor_initials_only")),
        (
            {"role": "party", "name": "Z.X.", "minor": True, "phone": "13812345678"},
            ("phone", "not_for_minors"),
        ),
        ({"role": "party", "name": "张三", "id_number": "23010319"}, ("id_number", "not_an_id_number")),
        (
            {"role": "party", "name": "张三", "id_number": "230103201501011231"},
            ("minor", "id_number_says_minor"),
        ),
    ],
)
def test_what_a_party_may_hold(
    district: District, worker: Member, party: dict[str, object], error: tuple[str, str]
) -> None:
    (outcome,) = submit(worker, item(body(district, parties=[party])))
    assert outcome.field_errors == {f"parties[0].{error[0]}": error[1]}


def test_hearsay_and_minors_within_their_limits_are_taken(district: District, worker: Member) -> None:
    parties = [
        {"role": "told_by", "hearsay": True},
        {"role": "party", "name": "Z.X.", "minor": True, "birth_band": "2010-2014"},
    ]
    assert submit(worker, item(body(district, parties=parties)))[0].state == "accepted"


def test_a_watch_longer_than_two_weeks_is_refused(district: District, worker: Member) -> None:
    made = item(body(district, outcome="watching", watch_until="2199-01-01"))
    assert submit(worker, made)[0].field_errors == {"watch_until": "review_too_far"}


def test_something_that_has_not_happened_yet_is_refused(district: District, worker: Member) -> None:
    made = item(body(district))
    late = body(district, occurred_at=(made.received_at + timedelta(hours=1)).isoformat())
    assert submit(worker, item(late))[0].field_errors == {"occurred_at": "in_future"}


def test_something_of_another_age_is_refused(district: District, worker: Member) -> None:
    old = body(district, occurred_at="0001-01-01T00:00:00Z")
    assert submit(worker, item(old))[0].field_errors == {"occurred_at": "too_early"}


def test_only_an_own_record_can_be_corrected(
    district: District, worker: Member, second_worker: Member
) -> None:
    first = item(body(district))
    submit(worker, first)
    fix = body(district, supersedes=str(first.target))
    assert submit(second_worker, item(fix))[0].field_errors == {"supersedes": "not_an_own_record"}
    assert submit(worker, item(fix))[0].state == "accepted"


def test_a_control_character_is_refused(district: District, worker: Member) -> None:
    (outcome,) = submit(worker, item(body(district, brief="漏水\u202e争吵")))
    assert outcome.field_errors == {"brief": "control_character"}


def test_each_stored_screening_is_a_fact_without_values(district: District, worker: Member) -> None:
    made = item(body(district))
    submit(worker, made)
    fact = AuditEvent.objects.get(event="screening.submitted")
    assert (fact.subject_id, fact.user_id, fact.detail) == (made.target, worker.user.id, {})


@pytest.mark.law("PI-29/30", refused="too")
def test_who_took_back_the_own_location_gives_no_fix_but_danger_is_never_refused(
    district: District, worker: Member, coordinator: Member
) -> None:
    consent_withdraw(actor=coordinator.actor, consent_id=located(coordinator, worker).pk)
    fix = body(district)["point"] | {"fix_at": clock.now().isoformat()}
    outcomes = submit(
        worker, item(body(district, point=fix)), item(body(district)),
        item(body(district, point=fix, signs=[THREAT])),
    )  # fmt: skip
    assert [one.code for one in outcomes] == ["own_location_withdrawn", "", ""]
