"""`/disputes/{id}/joint-handlings`, `/joint-handlings`, `/joint-questions`: 联合会办 as a question to
departments (GR-10)."""

from typing import Any
from uuid import UUID

import django_filters as df
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access, services
from disputes.api.face import DisputeFace, replayed
from disputes.models import JointHandling, JointQuestion
from disputes.selectors import joint_of, joint_shown
from disputes.serializers import joint as forms
from edge.views import DomainViewSet


class JointView(DisputeFace):
    policy = access.JOINT
    serializer_class = forms.JointSendSerializer
    pagination_class = None

    @extend_schema(
        operation_id="disputes_joint_handlings_list", responses=forms.JointHandlingSerializer(many=True)
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What departments were asked about this dispute, and about those that were merged into it."""
        rows = joint_of(access.joint_visible_to(self.actor), self.found())
        return Response(forms.JointHandlingSerializer(rows, many=True).data)

    @extend_schema(responses={201: forms.JointHandlingSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        body = self.body()
        more = {name: body.pop(name) for name in ("id", "questions", "answer_on") if name in body}
        sent, replay = services.joint_send(
            actor=self.actor, dispute_id=self.found().id, whistle=services.Whistle(**body), **more
        )
        return Response(_shown(sent.pk), status=201, headers=replayed(replay))


class JointFilter(df.FilterSet):
    dispute = df.UUIDFilter()
    undecided = df.BooleanFilter(field_name="undecided_at", lookup_expr="isnull", exclude=True)


class JointHandlingViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.JOINT_HANDLINGS
    serializer_class = forms.JointHandlingSerializer
    filterset_class = JointFilter

    def rows(self) -> QuerySet[JointHandling]:
        return joint_shown(access.joint_visible_to(self.actor))

    @extend_schema(request=forms.JointAskSerializer, responses={201: forms.JointHandlingSerializer})
    @action(detail=True, methods=["post"], url_path="questions")
    def ask(self, request: Request, pk: UUID) -> Response:
        """Ask one more department in the same matter."""
        body = self.body(forms.JointAskSerializer)
        _, replay = services.joint_ask(actor=self.actor, handling_id=self.get_object().pk, **body)
        return Response(_shown(pk), status=201, headers=replayed(replay))

    @extend_schema(request=forms.JointDecisionSerializer, responses=forms.JointHandlingSerializer)
    @action(detail=True, methods=["post"], url_path="decision")
    def decide(self, request: Request, pk: UUID) -> Response:
        """Which department it is, after two have said that it is not theirs."""
        body = self.body(forms.JointDecisionSerializer)
        asked = services.Asked(body.pop("department_id"), body.pop("asked"))
        _, replay = services.joint_decide(
            actor=self.actor, handling_id=self.get_object().pk, question=asked, **body
        )
        return Response(_shown(pk), headers=replayed(replay))


class JointQuestionViewSet(DomainViewSet):
    policy = access.JOINT_QUESTIONS
    serializer_class = forms.JointQuestionSerializer

    def rows(self) -> QuerySet[JointQuestion]:
        return JointQuestion.objects.filter(handling__in=access.joint_visible_to(self.actor))

    @extend_schema(request=forms.JointSaidSerializer, responses=forms.JointHandlingSerializer)
    @action(detail=True, methods=["post"], url_path="answers")
    def answer(self, request: Request, pk: UUID) -> Response:
        """Enter what the department said, by whom there, and from which paper."""
        body = self.body(forms.JointSaidSerializer)
        question, replay = services.joint_answer(actor=self.actor, question_id=self.get_object().pk, **body)
        return Response(_shown(question.handling_id), headers=replayed(replay))

    @extend_schema(request=forms.JointSupplySerializer, responses=forms.JointHandlingSerializer)
    @action(detail=True, methods=["post"])
    def supply(self, request: Request, pk: UUID) -> Response:
        body = self.body(forms.JointSupplySerializer)
        question, replay = services.joint_supply(actor=self.actor, question_id=self.get_object().pk, **body)
        return Response(_shown(question.handling_id), headers=replayed(replay))

    @extend_schema(request=forms.JointReasonSerializer, responses=forms.JointHandlingSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        body = self.body(forms.JointReasonSerializer)
        question, replay = services.joint_withdraw(actor=self.actor, question_id=self.get_object().pk, **body)
        return Response(_shown(question.handling_id), headers=replayed(replay))


def _shown(handling_id: UUID) -> Any:
    """The handling as it is now, also where the act took it out of the actor's sight."""
    row = joint_shown(JointHandling.objects.filter(pk=handling_id)).get()
    return forms.JointHandlingSerializer(row).data
