from uuid import UUID

from accounts.models import Organisation, OrganisationKind
from accounts.selectors import area_ancestors, area_subtree_ids
from kernel.law import law
from kernel.problems import Problem
from mediation.models import Case, CommitteeRegister, CommitteeYear

CODE_DIGITS = 9


def committee_for(street_id: UUID, committee_id: UUID | None) -> Organisation:
    """The committee that takes the case: the named one if it serves the street, else the street's own, else
    one of its communities, else one above it. Problem `committee_missing`."""
    below, above = area_subtree_ids(street_id), [area for area, _ in area_ancestors(street_id)]
    rows = Organisation.objects.filter(kind=OrganisationKind.COMMITTEE, area_id__in=[*below, *above])
    if committee_id is not None:
        rows = rows.filter(pk=committee_id)
    rank = {area: place for place, area in enumerate([*above[:1], *below, *above[1:]])}
    found = min(rows, key=lambda committee: (rank.get(committee.area_id, 0), committee.name), default=None)
    if found is None:
        raise Problem("committee_missing")
    return found


@law("PM-F2")
def case_number(committee: Organisation, year: int, serial: int | None = None) -> dict[str, object]:
    """The next number of a committee in a year, without a hole or a double; or the one that stands on paper.
    `（2026）230103001人调字第12号`: year, committee code, running number."""
    taken = numbers_take(committee, year, 1) if serial is None else serial
    number = number_text(year, register_of(committee).code, taken)
    return {"number": number, "number_year": year, "number_serial": taken}


def numbers_take(committee: Organisation, year: int, count: int) -> int:
    """The last of the next `count` numbers: the year's row is locked until commit."""
    register = register_of(committee)
    CommitteeYear.objects.get_or_create(register=register, year=year)
    row = CommitteeYear.objects.select_for_update().get(register=register, year=year)
    row.last_serial += count
    row.save(update_fields=["last_serial"])
    return row.last_serial


def number_text(year: int, code: str, serial: int) -> str:
    return f"（{year}）{code}人调字第{serial}号"


def register_of(committee: Organisation) -> CommitteeRegister:
    found = CommitteeRegister.objects.filter(committee=committee).first()
    if found is not None:
        return found
    street = committee.area.code[:CODE_DIGITS] if committee.area.code.endswith("000") else committee.area.code
    taken = CommitteeRegister.objects.filter(code__startswith=street).count()
    code = street if not taken else f"{street}-{taken + 1}"
    return CommitteeRegister.objects.get_or_create(committee=committee, defaults={"code": code})[0]


def has_number(case: Case) -> bool:
    return case.number is not None
