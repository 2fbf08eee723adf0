"""Filters of the lists of the table, by allow-list. None of them looks at a sealed text."""

import django_filters

from mediation.models import CaucusNote, Document, Note, Offer, Session, SessionNotice
from mediation.offer_rules import OfferState
from mediation.session_rules import NoticeKind, SessionForm, SessionState
from mediation.visibility import DocumentKind, NoteKind, Visibility


class SessionFilter(django_filters.FilterSet):
    case = django_filters.UUIDFilter(field_name="case_id")
    state = django_filters.ChoiceFilter(choices=SessionState.choices())
    form = django_filters.ChoiceFilter(choices=SessionForm.choices())
    starts_from = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="gte")
    starts_before = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="lt")

    class Meta:
        model = Session
        fields: tuple[str, ...] = ()


class NoticeFilter(django_filters.FilterSet):
    session = django_filters.UUIDFilter(field_name="session_id")
    kind = django_filters.ChoiceFilter(choices=NoticeKind.choices())
    waiting = django_filters.BooleanFilter(field_name="told_at", lookup_expr="isnull")

    class Meta:
        model = SessionNotice
        fields: tuple[str, ...] = ()


class NoteFilter(django_filters.FilterSet):
    case = django_filters.UUIDFilter(field_name="case_id")
    session = django_filters.UUIDFilter(field_name="session_id")
    party = django_filters.UUIDFilter(field_name="party_id")
    kind = django_filters.ChoiceFilter(choices=NoteKind.choices())
    visibility = django_filters.ChoiceFilter(choices=Visibility.choices())

    class Meta:
        model = Note
        fields: tuple[str, ...] = ()


class CaucusFilter(django_filters.FilterSet):
    case = django_filters.UUIDFilter(field_name="case_id")
    party = django_filters.UUIDFilter(field_name="party_id")

    class Meta:
        model = CaucusNote
        fields: tuple[str, ...] = ()


class DocumentFilter(django_filters.FilterSet):
    case = django_filters.UUIDFilter(field_name="case_id")
    party = django_filters.UUIDFilter(field_name="party_id")
    kind = django_filters.ChoiceFilter(choices=DocumentKind.choices())
    visibility = django_filters.ChoiceFilter(choices=Visibility.choices())

    class Meta:
        model = Document
        fields: tuple[str, ...] = ()


class OfferFilter(django_filters.FilterSet):
    case = django_filters.UUIDFilter(field_name="case_id")
    state = django_filters.ChoiceFilter(choices=OfferState.choices())
    expires_before = django_filters.IsoDateTimeFilter(field_name="expires_at", lookup_expr="lt")

    class Meta:
        model = Offer
        fields: tuple[str, ...] = ()
