"""Due contacts, places, groups and terms on an officer's worklist."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from corrections import access
from corrections.machine import STAFF
from corrections.models import DueContact, Group, Order, Plan, Reception, Search
from corrections.services.groups import gaps_of
from kernel.actor import Actor
from kernel.codes.law import ContactForm
from tasks.worklist import Section, SectionKind, WorklistItem

REFUSED_SHOWN = timedelta(days=30)


def missed(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Until the agency has answered a review of the person that lies after it; the fact itself stays."""
    after = Search.objects.filter(subject=OuterRef("subject"), closed_at__gte=OuterRef("grace_until"))
    answered = Exists(after)
    return _contacts(access.contacts_visible_to(actor).filter(~answered, state="missed"))


def in_grace(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _contacts(access.contacts_visible_to(actor).filter(state="in_grace"))


def still_open(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _contacts(access.contacts_visible_to(actor).filter(state="open"))


def _contacts(rows: QuerySet[DueContact]) -> list[WorklistItem]:
    return [
        WorklistItem("contact", row.id, ContactForm(row.form).zh, ContactForm(row.form).en, due_at=row.due_at)
        for row in rows
    ]


def flags(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.flags_visible_to(actor).filter(state="open")
    return [
        WorklistItem("place_flag", row.id, "位置待查看", "a place to look at", since=row.opened_at)
        for row in rows
    ]


def bare(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Who was registered and lacks an order, the reception, a group at work, or a plan; marks say what."""
    rows = access.visible_to(actor).annotate(
        order=Exists(Order.objects.filter(subject=OuterRef("pk"))),
        received=Exists(Reception.objects.filter(subject=OuterRef("pk"))),
        group=Exists(Group.objects.filter(subject=OuterRef("pk"), state="active")),
        plan=Exists(Plan.objects.filter(subject=OuterRef("pk"), state="in_force")),
    )
    parts, title = (
        ("order", "received", "group", "plan"),
        ("登记后手续未齐", "registered, something is missing"),
    )
    return [
        WorklistItem("subject", row.pk, *title, since=row.created_at, marks=tuple(marks))
        for row in rows
        if (marks := [part for part in parts if not getattr(row, part)])
    ]


def incomplete(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.groups_visible_to(actor).filter(state="active")
    groups = rows.select_related("subject").prefetch_related("members")
    return [
        WorklistItem("group", row.id, "小组成员不全", "a group lacks a member", marks=tuple(gaps))
        for row in groups
        if (gaps := gaps_of(row, row.subject))
    ]


def unsigned(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Groups at work whose responsibility letter nobody has signed (CCM-19)."""
    rows = access.groups_visible_to(actor).filter(state="active", agreement_signed_on=None)
    title = "责任书待签订", "a responsibility letter to be signed"
    return [WorklistItem("group", row.id, *title, since=row.activated_at) for row in rows]


def refused(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """What phones sent as visits and what was not taken, with its code: for the station that answers for
    it.
    """
    rows = access.refused_visible_to(actor).filter(received_at__gte=now - REFUSED_SHOWN)
    return [
        WorklistItem(
            "inbox", row.id, "未受理的走访记录", "a visit that was not taken", since=row.received_at,
            marks=(row.code,),
        )
        for row in rows
    ]  # fmt: skip


def terms(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Newest terms that another officer has still to confirm."""
    rows = access.terms_visible_to(actor).order_by("order_id", "-recorded_at", "-id").distinct("order_id")
    return [
        WorklistItem("order", row.order_id, "期限待核对", "a term to be confirmed", since=row.recorded_at)
        for row in rows
        if row.confirmed_at is None and row.recorded_by_id != actor.user_id
    ]


SECTIONS = (
    Section(
        "subjects_bare",
        SectionKind.MISSING,
        "登记后手续未齐",
        "registered, something is missing",
        STAFF,
        bare,
    ),
    Section("groups_unsigned", SectionKind.MISSING, "责任书待签订", "letters to be signed", STAFF, unsigned),
    Section(
        "contacts_missed", SectionKind.OVERDUE, "未进行的联系", "contacts that were missed", STAFF, missed
    ),
    Section("contacts_in_grace", SectionKind.OVERDUE, "宽限期内的联系", "contacts in grace", STAFF, in_grace),
    Section("contacts_open", SectionKind.TO_DO, "可进行的联系", "contacts that are open", STAFF, still_open),
    Section("place_flags", SectionKind.UNREAD, "位置待查看", "places to look at", STAFF, flags),
    Section(
        "groups_incomplete",
        SectionKind.MISSING,
        "小组成员不全",
        "groups that lack a member",
        STAFF,
        incomplete,
    ),
    Section(
        "visits_refused",
        SectionKind.CAME_BACK,
        "未受理的走访记录",
        "visits that were not taken",
        STAFF,
        refused,
    ),
    Section("terms_unconfirmed", SectionKind.MISSING, "期限待核对", "terms to be confirmed", STAFF, terms),
)
