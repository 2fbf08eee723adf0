"""What the party of a referral lets go: only that stands on its paper, in its set and in the share log."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from mediation.channels import PARTS, TABLE, Channel, Part, consent_faults, field_faults
from mediation.models import CaseParty, DossierCopy, Referral
from mediation.papers.kinds import contents, is_in
from mediation.papers.register import FORMS
from mediation.services.dossiers import Asked, dossier_make
from privacy.codes import RecipientKind
from privacy.models import Share
from tests.cast import District, Member
from tests.disputes.made import LI, ZHANG
from tests.mediation import filed as made_file
from tests.mediation.at_table import code_of, post
from tests.mediation.filed import MINUTES, WORDS, Filed
from tests.mediation.made import referred, refused_with
from tests.mediation.test_dossier import text_of

CASES = "/api/v1/mediation/cases"
WHY = {"purpose": "handle", "reason": "转介"}
DETAILS = {"matter": "请求支付赔偿", "facts": "漏水受损", "means_exempt_reason": "old"}


@pytest.fixture
def filed(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Filed:
    return made_file.filled(district, worker, clerk, mediator)


def agreed(filed: Filed, *papers: str, fields: Any = None, channel: str = "legal_aid") -> Referral:
    return referred(filed.clerk, filed.first, channel, details=DETAILS, fields=fields, papers=papers)


def set_of(filed: Filed, row: Referral) -> str:
    asked = Asked("transfer", referral_id=row.pk)
    made = dossier_make(actor=filed.clerk.actor, case_id=filed.case.pk, asked=asked, form="pdf", **WHY)
    return text_of(made.content)


def word(filed: Filed, row: Referral, fields: list[str], *papers: str) -> Any:
    return post(filed.clerk, f"referrals/{row.pk}/words", {"fields": fields, "papers": papers})


# The table, without a database


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_has_one_row_with_all_that_is_known_of_it(channel: Channel) -> None:
    row = TABLE[channel]
    assert row.words.strip()
    assert RecipientKind(row.to)
    assert row.terms
    assert any(one.needed for one in row.asks)
    forms = {form for part in row.gives for form in PARTS[part].forms}
    assert forms <= {form.key for form in FORMS}


@pytest.mark.law("LA-31/32/42", refused="too")
def test_why_means_are_not_looked_at_is_one_of_the_list() -> None:
    assert field_faults(Channel.LEGAL_AID, DETAILS) == {}
    wrong = DETAILS | {"means_exempt_reason": "存款不多"}
    assert list(field_faults(Channel.LEGAL_AID, wrong)) == ["means_exempt_reason"]


@pytest.mark.law("PM-3", refused=True)
@pytest.mark.parametrize(
    ("fields", "papers", "wrong"),
    [
        ({"matter"}, set(), "facts"), ({"matter", "facts", "income"}, set(), "income"),
        ({"matter", "facts"}, {"caucus"}, "caucus"),
    ],
)  # fmt: skip
def test_a_yes_names_what_was_filled_in_and_what_the_channel_needs(
    fields: set[str], papers: set[str], wrong: str
) -> None:
    faults = consent_faults(Channel.LEGAL_AID, DETAILS, frozenset(fields), frozenset(papers))
    assert list(faults) == [wrong]


def test_a_set_holds_nothing_that_another_party_brought() -> None:
    own, other = CaseParty().pk, CaseParty().pk
    held = contents("transfer", party=own, parts=Part)
    common = {"visibility": "all_parties"}
    assert is_in(held, party=None, kind="evidence", **common)
    assert is_in(held, party=own, kind="identity", **common)
    assert not is_in(held, party=other, kind="evidence", **common)
    assert not is_in(held, party=None, kind="identity", **common)
    assert not is_in(contents("transfer", party=own), party=own, kind="identity", **common)


# The set


@pytest.mark.django_db
@pytest.mark.law("PM-3", "CCL-5")
def test_the_set_holds_what_the_party_lets_go_and_nothing_else(filed: Filed) -> None:
    found = set_of(filed, agreed(filed, "contact"))
    there = [ZHANG["name"], ZHANG["phone"], "请求支付赔偿", "无固定收入的老年人", "■联系电话"]
    assert [text for text in there if text not in found] == []
    hidden = [ZHANG["id_number"], LI["name"], LI["phone"], WORDS["one_party"], "乙方于三月底", MINUTES]
    assert [text for text in hidden if text in found] == []


@pytest.mark.django_db
def test_each_part_brings_its_own_and_the_other_side_only_by_name(filed: Filed) -> None:
    found = set_of(filed, agreed(filed, "identity", "agreement", "evidence", "application"))
    there = [ZHANG["id_number"], "人民调解申请书", "乙方于三月底", LI["name"], WORDS["one_party"]]
    assert [text for text in there if text not in found] == []
    assert [text for text in (LI["phone"], ZHANG["phone"], MINUTES) if text in found] == []


@pytest.mark.django_db
@pytest.mark.law("PI-5/6", refused=True)
def test_a_field_that_the_party_refuses_is_kept_nowhere(filed: Filed) -> None:
    row = agreed(filed, fields=["matter", "facts"])
    assert "老年人" not in set_of(filed, row)
    assert "old" not in str(post(filed.clerk, f"referrals/{row.pk}/details", WHY).json())
    assert post(filed.clerk, f"referrals/{row.pk}/send").status_code == 200
    fields = {field for share in Share.objects.all() for field in share.fields}
    assert "legal_aid.means_exempt_reason" not in fields


@pytest.mark.django_db
@pytest.mark.law("ND-12", "PI-55/56")
def test_the_sending_the_set_and_what_is_supplied_each_stand_in_the_share_log(filed: Filed) -> None:
    row = agreed(filed, "contact")
    set_of(filed, row)
    for name, said in (("send", {}), ("ask-more", {"reason": "缺材料"}), ("supply", {})):
        assert post(filed.clerk, f"referrals/{row.pk}/{name}", said).status_code == 200
    rows = list(
        Share.objects.order_by("shared_at", "id").values_list("subject_kind", "recipient_kind", "basis")
    )
    assert [kind for kind, _, _ in rows] == ["mediation_case", "mediation_referral", "mediation_referral"]
    assert {(to, basis) for _, to, basis in rows} == {("legal_aid", "LA-31/32/42")}
    copy = DossierCopy.objects.get()
    assert (copy.referral_id, copy.channel, copy.recipient) == (row.pk, "legal_aid", "某法律援助中心")


@pytest.mark.django_db
@pytest.mark.law("PI-13/14")
def test_a_yes_taken_back_ends_the_referral_and_every_set(filed: Filed) -> None:
    row = agreed(filed, "contact")
    post(filed.clerk, f"referrals/{row.pk}/send")
    answer = word(filed, row, [])
    assert (answer.json()["state"], answer.json()["answer_due_at"]) == ("recalled", None)
    asked = {"actor": filed.clerk.actor, "case_id": filed.case.pk, "form": "pdf", **WHY}
    asked["asked"] = Asked("transfer", referral_id=row.pk)
    assert refused_with(dossier_make, **asked) == "transfer_not_agreed"
    assert code_of(post(filed.clerk, f"referrals/{row.pk}/paper", WHY)) == (409, "transfer_not_agreed")
    assert post(filed.clerk, f"referrals/{row.pk}/details", WHY).json() == {}


@pytest.mark.django_db
@pytest.mark.law("PI-13/14")
@pytest.mark.parametrize("acts", [("receive",), ("receive", "ask-more")])
def test_a_yes_is_taken_back_while_the_channel_looks_at_it(filed: Filed, acts: tuple[str, ...]) -> None:
    row = agreed(filed, "contact")
    for name in ("send", *acts):
        said = {"reason": "材料不齐"} if name == "ask-more" else {}
        assert post(filed.clerk, f"referrals/{row.pk}/{name}", said).status_code == 200
    assert word(filed, row, []).json()["state"] == "recalled"


@pytest.mark.django_db
@pytest.mark.law("PI-13/14", refused=True)
def test_after_acceptance_the_channel_has_it_and_nothing_more_goes(filed: Filed) -> None:
    row = agreed(filed, "contact")
    for name in ("send", "accept"):
        post(filed.clerk, f"referrals/{row.pk}/{name}")
    assert "联系电话" in set_of(filed, row)
    assert word(filed, row, []).json()["state"] == "accepted"
    assert code_of(word(filed, row, ["matter", "facts"]))[1] == "referral_fields_missing"
    assert code_of(post(filed.clerk, f"referrals/{row.pk}/paper", WHY))[1] == "transfer_not_agreed"


@pytest.mark.django_db
def test_a_later_word_widens_or_narrows_and_the_same_again_is_none(filed: Filed) -> None:
    row = agreed(filed)
    assert ZHANG["phone"] not in set_of(filed, row)
    answers = [word(filed, row, sorted(DETAILS), "contact") for _ in range(2)]
    assert [answer.get("Idempotent-Replay") for answer in answers] == [None, "true"]
    assert len(answers[0].json()["words"]) == 2
    assert ZHANG["phone"] in set_of(filed, row)


@pytest.mark.django_db
def test_a_draft_has_no_word_to_change(filed: Filed) -> None:
    row = agreed(filed)
    Referral.objects.filter(pk=row.pk).update(state="draft")
    assert code_of(word(filed, row, ["matter", "facts"])) == (409, "transition_not_allowed")


@pytest.mark.django_db
def test_only_the_desk_that_sees_the_dispute_makes_a_set(
    filed: Filed, mediator: Member, other_clerk: Member
) -> None:
    row = agreed(filed)
    said = {"case_id": filed.case.pk, "form": "pdf", "asked": Asked("transfer", referral_id=row.pk), **WHY}
    assert refused_with(dossier_make, actor=mediator.actor, **said) == "not_found"
    assert refused_with(dossier_make, actor=other_clerk.actor, **said) == "not_found"


@pytest.mark.django_db
def test_the_paper_of_a_referral_needs_no_case(filed: Filed) -> None:
    row = agreed(filed, "identity")
    answer = post(filed.clerk, f"referrals/{row.pk}/paper", {"format": "pdf", **WHY})
    found = "".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert [text for text in (ZHANG["id_number"], "漏水受损", "某法律援助中心") if text not in found] == []
    assert ZHANG["phone"] not in found
