"""The seven channels of referral 转介: what each asks for, where it is open, and the clocks that the law sets
there. Plain Python.

Clocks are information with their source; nothing here ever says "too late" (that is for the channel to say).
A party may go to any channel alone at any time (PM-3): what is not open here is only not sent from here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kernel.calendar import WorkCalendar
from kernel.codes import CodeTable
from kernel.codes.law import DisputeCategory
from kernel.deadlines import deadline
from kernel.law import law

URGENT_DAYS = 7
LABOUR = frozenset({DisputeCategory.WAGES_MIGRANT, DisputeCategory.LABOUR})


class Channel(CodeTable, table="referral_channel"):
    REVIEW = "review", "行政复议", "administrative review"
    ARBITRATION = "arbitration", "仲裁", "arbitration"
    LABOUR_ARBITRATION = "labour_arbitration", "劳动争议仲裁", "labour arbitration"
    NOTARY = "notary", "公证", "notary"
    LEGAL_AID = "legal_aid", "法律援助", "legal aid"
    COURT = "court", "诉讼", "court"
    PETITION = "petition", "信访", "petition"


class MeansExempt(CodeTable, table="means_exempt_reason"):
    """LA-31/42: why means are not looked at, as the applicant says it. No bank data is asked for."""

    DOMESTIC_VIOLENCE = (
        "domestic_violence",
        "遭受家庭暴力（不审查经济状况）",
        "domestic violence, no means test",
    )
    GOOD_SAMARITAN = "good_samaritan", "见义勇为（不审查经济状况）", "good samaritan, no means test"
    MINOR = "minor", "无固定收入的未成年人", "a minor without income"
    OLD = "old", "无固定收入的老年人", "an old person without income"
    DISABLED = "disabled", "无固定收入的残疾人", "a disabled person without income"
    ASSISTANCE = "assistance", "社会救助对象", "receives social assistance"
    MIGRANT_WORKER = "migrant_worker", "农民工请求劳动报酬或工伤待遇", "migrant worker, wages or injury"


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a channel's paper."""

    code: str
    zh: str
    en: str
    needed: bool = True


def _asked(code: str, zh: str, en: str, needed: bool = True) -> Asked:
    return Asked(code, zh, en, needed)


_CLAIMS = _asked("claims", "请求事项", "claims")
_FACTS = _asked("facts", "事实和理由", "facts and reasons")
_EVIDENCE = _asked("evidence", "证据和证人", "evidence and witnesses", False)
FIELDS: Mapping[Channel, tuple[Asked, ...]] = {
    Channel.REVIEW: (
        _asked("organ", "被申请的行政机关", "the organ"), _asked("act", "行政行为", "the act"),
        _asked("request", "复议请求", "request"), _FACTS,
    ),
    Channel.ARBITRATION: (
        _asked("institution", "约定的仲裁机构", "the institution chosen"),
        _asked("agreement", "仲裁协议（请求仲裁的意思、事项）", "the agreement to arbitrate"),
        _CLAIMS, _FACTS, _EVIDENCE,
    ),
    Channel.LABOUR_ARBITRATION: (_asked("employer", "用人单位", "employer"), _CLAIMS, _FACTS, _EVIDENCE),
    Channel.NOTARY: (
        _asked("matter", "公证事项", "matter"),
        _asked("place", "住所、经常居住地、行为或事实发生地", "residence, or place of the act"),
    ),
    Channel.LEGAL_AID: (
        _asked("matter", "申请事项", "matter"), _FACTS,
        _asked("means_exempt_reason", "免予核查经济状况的情形（自述）", "why means are not looked at", False),
    ),
    Channel.COURT: (_asked("against", "被告", "defendant"), _CLAIMS, _FACTS, _EVIDENCE),
    Channel.PETITION: (
        _asked("organ", "有权处理的机关", "the organ in charge"),
        _asked("request", "请求", "request"), _FACTS,
    ),
}  # fmt: skip
SOURCE: Mapping[Channel, str] = {
    Channel.REVIEW: "AR-20", Channel.ARBITRATION: "AB-33/34", Channel.LABOUR_ARBITRATION: "LB-27",
    Channel.NOTARY: "NO-2/11/25", Channel.LEGAL_AID: "LA-31/32/42", Channel.COURT: "CT-125",
    Channel.PETITION: "PT-22/34/35/36",
}  # fmt: skip
"""The row of the law on which fields go to the channel."""


