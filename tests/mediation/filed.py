"""A case with something of everything on file, for tests of its papers."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Model

from edge.encryption import seal_value
from kernel import clock
from kernel.ids import uuid7
from mediation.models import (
    Agreement,
    AgreementMark,
    Attendance,
    Case,
    CaseMediator,
    CaseParty,
    CaucusNote,
    Document,
    FollowUp,
    Note,
    Obligation,
    Session,
)
from mediation.services import case_accept
from privacy.services import subject_keys_create
from tests.cast import District, Member
from tests.mediation.made import consented

SECRET = "其实我最多能让到三千元"
MINUTES = "双方陈述后同意查明漏水原因"
WORDS = {
    "all_parties": "共同查看了厨房管道",
    "one_party": "甲方提供了维修报价",
    "mediators": "调解员之间的分析意见",
    "centre": "中心内部联系记录",
}


@dataclass
class Filed:
    case: Case
    first: CaseParty
    second: CaseParty
    clerk: Member
    mediator: Member
    key: Any

    def put(self, model: type[Model], sealed: dict[str, str], **columns: Any) -> Any:
        """A row with these fields sealed under one key."""
        pk = uuid7()
        values = {name: seal_value(model, name, pk, text, self.key) for name, text in sealed.items()}
        return model.objects.create(id=pk, **values, **columns)


def accepted(district: District, worker: Member, clerk: Member, mediator: Member, **answers: Any) -> Filed:
    case = consented(district, worker, clerk, **answers)
    case_accept(actor=clerk.actor, case_id=case.pk, mediator_ids=[mediator.user.pk])
    case.refresh_from_db()
    parties = list(CaseParty.objects.filter(case=case).order_by("id"))
    return Filed(case, parties[0], parties[1], clerk, mediator, subject_keys_create(1)[0])


def filled(district: District, worker: Member, clerk: Member, mediator: Member, **answers: Any) -> Filed:
    """Sessions joint and alone, notes of every visibility, papers of each side, an agreement in writing."""
    filed = accepted(district, worker, clerk, mediator, **answers)
    _table(filed)
    _papers(filed)
    _agreement(filed)
    return filed


def _table(filed: Filed) -> None:
    case, user = filed.case, filed.mediator.user
    for form, party, room in (("joint", None, "一号室"), ("separate", filed.first, "二号室")):
        begin = clock.now()
        session = Session.objects.create(
            case=case, form=form, party=party, room=room, starts_at=begin, ends_at=begin + timedelta(hours=2),
            started_at=begin, state="held", planned_by=user, planned_at=begin,
        )  # fmt: skip
        if party is None:
            row = {"case": case, "session": session, "written_by": user, "role": "mediator", "at": begin}
            filed.put(Note, {"text": MINUTES}, kind="minutes", visibility="all_parties", **row)
            for who in (filed.first, filed.second):
                Attendance.objects.create(
                    session=session, party=who, came_as="self", recorded_at=begin, recorded_by=user
                )
    sits = CaseMediator.objects.get(case=case)
    filed.put(
        CaucusNote, {"text": SECRET}, case=case, party=filed.first, mediator=sits, kind="talk", at=begin
    )


def _papers(filed: Filed) -> None:
    shared = {"case": filed.case, "role": "mediator"}
    for visibility, text in WORDS.items():
        party = filed.first if visibility == "one_party" else None
        row = {**shared, "visibility": visibility, "party": party}
        filed.put(
            Note, {"text": text}, kind="investigation", written_by=filed.mediator.user, at=clock.now(), **row
        )
        filed.put(
            Document, {"title": f"附件：{text}"}, kind="evidence", added_by=filed.clerk.user,
            key_id=filed.key, added_at=clock.now(), original_at="三号柜", **row,
        )  # fmt: skip


def _agreement(filed: Filed) -> None:
    today, user = clock.today(), filed.mediator.user
    agreed = filed.put(
        Agreement, {"facts": "楼上漏水", "terms": "乙方修好管道", "written_terms": "乙方于三月底前修好管道"},
        case=filed.case, serial=1, form="written", written_on=today, effective_on=today, key_id=filed.key,
        reached_at=clock.now(), reached_by=user, written_at=clock.now(), written_by=user,
    )  # fmt: skip
    mark = {"agreement": agreed, "manner": "signature", "made_on": today, "recorded_by": user}
    for role, of in (("party", filed.first), ("party", filed.second), ("seal", None)):
        AgreementMark.objects.create(role=role, party=of, recorded_at=clock.now(), **mark)
    filed.put(
        Obligation, {"what": "修好管道并赔偿"}, agreement=agreed, series=uuid7(), debtor=filed.second,
        creditor=filed.first, amount="12345.60", due_on=today, entered_by=user, entered_at=clock.now(),
    )  # fmt: skip
    for party, words in ((filed.first, "甲方说已修好"), (filed.second, "乙方说已付款")):
        filed.put(
            FollowUp, {"note": words}, agreement=agreed, party=party, due_on=today, state="done",
            done_on=today, form="phone", result="performed", done_by=user,
        )  # fmt: skip
