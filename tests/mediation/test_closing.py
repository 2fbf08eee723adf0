"""A dispute that is closed takes its table along: no face of the centre knows of it, and after the
destruction nothing of parties, agreements and papers can be read, in clear or under a key.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from edge.encryption import KeyGoneError, reveal
from kernel import clock
from kernel.actor import SYSTEM
from mediation.models import Agreement, Case, CaseTransition, Document
from privacy.closing import classes
from privacy.machine import ClosingState
from privacy.models import Closing, SubjectKey
from privacy.services.closings import record_destroy
from tests.cast import Member
from tests.mediation.agreed import instalments, party, reached
from tests.mediation.at_table import full_table
from tests.mediation.test_feeds import events, subscribed

Cast = dict[str, Member]
LISTS = (
    "intake", "cases", "agreements", "obligations", "confirmations", "follow-ups", "referrals", "sessions",
    "notices", "notes", "documents", "offers", "caucus-notes",
)  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def table(at_table: Case, cast: Cast) -> Case:
    """Something of everything, with an oral agreement that owes something."""
    full_table(at_table, cast["clerk"], cast["mediator"])
    owed = [instalments(at_table, (None, "300.00"))]
    reached(at_table, cast["mediator"], "oral", obligations=owed)
    return at_table


def closing(case: Case) -> Closing:
    kind, state = "dispute", ClosingState.RESTRICTED
    return Closing.objects.create(subject_kind=kind, subject_id=case.dispute_id, state=state)


def destroyed(case: Case) -> None:
    with transaction.atomic():
        record_destroy(actor=SYSTEM, row=closing(case))


def shown(cast: Cast) -> Iterator[tuple[str, str, int]]:
    for name, member in cast.items():
        for path in LISTS:
            answer = member.client.get(f"/api/v1/mediation/{path}")
            if answer.status_code == 200 and answer.json()["count"]:
                yield name, path, answer.json()["count"]


@pytest.mark.law("PI-19/47", refused=True)
def test_the_table_of_a_restricted_dispute_is_on_no_list(table: Case, cast: Cast) -> None:
    assert {path for _, path, _ in shown(cast)} >= {"cases", "agreements", "sessions", "notes", "documents"}
    closing(table)
    assert list(shown(cast)) == []


@pytest.mark.law("PI-19/47", refused=True)
def test_nor_is_it_opened_printed_copied_or_in_a_calendar(table: Case, cast: Cast) -> None:
    feed = subscribed(cast["mediator"])
    assert events(feed)
    closing(table)
    clerk, url = cast["clerk"].client, f"/api/v1/mediation/cases/{table.pk}"
    said = {"purpose": "handle", "reason": "看", "kind": "committee", "recipient": "本会"}
    assert clerk.get(url).status_code == 404
    assert clerk.get(f"{url}/completeness").status_code == 404
    assert clerk.post(f"{url}/dossier", said, format="json").status_code in {400, 404}
    assert events(feed) == []


@pytest.mark.law("PI-19/47", refused=True)
def test_after_the_destruction_every_key_of_the_table_is_empty(table: Case) -> None:
    held = classes()["dispute"].keys_of([table.dispute_id])
    destroyed(table)
    assert len(held) > 2
    assert not SubjectKey.objects.filter(pk__in=held, destroyed_at=None).exists()
    for row, field in (
        (party(table), "name"),
        (Agreement.objects.get(), "terms"),
        (Document.objects.get(), "title"),
    ):
        with pytest.raises(KeyGoneError):
            reveal(row, field)


def test_no_reason_of_a_step_is_left_in_clear(table: Case) -> None:
    CaseTransition.objects.create(
        case=table, event="note", source="accepted", target="accepted", role="", reason="张三要求",
        at=clock.now(),
    )  # fmt: skip
    destroyed(table)
    assert set(CaseTransition.objects.values_list("reason", flat=True)) <= {"", "-"}


def test_the_narrow_door_takes_no_table_of_a_dispute_that_nobody_destroyed(table: Case) -> None:
    closing(table)
    before = list(CaseTransition.objects.order_by("pk").values_list("reason", flat=True))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select mediation_destroyed(%s)", [[table.dispute_id]])
    assert list(CaseTransition.objects.order_by("pk").values_list("reason", flat=True)) == before