@law("AR-20", "AB-33/34", "LB-27", "NO-2/11/25", "LA-31/32/42", "CT-125", "PT-22/34/35/36")
def field_faults(channel: Channel, details: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with what was filled in for a channel: more than its paper asks for, or less."""
    asked = FIELDS[channel]
    unknown = sorted(set(details) - {one.code for one in asked})
    missing = [one.code for one in asked if one.needed and not details.get(one.code, "").strip()]
    return dict.fromkeys(unknown, "not a field of this channel") | dict.fromkeys(missing, "required")


# Which channels are open


@dataclass(frozen=True, slots=True)
class Matter:
    """What the router looks at. `act_of_organ`: it is about an act of an administrative organ;
    `organ_mediated`: an organ mediated between the parties; `settled`: they have agreed."""

    category: str
    protected: bool = False
    act_of_organ: bool = False
    organ_mediated: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the router's answer, with the row of the law that is its reason."""

    channel: Channel
    open: bool
    law: str
    zh: str
    en: str


def routes(matter: Matter) -> list[Route]:
    """For each channel whether it can be referred to, in the order of the table, and what to know of it."""
    return [route for channel in Channel for route in _routes_of(channel, matter)]


def closed(matter: Matter, channel: Channel) -> Route | None:
    """Why this channel is not open for the matter; None when it is."""
    return next((route for route in _routes_of(channel, matter) if not route.open), None)


def _routes_of(channel: Channel, matter: Matter) -> Iterator[Route]:
    yield from _ROUTERS[channel](matter)


@law("AR-20", "AR-12")
def _review(matter: Matter) -> Iterator[Route]:
    if matter.organ_mediated:
        yield Route(
            Channel.REVIEW, False, "AR-12", "行政机关对民事纠纷的调解不属于行政复议范围",
            "an organ's mediation of a civil dispute is not reviewable",
        )  # fmt: skip
    elif matter.act_of_organ:
        yield Route(
            Channel.REVIEW, True, "AR-20", "不服行政行为的，可以自知道之日起六十日内申请行政复议，不收费",
            "against an act of an organ, within 60 days of knowing it, free of charge",
        )  # fmt: skip
    else:
        yield Route(
            Channel.REVIEW, False, "AR-20", "本纠纷不针对行政行为", "the matter is not about an organ's act"
        )


@law("AB-3", "LB-27", "AB-4/27")
def _arbitration(matter: Matter) -> Iterator[Route]:
    if matter.category == DisputeCategory.FAMILY:
        yield Route(
            Channel.ARBITRATION, False, "AB-3", "婚姻、收养、监护、扶养、继承纠纷不能仲裁",
            "marriage, adoption, guardianship, support and inheritance cannot be arbitrated",
        )  # fmt: skip
    elif matter.category in LABOUR:
        yield Route(
            Channel.ARBITRATION,
            False,
            "LB-27",
            "劳动争议适用劳动争议仲裁",
            "labour disputes go to labour arbitration",
        )
    elif matter.act_of_organ:
        yield Route(Channel.ARBITRATION, False, "AB-3", "行政争议不能仲裁", "not for administrative matters")
    else:
        yield Route(
            Channel.ARBITRATION, True, "AB-4/27",
            "需要双方有仲裁协议：请求仲裁的意思、仲裁事项、选定的仲裁机构",
            "needs an agreement: the will, the matters, the institution chosen",
        )  # fmt: skip


@law("LB-27")
def _labour(matter: Matter) -> Iterator[Route]:
    is_labour = matter.category in LABOUR
    yield Route(
        Channel.LABOUR_ARBITRATION, is_labour, "LB-27",
        "劳动争议可以随时申请仲裁，时效一年" if is_labour else "本纠纷不是劳动争议",
        "at any time, limitation one year" if is_labour else "not a labour dispute",
    )  # fmt: skip


@law("NO-31", "NO-37")
def _notary(matter: Matter) -> Iterator[Route]:
    if not matter.settled:
        yield Route(
            Channel.NOTARY, False, "NO-31", "对公证事项有争议的不予公证：达成一致后再办",
            "no notarisation while the matter is disputed: only after a settlement",
        )  # fmt: skip
        return
    yield Route(
        Channel.NOTARY, True, "NO-37", "经公证并有执行承诺的债权文书可以申请强制执行，可代替司法确认",
        "a notarised debt deed with a promise of enforcement is enforceable",
    )  # fmt: skip


@law("LA-31/32/42")
def _legal_aid(matter: Matter) -> Iterator[Route]:
    text, english = "可以申请法律援助，不收费", "legal aid, free of charge"
    if matter.protected:
        text, english = (
            "遭受家庭暴力的，申请法律援助不审查经济状况",
            "no means test for victims of domestic violence",
        )
    yield Route(Channel.LEGAL_AID, True, "LA-31/32/42", text, english)


@law("CT-125", "DV-23/28")
def _court(matter: Matter) -> Iterator[Route]:
    yield Route(
        Channel.COURT, True, "CT-125", "可以起诉；法院先行调解，当事人拒绝的除外",
        "may sue; the court mediates first unless a party refuses",
    )  # fmt: skip
    if matter.protected:
        yield Route(
            Channel.COURT, True, "DV-23/28", "可以申请人身安全保护令：七十二小时内作出，紧急的二十四小时",
            "protection order: decided within 72 hours, urgent 24",
        )  # fmt: skip


@law("PT-22/34/35/36")
def _petition(_matter: Matter) -> Iterator[Route]:
    yield Route(
        Channel.PETITION, True, "PT-22/34/35/36", "可以信访；信访不记作任何人的不利情况",
        "may petition; a petition is never counted against anybody",
    )  # fmt: skip


_ROUTERS = {
    Channel.REVIEW: _review,
    Channel.ARBITRATION: _arbitration,
    Channel.LABOUR_ARBITRATION: _labour,
    Channel.NOTARY: _notary,
    Channel.LEGAL_AID: _legal_aid,
    Channel.COURT: _court,
    Channel.PETITION: _petition,
}


# Clocks, as information


@dataclass(frozen=True, slots=True)
class Clock:
    """A term as the law has it. Who warns, warns by `last_day`; `moved_day` is where a last day on a day off
    moves to (the same where it does not)."""

    law: str
    zh: str
    en: str
    last_day: date
    moved_day: date
    provisional: bool = False


def _days(source: str, zh: str, en: str, last: date, calendar: WorkCalendar, *, moves: bool = True) -> Clock:
    moved = calendar.next_working_day(last)
    return Clock(source, zh, en, last, moved.day if moves else last, provisional=moves and moved.provisional)


@deadline(
    "review_apply", zh="申请行政复议", en="apply for review", length="60", counted="calendar days",
    since="the day one knew of the act", effect="information; a last day on a day off moves", law=("AR-20",),
)  # fmt: skip
@law("AR-20")
def review_apply(known_on: date, calendar: WorkCalendar) -> Clock:
    return _days("AR-20", "申请行政复议", "apply for review", known_on + timedelta(days=60), calendar)


@deadline(
    "labour_arb", zh="申请劳动仲裁", en="apply for labour arbitration", length="1 year", counted="calendar",
    since="the day one knew", effect="information; a last day on a day off moves", law=("LB-27",),
)  # fmt: skip
@law("LB-27")
def labour_apply(known_on: date, calendar: WorkCalendar) -> Clock:
    return _days("LB-27", "申请劳动仲裁", "apply for labour arbitration", _a_year_on(known_on), calendar)


def _a_year_on(day: date) -> date:
    """The same day of the next year; the last of February where there is none (Civil Code 202)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


@deadline(
    "referral_answer", zh="转介答复", en="a channel answers",
    length="5 working days (review), 5 (arbitration), 7 (legal aid), 15 working days (notary), 15 (petition)",
    counted="calendar days, working days where the channel counts so", since="the channel received it",
    effect="a flag on the referral", law=("AR-30/31", "AB-35", "LB-27", "LA-43", "NO-30", "PT-22/34/35/36"),
    settings=("COURT_ANSWER_DAYS",),
)  # fmt: skip
@law("AR-30/31", "AB-35", "LB-27", "LA-43", "NO-30", "PT-22/34/35/36", "AR-87/88")
def answer_by(channel: str, received_on: date, calendar: WorkCalendar, *, court_days: int) -> Clock:
    """By when a channel says whether it takes the matter. `court_days` is the district's setting."""
    source, days, working = {
        Channel.REVIEW: ("AR-30/31", 5, True),
        Channel.ARBITRATION: ("AB-35", 5, False),
        Channel.LABOUR_ARBITRATION: ("LB-27", 5, False),
        Channel.NOTARY: ("NO-30", 15, True),
        Channel.LEGAL_AID: ("LA-43", 7, False),
        Channel.COURT: ("CT-125", court_days, False),
        Channel.PETITION: ("PT-22/34/35/36", 15, False),
    }[Channel(channel)]
    if working:
        due = calendar.add_working_days(received_on, days)
        return Clock(source, "答复", "answers", due.day, due.day, due.provisional)
    return _days(source, "答复", "answers", received_on + timedelta(days=days), calendar)


def clocks(matter: Matter, known_on: date | None, calendar: WorkCalendar) -> list[Clock]:
    """The terms that run for a party who knew of the matter on a day."""
    if known_on is None:
        return []
    found = []
    if matter.act_of_organ and not matter.organ_mediated:
        found.append(review_apply(known_on, calendar))
    if matter.category in LABOUR:
        found.append(labour_apply(known_on, calendar))
    return found


@law("LA-44")
def urgent(running: list[Clock], today: date) -> bool:
    """Legal aid helps first when a term ends in less than seven days. One that has ended by our count is
    urgent as well: that is not for us to say."""
    return any(clock.last_day - today < timedelta(days=URGENT_DAYS) for clock in running)
