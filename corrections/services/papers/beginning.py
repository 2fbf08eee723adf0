"""What reception, announcement, plan and visit record are filled with."""

from collections.abc import Iterable

from corrections import access
from corrections.clocks import receipt_due
from corrections.codes import AttemptWay, Education, HelpMeasure, MemberKind, Period, Sex, VisitOutcome
from corrections.machine import PHONE_FORMS
from corrections.models import Group, Order, Plan, Reception, Subject, Visit
from corrections.papers.sheet import Filled, Row, said
from corrections.papers.words import OFFICER
from corrections.reception_codes import Acknowledged, CheckItem, MemberDuty, OrderDateKind, ReceptionPlace
from corrections.services.papers.filling import Filler, Filling, clear
from edge.conf import setting
from kernel.codes.law import ContactForm
from kernel.written import day, moment

VISITS_MOST = 20
TICKED = {
    CheckItem.DOCUMENTS: "齐全", CheckItem.IDENTITY: "已核实", CheckItem.REGISTER: "已登记",
    CheckItem.FILE: "已建立", CheckItem.ANNOUNCEMENT: "已宣告",
}  # fmt: skip
# On the visit record nothing says why somebody is visited (CCL-26).
WAYS = {ContactForm.FIELD_VISIT: "走访", ContactForm.COMMUNICATION: "电话"}
GUARDIAN_THERE = "到场"
NAMES_GROUP = frozenset({"announcement", "group_letter", "plan"})


def _reception_of(subject: Subject) -> Reception | None:
    return Reception.objects.filter(subject=subject).select_related("opened_by").first()


def reception(filling: Filling) -> Filled:
    row = _reception_of(filling.about)
    owed = "；".join(_owed(order) for order in filling.about.orders.order_by("effective_on", "id"))
    if row is None:
        return Filled({"owed": owed})
    checks = {CheckItem(check.item).value: TICKED[CheckItem(check.item)] for check in row.checks.all()}
    reported = said(day(row.reported_in_on), ReceptionPlace(row.place).zh)
    done = f"{day(row.completed_on)}接收完成" if row.completed_on else ""
    return Filled(
        checks | {"reported_in": reported, "owed": owed, "remark": done}, marks=_marks(row, "接收人")
    )


def _owed(order: Order) -> str:
    by = "移交机关" if order.report_in_owed_by == "organ" else "本人"
    return f"{by}：{day(order.report_in_due_on)}前"


def _marks(row: Reception, by: str) -> dict[str, str]:
    """Who received, and how the announcement was acknowledged."""
    marks = {by: row.opened_by.name}
    if row.acknowledged:
        marks["本人"] = said(Acknowledged(row.acknowledged).zh, day(row.announced_on))
    if row.guardian_present:
        marks["监护人"] = said(GUARDIAN_THERE, day(row.announced_on))
    return marks


def receipt(filling: Filling) -> Filled:
    """Of one order's documents, with the days that its papers state."""
    row = filling.chosen(filling.about.orders.select_related("created_by").order_by("created_at", "id"))
    if row is None:
        return Filled()
    dates = {date.kind: date for date in row.dates.order_by("recorded_at", "id")}
    received, back = dates.get(OrderDateKind.DOCUMENTS), dates.get(OrderDateKind.RECEIPT)
    due = receipt_due(received.on, setting("RECEIPT_DAYS")) if received else None
    values = {
        "document": said(row.organ, row.document_no, day(row.effective_on)), "to": row.organ,
        "received": day(received.on) if received else "", "due": f"{day(due)}前" if due else "",
        "back": said(day(back.on), back.document_no) if back else "",
    }  # fmt: skip
    return Filled(values, marks={OFFICER: row.created_by.name})


def group_letter(filling: Filling) -> Filled:
    group = Group.objects.filter(subject=filling.about).order_by("created_at").last()
    if group is None:
        return Filled()
    members = "；".join(_members(filling.about))
    return Filled({"members": members, "signed_on": day(group.agreement_signed_on)})


def announcement(filling: Filling) -> Filled:
    row = _reception_of(filling.about)
    marks = _marks(row, "宣告人") | {"日期": day(row.announced_on)} if row and row.announced_on else {}
    return Filled({"group": "；".join(_members(filling.about))}, marks=marks)


def _members(subject: Subject) -> Iterable[str]:
    """Who is in the active group."""
    for group in Group.objects.filter(subject=subject, state="active"):
        for member in (
            group.members.filter(state="in_force").select_related("user").order_by("added_at", "id")
        ):
            name = member.user.name if member.user else clear(member, "name")
            duties = "、".join(MemberDuty(duty).zh for duty in member.duties)
            yield f"{MemberKind(member.kind).zh}{name}" + (f"（{duties}）" if duties else "")


def plan(filling: Filling) -> Filled:
    versions = list(
        Plan.objects.filter(subject=filling.about).order_by("version").select_related("created_by")
    )
    if not versions:
        return Filled({"about": _about(filling)})
    newest = versions[-1]
    help_measures = "、".join(HelpMeasure(measure).zh for measure in newest.help_measures)
    members = "、".join(_members(filling.about))
    values = {
        "about": said(_about(filling), Education(newest.education).zh if newest.education else ""),
        "needs": help_measures, "contacts": "；".join(_frequencies(newest)),
        "measures": help_measures,
        "changes": "；".join(f"第{row.version}版自{day(row.starts_on)}" for row in versions),
    }  # fmt: skip
    return Filled(values, marks={"制定人": newest.created_by.name, "小组成员": members})


def _about(filling: Filling) -> str:
    """Sex and day of birth: what a plan may rest on and the records hold (CCL-24)."""
    subject = filling.about
    born = filling.opened(subject, "subject", "born_on")["born_on"]
    rules = "适用未成年人规定" if subject.minors_rules else ""
    return said(Sex(subject.sex).zh, f"{born}出生" if born else "", rules)


def _frequencies(row: Plan) -> Iterable[str]:
    for line in row.lines.order_by("form", "id"):
        yield f"{ContactForm(line.form).zh}{Period(line.period).zh}{line.least}至{line.most}次"
    yield f"安静时段{row.quiet_from:%H:%M}－{row.quiet_to:%H:%M}"


def contact(filling: Filling) -> Filled:
    """The newest visits and calls that a worker could make, in their order."""
    rows = access.visits_visible_to(filling.actor).filter(subject=filling.about, form__in=sorted(PHONE_FORMS))
    newest = list(rows.select_related("author").order_by("-made_at", "id")[:VISITS_MOST])
    visits = tuple(_visited(filling, visit) for visit in reversed(newest))
    return Filled({"visitor": newest[0].author.name if newest else ""}, visits)


def _visited(filling: Filling, visit: Visit) -> Row:
    note = filling.opened(visit, "visit", "note")["note"]
    missed = said(VisitOutcome(visit.outcome).zh, AttemptWay(visit.way).zh) if visit.way else ""
    return moment(visit.made_at), WAYS[ContactForm(visit.form)], said(missed, note), ""


FILLERS: dict[str, Filler] = {
    "reception": reception, "announcement": announcement, "group_letter": group_letter, "plan": plan,
    "contact": contact,
}  # fmt: skip
OF_RECORDS: dict[str, Filler] = {"receipt": receipt}
