"""Persons, orders and terms as officers write them down."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from corrections import access
from corrections.codes import Sex, TermReason
from corrections.models import Order, OrderTerm, Subject
from corrections.services import Document, order_add, subject_register, term_change, term_confirm
from corrections.term import Term
from edge.encryption import reveal
from kernel import clock
from kernel.codes.law import CorrectionCategory
from kernel.problems import Problem
from tests.cast import District, Member, Worker
from tests.corrections.stage import ID_NUMBER, NAME, Case, adult, minor, ordered, registered

pytestmark = pytest.mark.usefixtures("db")


def test_values_stand_sealed_under_the_persons_own_key(case: Case) -> None:
    assert NAME.encode() not in bytes(case.subject.name)
    assert reveal(Subject.objects.get(), "name") == NAME
    assert case.subject.id_number_blind is not None


def test_a_person_is_registered_once(stage: Any, district: District, officer: Member) -> None:
    registered(district, officer.actor, adult())
    with pytest.raises(Problem, match="person_already_registered"):
        registered(district, officer.actor, adult(id_number=ID_NUMBER[:6] + " " + ID_NUMBER[6:]))


@pytest.mark.law("CCL-17")
def test_the_place_of_execution_gives_station_agency_and_leave_area(case: Case) -> None:
    place = case.subject.places.get()
    assert (case.subject.station.name, case.subject.agency.name) == ("测试station A", "测试agency")
    assert (place.area, place.unit) == (case.district.areas["A1"], case.district.areas["district"])


@pytest.mark.law("CCL-17")
def test_a_place_outside_of_the_stations_street_is_refused(
    stage: Any, district: District, officer: Member
) -> None:
    with pytest.raises(Problem, match="place_not_yours"):
        registered(district, officer.actor, area="B1")


@pytest.mark.law("CCL-17")
def test_a_second_place_on_the_same_day_is_refused_by_the_database(case: Case) -> None:
    place = case.subject.places.get()
    place.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        place.save(force_insert=True)


@pytest.mark.law("CCL-53")
def test_a_minor_without_a_guardian_is_refused(stage: Any, district: District, officer: Member) -> None:
    with pytest.raises(Problem, match="guardian_required"):
        registered(district, officer.actor, adult(born_on=date(2010, 5, 5)))


@pytest.mark.law("CCL-53", "CCL-58")
def test_a_minor_with_a_guardian_is_registered_under_the_minors_rules(
    stage: Any, district: District, officer: Member
) -> None:
    assert registered(district, officer.actor, minor()).minors_rules


@pytest.mark.law("CCL-2")
def test_an_order_of_one_of_the_four_categories_gives_the_term(case: Case) -> None:
    assert case.order.category == CorrectionCategory.SUSPENDED_SENTENCE
    case.subject.refresh_from_db()
    assert case.subject.ends_on == date(2027, 3, 1)


@pytest.mark.law("CCL-2")
def test_a_fifth_category_is_refused_by_the_database(case: Case) -> None:
    with pytest.raises(IntegrityError, match="order_category_of_four"), transaction.atomic():
        Order.objects.filter(id=case.order.id).update(category="05")


@pytest.mark.law("CCL-2")
def test_category_04_needs_its_ground(case: Case) -> None:
    term = Term(CorrectionCategory.TEMPORARY_OUTSIDE_PRISON, clock.today(), stated_end=date(2027, 1, 1))
    document = Document("（2026）测 2 号", "测试监狱", clock.today())
    with pytest.raises(Problem, match="ground_only_for_04"):
        order_add(actor=case.actor, subject_id=case.subject.id, document=document, term=term)


def test_several_orders_have_one_term_that_ends_with_the_last(case: Case) -> None:
    ordered(case.actor, case.subject, months=24, document_no="（2026）测 3 号")
    case.subject.refresh_from_db()
    assert case.subject.ends_on == date(2028, 3, 1)


def test_a_change_of_term_is_a_new_row_and_cancels_what_lies_beyond(case: Case) -> None:
    term = Term(CorrectionCategory.SUSPENDED_SENTENCE, clock.today(), days=10)
    term_change(
        actor=case.actor, order_id=case.order.id, term=term, reason=TermReason.COMMUTATION, document_no="减 1"
    )
    ends_on = clock.today() + timedelta(days=9)
    assert OrderTerm.objects.filter(order=case.order).count() == 2
    assert {row.state for row in case.contacts if row.due_day > ends_on} == {"cancelled"}
    assert {row.state for row in case.contacts if row.due_day <= ends_on} == {"open"}


def test_a_term_is_confirmed_by_another_officer(case: Case, agency: Member) -> None:
    with pytest.raises(Problem, match="term_needs_second_officer"):
        term_confirm(actor=case.actor, order_id=case.order.id)
    first = term_confirm(actor=agency.actor, order_id=case.order.id)
    again = term_confirm(actor=agency.actor, order_id=case.order.id)
    assert first.confirmed_by_id == again.confirmed_by_id == agency.actor.user_id
    assert first.confirmed_at == again.confirmed_at


@pytest.mark.law("CCL-12")
def test_a_grid_worker_registers_nobody(stage: Any, district: District, worker: Worker) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        registered(district, worker.actor)


@pytest.mark.law("CCL-9/10")
def test_an_agency_registers_for_a_station_of_its_district(
    stage: Any, district: District, officer: Member, agency: Member
) -> None:
    subject = subject_register(
        actor=agency.actor, person=adult(sex=Sex.FEMALE), execution_area=district.areas["A1"].id,
        basis=stage.PlaceBasis.RESIDENCE, received_on=clock.today(),
        station_id=district.organisations["station A"].id, officer_id=officer.user.id,
    )  # fmt: skip
    assert subject.officer_id == officer.user.id


@pytest.mark.law("CCL-9/10")
def test_another_station_does_not_see_the_person(case: Case, other_officer: Member) -> None:
    assert not access.visible_to(other_officer.actor).exists()
    with pytest.raises(Problem, match="not_found"):
        ordered(other_officer.actor, case.subject, document_no="X")
