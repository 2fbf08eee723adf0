"""A dispute after its retention: hidden from everybody, then destroyed, with what stood outside the keys."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from disputes.access import disputes_visible_to, screenings_visible_to
from disputes.models import Dispute, DisputeParty, Screening, ScreeningParty
from edge.encryption import KeyGoneError, reveal
from privacy import jobs, services
from privacy.models import Closing, DestructionList, SubjectKey
from sync.services import publish
from tests.cast import District, Member, Worker
from tests.disputes.made import body, dispute_of, screened


@transaction.atomic
def change(dispute: Dispute, state: str) -> None:
    Dispute.objects.filter(pk=dispute.pk).update(state=state)
    publish("dispute", [dispute.pk])


def archived(worker: Member, district: District) -> tuple[Dispute, Screening]:
    """A dispute that ended long ago."""
    screening = screened(worker, body(district, "A1-1"))
    dispute = dispute_of(screening)
    change(dispute, "archived")
    return dispute, screening


def night(clock: Any, after: int) -> None:
    clock.move(timedelta(days=after))
    jobs.nightly(clock.at)


def destroyed(clock: Any, head: Member, keeper: Member) -> None:
    night(clock, 366)
    night(clock, 3653 - 366 + 3)
    made = DestructionList.objects.get(subject_kind="dispute")
    services.destruction_sign(actor=keeper.actor, list_id=made.pk, document_no="销毁 1 号")
    services.destruction_countersign(actor=head.actor, list_id=made.pk)


@pytest.mark.law("PI-19/47")
@pytest.mark.usefixtures("committed")
def test_an_old_dispute_is_known_to_nobody(
    clock: Any, district: District, worker: Worker, director: Member
) -> None:
    dispute, _ = archived(worker, district)
    night(clock, 1)
    assert disputes_visible_to(director.actor).filter(pk=dispute.pk).exists()
    night(clock, 366)
    assert Closing.objects.get(subject_id=dispute.pk).state == "restricted"
    for member in (director, worker):
        assert not disputes_visible_to(member.actor).exists()
        assert not screenings_visible_to(member.actor).exists()


@pytest.mark.django_db
def test_a_dispute_that_was_opened_again_is_not_restricted(
    clock: Any, district: District, worker: Worker
) -> None:
    dispute, _ = archived(worker, district)
    night(clock, 1)
    change(dispute, "reopened")
    night(clock, 366)
    row = Closing.objects.get(subject_id=dispute.pk)
    assert (row.state, row.ended_on) == ("open", None)


@pytest.mark.law("PI-19/47")
@pytest.mark.django_db
def test_a_destroyed_dispute_says_nothing_and_finds_nobody(
    clock: Any, district: District, worker: Worker, bureau_head: Member, archivist: Member
) -> None:
    dispute, screening = archived(worker, district)
    night(clock, 1)
    destroyed(clock, bureau_head, archivist)
    party = ScreeningParty.objects.filter(screening=screening, name__isnull=False)[0]
    with pytest.raises(KeyGoneError):
        reveal(party, "name")
    screening.refresh_from_db()
    assert (screening.brief, screening.point, party.name_index) == ("", None, None)
    assert not DisputeParty.objects.filter(dispute=dispute, phone_index__isnull=False).exists()


@pytest.mark.django_db
def test_a_phone_s_own_key_is_never_destroyed_with_a_dispute(
    clock: Any, district: District, worker: Worker, bureau_head: Member, archivist: Member
) -> None:
    archived(worker, district)
    night(clock, 1)
    destroyed(clock, bureau_head, archivist)
    assert worker.device
    assert SubjectKey.objects.get(pk=worker.device.key_id).destroyed_at is None


@pytest.mark.django_db
def test_the_narrow_door_takes_no_dispute_that_nobody_destroyed(
    clock: Any, district: District, worker: Worker
) -> None:
    dispute, screening = archived(worker, district)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select disputes_destroyed(%s)", [[dispute.pk]])
    screening.refresh_from_db()
    assert screening.brief


@pytest.mark.django_db
def test_a_merged_dispute_ends_with_the_one_that_went_on(
    clock: Any, district: District, worker: Worker
) -> None:
    goes_on, _ = archived(worker, district)
    absorbed = dispute_of(screened(worker, body(district, "A1-1", parties=[], brief="另一件事")))
    Dispute.objects.filter(pk=absorbed.pk).update(state="merged", merged_into=goes_on)
    change(goes_on, "reopened")
    assert services.closings_note("dispute") == 0
    change(goes_on, "archived")
    services.closings_note("dispute")
    days = set(Closing.objects.values_list("ended_on", flat=True))
    assert (Closing.objects.count(), len(days)) == (2, 1)
