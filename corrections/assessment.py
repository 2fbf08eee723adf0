"""Pre-sentence assessment 调查评估 (CCM-14): an organ asks, a station looks into it, the agency signs.

Nobody below the station sees one, and no machine says what comes of it.
"""

from collections.abc import Mapping
from typing import Any

from corrections.machine import AGENCY, STAFF
from kernel.codes import CodeTable
from kernel.transitions import StateTable, Transition


class AskedBy(CodeTable):
    """Which organ asks."""

    COURT = "court", "人民法院", "court"
    PROCURATORATE = "procuratorate", "人民检察院", "procuratorate"
    POLICE = "police", "公安机关", "police"
    PRISON = "prison", "监狱管理机关、监狱", "prison"


class Heard(CodeTable):
    """Who was heard on a visit. Employer, school and neighbours are no source (CCL-26)."""

    PERSON = "person", "本人", "the person"
    FAMILY = "family", "家庭成员", "the family"
    COMMITTEE = "committee", "居村委会", "the residents' committee"
    VICTIM = "victim", "被害人", "the victim"
    POLICE_STATION = "police_station", "派出所", "the police station"


class Advice(CodeTable):
    """What the opinion says. The organ decides."""

    FITS = "fits", "适宜社区矫正", "community correction would do"
    DOES_NOT_FIT = "does_not_fit", "不适宜社区矫正", "community correction would not do"


class ReturnWhy(CodeTable):
    """Why a request goes back undone."""

    LIVES_ELSEWHERE = "lives_elsewhere", "居住地不在本辖区", "the person lives elsewhere"
    NOT_REACHABLE = "not_reachable", "无法联系", "the person could not be reached"
    PAPERS_MISSING = "papers_missing", "材料不全", "papers are missing"


RECEIVED, ASSIGNED, DRAFTED, SIGNED = "received", "assigned", "drafted", "signed"
SENT, RETURNED, WITHDRAWN = "sent", "returned", "withdrawn"
OPEN = (RECEIVED, ASSIGNED, DRAFTED, SIGNED)


def _visited(facts: Mapping[str, Any]) -> str | None:
    return None if facts["visits"] else "assessment_needs_visit"


def _another_signs(facts: Mapping[str, Any]) -> str | None:
    return "signer_is_drafter" if facts["drafted_by"] == facts["actor"] else None


ASSESSMENT = StateTable(
    "pre_sentence_assessment",
    initial=RECEIVED,
    transitions=[
        *(Transition(state, "assign", ASSIGNED, roles=AGENCY) for state in (RECEIVED, ASSIGNED)),
        Transition(ASSIGNED, "draft", DRAFTED, roles=STAFF, guard=_visited, law="CCM-14"),
        Transition(DRAFTED, "send_back", ASSIGNED, roles=AGENCY),
        Transition(DRAFTED, "sign", SIGNED, roles=AGENCY, guard=_another_signs, law="CCM-14"),
        Transition(SIGNED, "send", SENT, roles=AGENCY, law="CCM-14"),
        *(Transition(state, "return", RETURNED, roles=AGENCY) for state in (RECEIVED, ASSIGNED)),
        *(Transition(state, "withdraw", WITHDRAWN, roles=AGENCY) for state in OPEN),
    ],
    terminal=[SENT, RETURNED, WITHDRAWN],
)  # fmt: skip
