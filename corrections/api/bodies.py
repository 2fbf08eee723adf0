"""From checked bodies to what the services take."""

from typing import Any
from uuid import UUID

from corrections import services
from corrections.bodies import FixBody, VisitBody
from corrections.codes import (
    AttemptWay,
    HelpMeasure,
    MemberKind,
    NoPoint,
    Period,
    PlaceBasis,
    Sex,
    VisitOutcome,
)
from corrections.models import Group
from corrections.reception_codes import MemberDuty
from corrections.schedule import Frequency, Quiet
from corrections.term import Term
from kernel.codes.law import ContactForm, CoordinateSystem, CorrectionCategory
from kernel.problems import Problem


def registration(body: dict[str, Any]) -> dict[str, Any]:
    person = dict(body.pop("person"))
    person["sex"] = Sex(person["sex"])
    return body | {"person": services.Person(**person), "basis": PlaceBasis(body["basis"])}


def term(category: str, body: dict[str, Any]) -> Term:
    return Term(CorrectionCategory(category), **body)


def order(body: dict[str, Any]) -> dict[str, Any]:
    length = term(body.pop("category"), dict(body.pop("term")))
    subject_id = body.pop("subject")
    return {"subject_id": subject_id, "document": services.Document(**body), "term": length}


def member(body: dict[str, Any]) -> services.NewMember:
    kind, sex = MemberKind(body.pop("kind")), Sex(body.pop("sex"))
    duties = tuple(MemberDuty(code) for code in dict.fromkeys(body.pop("duties", ())))
    return services.NewMember(kind=kind, sex=sex, duties=duties, **body)


def member_of(group: Group, member_id: UUID) -> UUID:
    """The id of a member of this group. Problem `invalid` for any other, wherever it belongs."""
    if all(row.id != member_id for row in group.members.all()):
        raise Problem("invalid", fields={"member": ["not found"]})
    return member_id


def group(body: dict[str, Any]) -> dict[str, Any]:
    members = [member(dict(row)) for row in body["members"]]
    return {
        "subject_id": body["subject"],
        "agreement_signed_on": body.get("agreement_signed_on"),
        "members": members,
    }


def plan(body: dict[str, Any]) -> dict[str, Any]:
    lines = [
        Frequency(
            ContactForm(row["form"]), Period(row["period"]), row["least"], row["most"], row["window_days"]
        )
        for row in body["lines"]
    ]
    usual = services.quiet_default()
    quiet = Quiet(body.get("quiet_from", usual.start), body.get("quiet_to", usual.end))
    measures = [HelpMeasure(value) for value in dict.fromkeys(body["help_measures"])]
    drawn = services.NewPlan(
        lines, quiet, measures, body["starts_on"], body.get("grace_days"), body.get("evaluation"),
        body.get("why", ""), body.get("class_code", ""), body.get("education", ""),
    )  # fmt: skip
    return {"subject_id": body["subject"], "plan": drawn}


def visit(contact_id: UUID, body: dict[str, Any]) -> VisitBody:
    point = body.get("point")
    return VisitBody(
        outcome=VisitOutcome(body["outcome"]),
        due=contact_id,
        way=AttemptWay(body["way"]) if "way" in body else None,
        point=_fix(dict(point)) if point else None,
        no_location_reason=NoPoint(body["no_location_reason"]) if "no_location_reason" in body else None,
        note=body.get("note", ""),
        witness=body.get("witness"),
    )


def _fix(point: dict[str, Any]) -> FixBody:
    return FixBody(crs=CoordinateSystem(point.pop("crs")), **point)
