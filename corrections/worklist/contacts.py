"""Due contacts, places, groups and terms on an officer's worklist."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from corrections import access
from corrections.machine import STAFF
from corrections.services.groups import gaps_of
from kernel.actor import Actor
from kernel.codes.law import ContactForm
from tasks.worklist import Section, SectionKind, WorklistItem

REFUSED_SHOWN = timedelta(days=30)


def missed(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _contacts(actor, "missed")


def in_grace(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _contacts(actor, "in_grace")


def still_open(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _contacts(actor, "open")


def _contacts(actor: Actor, state: str) -> list[WorklistItem]:
    rows = access.contacts_visible_to(actor).filter(state=state)
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
    rows = access.terms_visible_to(actor).filter(confirmed_at__isnull=True)
    return [
        WorklistItem("order", row.order_id, "期限待核对", "a term to be confirmed", since=row.recorded_at)
        for row in rows
        if row.recorded_by_id != actor.user_id
    ]


SECTIONS = (
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
