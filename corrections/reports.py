"""What a person reports (CCM-24a): periodically, on five matters; and promptly, of four kinds of events.

How often is the plan's own line of that form: there is no number for all, and no class of people. Nothing
here is late, and nothing follows from a word: an officer looks at what was told.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from corrections.machine import STAFF
from kernel.codes import CodeTable
from kernel.codes.law import ContactForm
from kernel.law import law
from kernel.transitions import StateTable, Transition

REPORT_FORMS = frozenset({ContactForm.OFFICE_REPORT, ContactForm.WRITTEN_REPORT})


class ReportMatter(CodeTable):
    """What a periodic report 定期报告 tells of. "Nothing to tell" is an answer, and has to be said."""

    LAW_ABIDING = "law_abiding", "遵纪守法", "keeping the law"
    SUPERVISION = "supervision", "接受监督管理", "being supervised"
    STUDY = "study", "参加教育学习", "study"
    PUBLIC_BENEFIT = "public_benefit", "公益活动", "public benefit"
    SOCIAL = "social", "社会活动", "social activity"


class TimelyKind(CodeTable):
    """What is told promptly 及时报告: four kinds of events and no other."""

    ADDRESS = "address", "居所变化", "a change of address"
    WORK = "work", "工作变动", "a change of work"
    FAMILY = "family", "家庭重大事件", "a serious event in the family"
    ADVERSE_CONTACT = "adverse_contact", "接触对矫正不利人员", "contact with persons bad for correction"


class ToldWay(CodeTable):
    """How the event was told. None counts for more than another."""

    PHONE = "phone", "电话", "by telephone"
    IN_PERSON = "in_person", "当面", "in person"
    WRITTEN = "written", "书面", "in writing"


TOLD, LOOKED_AT, NOT_SO = "told", "looked_at", "not_so"


def _with_words(facts: Mapping[str, Any]) -> str | None:
    return None if facts["text"] else "reason_required"


TIMELY = StateTable(
    "timely_report",
    initial=TOLD,
    transitions=[
        Transition(TOLD, "look_at", LOOKED_AT, roles=STAFF, guard=_with_words, law="CCM-24a"),
        *(
            Transition(state, "take_back", NOT_SO, roles=STAFF, guard=_with_words)
            for state in (TOLD, LOOKED_AT)
        ),
    ],
    terminal=[NOT_SO],
)


@law("CCM-24a")
def report_gaps(told: Mapping[str, str]) -> list[str]:
    """The matters of which a periodic report says nothing, in their order."""
    return [matter.value for matter in ReportMatter if not told.get(matter.value, "").strip()]


@law("CCM-24a")
def report_form(forms: Iterable[str]) -> str:
    """By which form of a plan's contacts the person reports: at the office before in writing; '' where the
    plan asks for none."""
    return min((form for form in forms if form in REPORT_FORMS), default="")


@law("CCM-24a")
def days_until_told(happened_on: date, told_on: date) -> int:
    """How many days passed. Shown, and compared with nothing: the law has no number."""
    return (told_on - happened_on).days
