"""Electronic positioning: findings, orders, what a worn device delivers, and its reading for a purpose."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters, services
from corrections.api.rows import Rows, SteppedRows
from corrections.decisions import GuardianPart
from corrections.positioning import FaultKind, FindingKind, LiftReason, PositioningGround, SuspendReason
from corrections.serializers import positioning as forms
from corrections.serializers.decisions import BecauseRequest
from corrections.serializers.people import ReadRequest
from edge.serializers import NothingSerializer
from kernel.codes.law import CoordinateSystem


class FindingViewSet(Rows):
    """Findings 认定 of the agency, which prove a ground."""

    policy = access.FINDINGS
    serializer_class = forms.FindingRow
    filterset_class = filters.FindingFilter

    def rows(self) -> QuerySet[Any]:
        return access.findings_visible_to(self.actor)

    @extend_schema(request=forms.FindingRequest, responses={201: forms.FindingRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.FindingRequest)
        subject_id, kind = body.pop("subject"), FindingKind(body.pop("kind"))
        row = services.finding_record(actor=self.actor, subject_id=subject_id, kind=kind, **body)
        return self.answer(row, 201)

    @extend_schema(request=BecauseRequest, responses=forms.FindingRow)
    @action(detail=True, methods=["post"])
    def annul(self, request: Request, pk: Any) -> Response:
        return self._fell(pk, "annul")

    @extend_schema(request=BecauseRequest, responses=forms.FindingRow)
    @action(detail=True, methods=["post"], url_path="other-person")
    def other_person(self, request: Request, pk: Any) -> Response:
        """It was about somebody else."""
        return self._fell(pk, "other_person")

    def _fell(self, pk: Any, event: str) -> Response:
        reason = self.body(BecauseRequest)["reason"]
        act = services.finding_fall
        return self.answer(act(actor=self.actor, finding_id=pk, event=event, reason=reason))

    @extend_schema(request=ReadRequest, responses=forms.FindingClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(services.finding_read(actor=self.actor, finding_id=pk, **body))


class _Orders(SteppedRows):
    def act(self, service: Any, pk: Any, **said: Any) -> Response:
        service(actor=self.actor, order_id=pk, **said)
        return self.answer(self.get_object())


class _Approval(_Orders):
    """From the application to the first day."""

    @extend_schema(request=forms.ApplyRequest, responses={201: forms.PositioningRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.ApplyRequest)
        subject_id, ground = body.pop("subject"), PositioningGround(body.pop("ground"))
        proofs = {name: tuple(body.pop(name)) for name in ("findings", "decisions")}
        application = services.Application(ground=ground, **body, **proofs)
        act = services.positioning_apply
        return self.answer(act(actor=self.actor, subject_id=subject_id, application=application), 201)

    @extend_schema(request=forms.ApproveRequest, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: Any) -> Response:
        return self.act(services.positioning_approve, pk, **self.body(forms.ApproveRequest))

    @extend_schema(request=BecauseRequest, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: Any) -> Response:
        return self.act(services.positioning_refuse, pk, **self.body(BecauseRequest))

    @extend_schema(request=forms.TellRequest, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"])
    def tell(self, request: Request, pk: Any) -> Response:
        """The person was told term, rules and consequences."""
        body = self.body(forms.TellRequest)
        body["guardian"] = GuardianPart(body["guardian"]) if "guardian" in body else None
        return self.act(services.positioning_tell, pk, **body)

    @extend_schema(request=forms.FitRequest, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"])
    def fit(self, request: Request, pk: Any) -> Response:
        return self.act(services.positioning_fit, pk, **self.body(forms.FitRequest))


class _InForce(_Approval):
    """While it is in force, and its end."""

    @extend_schema(request=NothingSerializer, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: Any) -> Response:
        self.body(NothingSerializer)
        return self.act(services.positioning_start, pk)

    @extend_schema(request=forms.SuspendRequest, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"])
    def suspend(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.SuspendRequest)
        body["why"] = SuspendReason(body["why"])
        return self.act(services.positioning_suspend, pk, **body)

    @extend_schema(request=NothingSerializer, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: Any) -> Response:
        self.body(NothingSerializer)
        return self.act(services.positioning_resume, pk)

    @extend_schema(request=forms.UpholdRequest, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"])
    def uphold(self, request: Request, pk: Any) -> Response:
        """A proof fell; others carry the ground."""
        body = self.body(forms.UpholdRequest)
        proofs = {name: tuple(body.pop(name)) for name in ("findings", "decisions")}
        return self.act(services.positioning_uphold, pk, **body, **proofs)

    @extend_schema(request=forms.LiftRequest, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.LiftRequest)
        body["why"] = LiftReason(body["why"])
        return self.act(services.positioning_lift, pk, **body)

    @extend_schema(request=forms.NeedRequest, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"])
    def need(self, request: Request, pk: Any) -> Response:
        """Whether it is still needed; "no" lifts it at once."""
        return self.act(services.positioning_need_answer, pk, **self.body(forms.NeedRequest))


class _Device(_InForce):
    """What the device delivers."""

    @extend_schema(request=forms.FaultRequest, responses=forms.PositioningDetail)
    @action(detail=True, methods=["post"], url_path="faults")
    def fault(self, request: Request, pk: Any) -> Response:
        """A flat battery or a lost signal: the device's fault."""
        body = self.body(forms.FaultRequest)
        body["kind"] = FaultKind(body["kind"])
        return self.act(services.fault_record, pk, **body)

    @extend_schema(request=forms.PointsRequest, responses=forms.PointsKept)
    @action(detail=True, methods=["post"])
    def points(self, request: Request, pk: Any) -> Response:
        """Points with a fix in force are kept; the others are refused and only counted."""
        body = self.body(forms.PointsRequest)
        points = [
            services.DevicePoint(**(row | {"crs": CoordinateSystem(row["crs"])})) for row in body["points"]
        ]
        act = services.points_store
        kept = act(actor=self.actor, order_id=pk, device_no=body["device_no"], points=points)
        return Response(forms.PointsKept(kept).data)

    @extend_schema(request=forms.TrackRequest, responses=forms.Track)
    @action(detail=True, methods=["post"])
    def track(self, request: Request, pk: Any) -> Response:
        """Points of a week at most, for a purpose and with a reason."""
        points = services.track_read(actor=self.actor, order_id=pk, **self.body(forms.TrackRequest))
        return Response({"points": points})


class PositioningViewSet(_Device):
    """Orders of electronic positioning 使用电子定位装置决定."""

    policy = access.POSITIONING
    filterset_class = filters.PositioningFilter

    def rows(self) -> QuerySet[Any]:
        rows = access.positioning_visible_to(self.actor).prefetch_related("proofs")
        return rows if self.action == "list" else rows.prefetch_related("needs", "faults")

    def get_serializer_class(self) -> Any:
        return forms.PositioningRow if self.action in {"list", "create"} else forms.PositioningDetail

    @extend_schema(request=ReadRequest, responses=forms.AssessmentClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(services.positioning_read(actor=self.actor, order_id=pk, **body))
