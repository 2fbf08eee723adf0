"""The six legal grounds of a report to the police (law.md §8) and what each asks for. There is no "other".

Whether a ground holds for a dispute's facts is said by the escalation rules; whether a report is made, by
people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kernel.codes import CodeTable
from kernel.codes.law import DangerSignCode
from kernel.codes.roles import Role


class Ground(CodeTable, table="report_ground"):
    PUBLIC_ORDER = (
        "PS-1",
        "可能引发治安或刑事案件的纠纷（人民调解法 25）",
        "dispute that may cause a public-order case",
    )
    CRIME = "PS-2", "犯罪事实或嫌疑人（刑诉法 110）", "facts of crime or a suspect"
    VIOLENCE_NO_CAPACITY = (
        "PS-3",
        "无或限制民事行为能力人遭受家暴（反家暴法 14）",
        "violence against one without capacity",
    )
    MINOR = "PS-4", "未成年人受侵害或面临危险（未保法 11）", "minor harmed or in danger"
    CORRECTION = (
        "PS-5",
        "社区矫正违规未制止或查找未果（社区矫正法 30、31）",
        "correction: violation or lost person",
    )
    EMERGENCY = "PS-6", "生命财产紧急情况（个保法 13）", "emergency to life or property"


class Recipient(CodeTable, table="report_recipient"):
    POLICE = "police", "派出所", "police station of the place"
    CIVIL_AFFAIRS = "civil_affairs", "民政", "civil affairs"
    EDUCATION = "education", "教育", "education"
    COUNTY_POLICE = "county_police", "县级公安机关", "police of the county"


class CorrectionAct(CodeTable, table="correction_act"):
    """What an agency's officer has seen (社区矫正法 30, 31); beside the danger signs of EF-9."""

    NOT_STOPPED = "not_stopped", "正在违规，制止无效", "a violation that could not be stopped"
    NOT_FOUND = "not_found", "失去联系，查找无果", "lost, and not found by the search"


ACTS = (*DangerSignCode.choices(), *CorrectionAct.choices())


class Way(CodeTable, table="report_way"):
    """How it reached the police; by phone or in person is always allowed, and entered after."""

    SYSTEM = "system", "系统报送", "by the system"
    PHONE = "phone", "电话（110）", "by phone"
    IN_PERSON = "in_person", "当面", "in person"


class Answer(CodeTable, table="report_answer"):
    """What the police answer: a code, and no file of theirs."""

    ATTENDED = "attended", "已到场处置", "attended"
    CASE_OPENED = "case_opened", "已受案或立案", "a case was opened"
    ADMONISHED = "admonished", "已出具告诫书", "an admonition was issued"
    PERSON_FOUND = "person_found", "已找到人员", "the person was found"
    NOT_OURS = "not_ours", "不属于公安职责", "not a matter for the police"
    NO_BASIS = "no_basis", "查无依据", "no basis was found"


class NotTold(CodeTable, table="report_not_told"):
    """Why the person is not told yet (law.md §8 h)."""

    ENDANGERS = "endangers", "告知会危及人身安全", "telling would endanger somebody"
    HINDERS = "hinders", "告知会妨碍办案", "telling would hinder the case"
    NOT_REACHED = "not_reached", "联系不上", "the person could not be reached"


_CIVIL_SIDE = frozenset(
    {
        Role.GRID_WORKER, Role.COMMUNITY_COORDINATOR, Role.CENTRE_CLERK, Role.MEDIATOR, Role.CENTRE_DIRECTOR,
        Role.COMMITTEE_KEEPER, Role.DUTY_OFFICER,
    }
)  # fmt: skip
"""Committees and workers of the street (PS-3, PS-4)."""
AGENCY = frozenset({Role.AGENCY_OFFICER, Role.AGENCY_HEAD})
SUPERVISION = AGENCY | {Role.STATION_OFFICER}
"""State organs (PS-4); a station acts for the agency (CCL-9/10)."""
_ANYONE = _CIVIL_SIDE | SUPERVISION
"""Everybody who meets people at work here (PS-2, PS-6). Who only reads, decides or administers reports like
any citizen, by phone or in person."""


