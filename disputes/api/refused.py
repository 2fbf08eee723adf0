"""`/refused-screenings`: what phones sent and was not taken, for the organisation that answers for it."""

import django_filters as df
from django.db.models import QuerySet
from rest_framework.mixins import ListModelMixin

from disputes import access
from disputes.serializers.screenings import RefusedSerializer
from edge.views import DomainViewSet
from sync.models import Inbox

STATES = (("rejected", "rejected"), ("quarantined", "quarantined"), ("conflict", "conflict"))


class RefusedFilter(df.FilterSet):
    state = df.ChoiceFilter(choices=STATES)
    received_after = df.IsoDateTimeFilter(field_name="received_at", lookup_expr="gte")


class RefusedViewSet(ListModelMixin, DomainViewSet):
    """Who sent it, when, and why it was not taken; the content stays sealed in the inbox."""

    policy = access.REFUSED
    serializer_class = RefusedSerializer
    filterset_class = RefusedFilter

    def rows(self) -> QuerySet[Inbox]:
        return access.refused_visible_to(self.actor).order_by("-received_at", "-no")
