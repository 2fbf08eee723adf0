"""Rules, trials, profiles and extensions: what escalates, tried before it does, and more time for a level."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from disputes.access import disputes_visible_to
from disputes.models import Dispute
from edge.repeats import replayed
from edge.views import DomainView, DomainViewSet, StrictQuery
from escalation import access, services
from escalation import rules_serializers as bodies
from escalation.models import Extension, ExtensionState, ProfileVersion, Rule
from escalation.rulebook import RuleError, read_rule
from escalation.trying import try_rules
from kernel import clock
from kernel.problems import Problem

MOST_LINES = 200


class RuleFilter(django_filters.FilterSet):
    code = django_filters.CharFilter(max_length=40)
    active = django_filters.BooleanFilter(
        field_name="active_version", lookup_expr="isnull", exclude=True, help_text="In force"
    )


class RuleViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.RULES
    serializer_class = bodies.RuleSerializer
    filterset_class = RuleFilter

    def rows(self) -> QuerySet[Rule]:
        return access.visible_rules(self.actor).prefetch_related("active_version", "versions")

    @extend_schema(request=bodies.RuleSaveSerializer, responses={201: bodies.RuleSerializer})
    def create(self, request: Request) -> Response:
        """Keep a rule as a new version, after every check; `activate` puts it in force."""
        said = self.body(bodies.RuleSaveSerializer)
        version, replay = services.rule_save(actor=self.actor, body=said["rule"], activate=said["activate"])
        return self._answer(version.rule_id, replay, 201)

    @extend_schema(request=bodies.RuleActivateSerializer, responses=bodies.RuleSerializer)
    @action(detail=True, methods=["post"])
    def activate(self, request: Request, pk: UUID) -> Response:
        body = self.body(bodies.RuleActivateSerializer)
        rule, replay = services.rule_activate(actor=self.actor, rule_id=self.get_object().pk, **body)
        return self._answer(rule.pk, replay)

    @extend_schema(request=bodies.EscalationReasonSerializer, responses=bodies.RuleSerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: UUID) -> Response:
        body = self.body(bodies.EscalationReasonSerializer)
        rule, replay = services.rule_retire(actor=self.actor, rule_id=self.get_object().pk, **body)
        return self._answer(rule.pk, replay)

    def _answer(self, pk: UUID, replay: bool, status: int = 200) -> Response:
        shown = bodies.RuleSerializer(self.rows().get(pk=pk)).data
        return Response(shown, status=status, headers=replayed(replay))


class TrialView(DomainView):
    policy = access.TRIALS

    @extend_schema(request=bodies.TrialSerializer, responses=bodies.TrialResultSerializer)
    def post(self, request: Request) -> Response:
        """What a rule would have done on what really happened. Nothing is written. Lines only of disputes
        that the caller sees; the total is of all."""
        body = self.body(bodies.TrialSerializer)
        try:
            spec = read_rule(body["rule"])
        except RuleError as error:
            faults = [f"{fault.path}: {fault.code}: {fault.text}" for fault in error.faults]
            raise Problem("rule_invalid", fields={"rule": faults}) from error
        since = clock.now() - timedelta(days=body["days"])
        tried = Dispute.objects.filter(opened_at__gte=since).order_by("opened_at", "id")
        lines = try_rules([spec], tried.iterator())
        mine = set(disputes_visible_to(self.actor).filter(opened_at__gte=since).values_list("id", flat=True))
        shown = [line for line in lines if line.dispute_id in mine][:MOST_LINES]
        answer = {"tried": tried.count(), "would_fire": len(lines), "lines": shown}
        return Response(bodies.TrialResultSerializer(answer).data)


class ProfileView(StrictQuery, GenericAPIView[Any]):
    policy = access.PROFILES
    serializer_class = bodies.ProfileSetSerializer
    pagination_class = None

    @extend_schema(responses=bodies.ProfileSerializer(many=True), operation_id="escalation_profiles_list")
    def get(self, request: Request) -> Response:
        """Every version, latest first: the first is in force for clocks that begin from now on."""
        return Response(bodies.ProfileSerializer(ProfileVersion.objects.order_by("-number"), many=True).data)

    @extend_schema(responses={201: bodies.ProfileSerializer})
    def post(self, request: Request) -> Response:
        body = self.body(bodies.ProfileSetSerializer)
        made, replay = services.profile_set(actor=self.actor, **body)
        return Response(bodies.ProfileSerializer(made).data, status=201, headers=replayed(replay))


class ExtensionFilter(django_filters.FilterSet):
    dispute = django_filters.UUIDFilter(field_name="clock__dispute_id")
    state = django_filters.ChoiceFilter(choices=ExtensionState.choices)


class ExtensionViewSet(ListModelMixin, DomainViewSet):
    policy = access.EXTENSIONS
    serializer_class = bodies.ExtensionSerializer
    filterset_class = ExtensionFilter

    def rows(self) -> QuerySet[Extension]:
        rows = access.visible_extensions(self.actor).select_related("clock__dispute")
        return rows.order_by("-asked_at", "id")

    @extend_schema(request=bodies.ExtensionAskSerializer, responses={201: bodies.ExtensionSerializer})
    def create(self, request: Request) -> Response:
        """Ask for more time of a level clock that runs."""
        said = self.body(bodies.ExtensionAskSerializer)
        if not access.visible_clocks(self.actor).filter(pk=said["clock"]).exists():
            raise Problem("not_found")
        asked, replay = services.extension_ask(
            actor=self.actor, clock_id=said["clock"], days=said["days"], reason=said["reason"]
        )
        shown = bodies.ExtensionSerializer(self.rows().get(pk=asked.pk)).data
        return Response(shown, status=201, headers=replayed(replay))

    @extend_schema(request=bodies.DecisionSerializer, responses=bodies.ExtensionSerializer)
    @action(detail=True, methods=["post"])
    def decision(self, request: Request, pk: UUID) -> Response:
        """Approve or refuse, with a reason; never the own request."""
        body = self.body(bodies.DecisionSerializer)
        asked, replay = services.extension_decide(actor=self.actor, extension_id=self.get_object().pk, **body)
        shown = bodies.ExtensionSerializer(self.rows().get(pk=asked.pk)).data
        return Response(shown, headers=replayed(replay))