@dataclass(frozen=True, slots=True)
class GroundRule:
    """`at_once`: sent without a second person, reviewed the next working day; `if_urgent`: so only with a
    reason why it cannot wait. `decider` hears an author whose report was declined. `reporter_masked`: who
    reported stays inside the centre."""

    ground: Ground
    reporters: frozenset[Role]
    recipients: tuple[Recipient, ...]
    second_person: frozenset[Role]
    decider: Role = Role.CENTRE_DIRECTOR
    at_once: bool = False
    if_urgent: bool = False
    reporter_masked: bool = False


_DUTY = frozenset({Role.DUTY_OFFICER, Role.CENTRE_DIRECTOR})
RULES: Mapping[str, GroundRule] = {
    rule.ground: rule
    for rule in (
        GroundRule(Ground.PUBLIC_ORDER, frozenset({Role.MEDIATOR}), (Recipient.POLICE,), _DUTY),
        GroundRule(Ground.CRIME, _ANYONE, (Recipient.POLICE,), _DUTY | AGENCY),
        GroundRule(
            Ground.VIOLENCE_NO_CAPACITY,
            _CIVIL_SIDE,
            (Recipient.POLICE,),
            _DUTY,
            at_once=True,
            reporter_masked=True,
        ),
        GroundRule(
            Ground.MINOR,
            _ANYONE,
            (Recipient.POLICE, Recipient.CIVIL_AFFAIRS, Recipient.EDUCATION),
            _DUTY | AGENCY,
            at_once=True,
        ),
        GroundRule(
            Ground.CORRECTION,
            AGENCY,
            (Recipient.COUNTY_POLICE,),
            AGENCY,
            decider=Role.AGENCY_HEAD,
            if_urgent=True,
        ),
        GroundRule(Ground.EMERGENCY, _ANYONE, (Recipient.POLICE,), _DUTY | AGENCY, at_once=True),
    )
}
REPORTERS = frozenset[Role]().union(*(rule.reporters for rule in RULES.values()))
MACHINE_MAY_PROPOSE = frozenset(
    {Ground.PUBLIC_ORDER, Ground.VIOLENCE_NO_CAPACITY, Ground.MINOR, Ground.EMERGENCY}
)
"""On a dispute only. A crime (PS-2) is known by somebody who saw it, PS-5 belongs to the agency's
officers."""


def acts_fit(ground: str, acts: Iterable[str]) -> bool:
    """What an agency's officer has seen of a correction belongs to PS-5 and to nothing else; PS-5 rests on
    it."""
    of_correction = bool(set(acts) & set(CorrectionAct.values()))
    return of_correction == (ground == Ground.CORRECTION)


def missing_facts(facts: Mapping[str, object]) -> tuple[str, ...]:
    """What every report must say and this one does not: an observed act, the time, the place or why there
    is none."""
    missing = [name for name in ("acts", "observed_at") if not facts.get(name)]
    if not facts.get("place") and not facts.get("no_place_reason"):
        missing.append("place")
    return tuple(missing)


_WHAT = ("ground", "acts", "observed_at", "persons_at_risk")
SHEET: Mapping[str, tuple[str, ...]] = {
    Recipient.POLICE: (*_WHAT, "place", "person", "contact"),
    Recipient.COUNTY_POLICE: (*_WHAT, "place", "person", "contact"),
    Recipient.CIVIL_AFFAIRS: (*_WHAT, "area", "contact"),
    Recipient.EDUCATION: ("ground", "observed_at", "persons_at_risk", "area", "contact"),
}
"""最小单: what each recipient's own sheet carries. Who looks after children needs no grid and no name from
us."""


def sheet_fields(recipient: str, *, masked: bool) -> tuple[str, ...]:
    """The fields of a recipient's sheet; of a masked report the office stands for the reporter."""
    return tuple("office" if masked and name == "contact" else name for name in SHEET[recipient])
