"""A party takes back what has gone to a channel: whoever sent it tells the channel, on record."""

from typing import Any

import pytest

from accounts.models import Membership
from mediation.models import Referral, ReferralStop
from privacy.models import Share
from tasks.models import Task
from tests.cast import District, Member, make_member
from tests.mediation import filed as made_file
from tests.mediation.at_table import code_of, post
from tests.mediation.filed import Filed
from tests.mediation.test_referral_words import DETAILS, agreed, set_of, word

pytestmark = pytest.mark.django_db
SUBJECT = "mediation_referral"


@pytest.fixture
def filed(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Filed:
    return made_file.filled(district, worker, clerk, mediator)


@pytest.fixture
def sent(filed: Filed) -> Referral:
    row = agreed(filed, "contact")
    assert post(filed.clerk, f"referrals/{row.pk}/send").status_code == 200
    return row


def tell(who: Member, row: Referral, **said: Any) -> Any:
    stop = ReferralStop.objects.filter(referral=row, told_on=None).first() or row.stops.all()[0]
    return post(who, f"referrals/{row.pk}/stop-told", {"stop": str(stop.pk), "form": "letter", **said})


def section(who: Member, name: str) -> list[str]:
    found = who.client.get("/api/v1/worklist").json()["sections"]
    return [item["subject_id"] for one in found if one["code"] == name for item in one["items"]]


@pytest.mark.law("PI-13/14")
def test_whoever_sent_it_has_the_to_do_of_telling_the_channel(filed: Filed, sent: Referral) -> None:
    stop = word(filed, sent, []).json()["stops"][0]
    assert (stop["fields"], stop["papers"]) == (sorted(DETAILS), ["contact"])
    assert (stop["sent_on"], stop["owed_by"]) == (["2026-03-02"], str(filed.clerk.user.pk))
    task = Task.objects.get(subject_kind=SUBJECT, subject_id=sent.pk)
    assert (task.kind, task.assignee_id, task.role) == ("notify", filed.clerk.user.pk, "centre_clerk")
    assert section(filed.clerk, "tasks_later") == [str(sent.pk)]


@pytest.mark.law("PI-13/14", "ND-12")
def test_it_is_told_by_a_person_and_stands_in_the_share_log(filed: Filed, sent: Referral) -> None:
    word(filed, sent, [])
    answer = tell(filed.clerk, sent, document_no="哈调函2026年3号").json()["stops"][0]
    assert (answer["told_on"], answer["told_by"]) == ("2026-03-02", str(filed.clerk.user.pk))
    row = Share.objects.order_by("-shared_at", "-id")[0]
    assert (row.basis, row.purpose, row.recipient) == ("PI-13/14", "告知停止使用：法律援助", "某法律援助中心")
    assert row.fields == sorted([*(f"legal_aid.{code}" for code in DETAILS), "file.contact"])
    assert Task.objects.get(subject_id=sent.pk).state == "done"


def test_told_twice_the_first_stands(filed: Filed, sent: Referral) -> None:
    word(filed, sent, [])
    answers = [tell(filed.clerk, sent, form=form) for form in ("letter", "phone")]
    assert [answer.headers.get("Idempotent-Replay") for answer in answers] == [None, "true"]
    assert answers[1].json()["stops"][0]["form"] == "letter"
    assert Share.objects.filter(subject_id=sent.pk).count() == 2


@pytest.mark.law("PI-13/14", refused=True)
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"on": "2026-03-01"}, "told_before_taken_back"),
        ({"on": "2026-03-03"}, "invalid"),
        ({"form": "rumour"}, "invalid"),
    ],
)
def test_a_day_before_the_word_or_after_today_is_none(
    filed: Filed, sent: Referral, said: dict[str, str], code: str
) -> None:
    word(filed, sent, [])
    assert code_of(tell(filed.clerk, sent, **said)) == (400, code)


def test_only_the_desk_that_sees_the_matter_tells(
    filed: Filed, sent: Referral, mediator: Member, other_clerk: Member
) -> None:
    word(filed, sent, [])
    assert code_of(tell(mediator, sent))[0] == 403
    assert code_of(tell(other_clerk, sent)) == (404, "not_found")
    other = agreed(filed, "contact")
    stop = str(ReferralStop.objects.get().pk)
    said = {"stop": stop, "form": "phone"}
    assert code_of(post(filed.clerk, f"referrals/{other.pk}/stop-told", said)) == (404, "not_found")


def test_what_never_went_is_nobodys_to_do(filed: Filed) -> None:
    row = agreed(filed, "contact")
    assert word(filed, row, []).json()["stops"] == []
    assert not Task.objects.filter(subject_id=row.pk).exists()


def test_a_set_of_the_file_that_was_made_for_it_has_gone(filed: Filed) -> None:
    row = agreed(filed, "contact")
    set_of(filed, row)
    assert word(filed, row, []).json()["stops"][0]["owed_by"] == str(filed.clerk.user.pk)


def test_a_word_that_narrows_names_only_what_it_took_back(filed: Filed, sent: Referral) -> None:
    stops = word(filed, sent, ["matter", "facts"]).json()["stops"]
    assert (stops[0]["fields"], stops[0]["papers"]) == (["means_exempt_reason"], ["contact"])
    stops = word(filed, sent, []).json()["stops"]
    assert (stops[1]["fields"], stops[1]["papers"]) == (["facts", "matter"], [])
    tell(filed.clerk, sent)
    assert set(Task.objects.filter(subject_id=sent.pk).values_list("state", flat=True)) == {"open"}


@pytest.mark.law("PI-13/14")
@pytest.mark.parametrize("path", [["recall"], ["accept"], ["decline", "close"], ["go-alone"]])
def test_a_yes_is_taken_back_also_when_the_referral_is_over(
    filed: Filed, sent: Referral, path: list[str]
) -> None:
    for name in path:
        said = {"reason": "不属于本机构"} if name == "decline" else {}
        assert post(filed.clerk, f"referrals/{sent.pk}/{name}", said).status_code == 200
    before = Referral.objects.get(pk=sent.pk).state
    answer = word(filed, sent, []).json()
    assert (answer["state"], len(answer["stops"])) == (before, 1)
    assert (
        post(filed.clerk, f"referrals/{sent.pk}/details", {"purpose": "handle", "reason": "查"}).json() == {}
    )


def test_after_the_end_nothing_new_is_let_go(filed: Filed, sent: Referral) -> None:
    post(filed.clerk, f"referrals/{sent.pk}/recall")
    assert code_of(word(filed, sent, ["matter", "facts"])) == (409, "transition_not_allowed")


def test_who_has_left_has_no_to_do_and_the_desk_has_it(
    filed: Filed, sent: Referral, district: District
) -> None:
    Membership.objects.filter(pk=filed.clerk.membership.pk).update(valid_to="2026-03-02")
    director = make_member(district, "director")
    assert post(director, f"referrals/{sent.pk}/words", {"fields": []}).status_code == 200
    task = Task.objects.get(subject_id=sent.pk)
    assert (task.assignee_id, task.role) == (None, "centre_clerk")


def test_a_to_do_that_was_closed_without_telling_stays_on_the_list(filed: Filed, sent: Referral) -> None:
    word(filed, sent, [])
    task = Task.objects.get(subject_id=sent.pk)
    assert section(filed.clerk, "referrals_to_stop") == []
    filed.clerk.client.post(f"/api/v1/tasks/{task.pk}/done", {}, format="json")
    assert section(filed.clerk, "referrals_to_stop") == [str(sent.pk)]
    tell(filed.clerk, sent)
    assert section(filed.clerk, "referrals_to_stop") == []
