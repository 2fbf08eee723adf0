"""Acts on one dispute, each an address of its own: who may see the dispute may try, the service decides."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access, services
from disputes.api.face import DisputeActView, DisputeFace, replayed
from disputes.api.screenings import said
from disputes.models import Attempt, DisputeMove
from disputes.reading import safe_channel_read
from disputes.selectors import with_absorbed
from disputes.serializers import disputes as bodies
from edge.openapi import READ_PARAMETERS
from kernel.problems import Problem


class StepView(DisputeFace):
    policy = access.STEPS
    serializer_class = bodies.StepSerializer

    @extend_schema(responses=bodies.DisputeSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Take one step of the state table. A repeated step answers the same, with `Idempotent-Replay:
        true`."""
        dispute, facts = self.found(), self.body()
        step = {name: facts.pop(name) for name in ("event", "reason", "device_at") if name in facts}
        _, replay = services.dispute_step(actor=self.actor, dispute_id=dispute.id, facts=facts, **step)
        return self.answer(pk, replay)


class AttemptsView(DisputeFace):
    policy = access.ATTEMPTS
    serializer_class = bodies.DisputeAttemptSerializer
    pagination_class = None

    @extend_schema(
        operation_id="disputes_attempts_list", responses=bodies.DisputeAttemptSerializer(many=True)
    )
    def get(self, request: Request, pk: UUID) -> Response:
        dispute = self.found()
        rows = Attempt.objects.filter(with_absorbed(dispute)).order_by("at", "id")
        tries = bodies.DisputeAttemptSerializer(rows, many=True).data
        shown = bodies.DisputeSerializer(dispute, context={"actor": self.actor}).data
        return Response([one | {"note": ""} for one in tries] if shown["masked"] else tries)

    @extend_schema(responses={201: bodies.DisputeAttemptSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        made, replay = services.attempt_record(actor=self.actor, dispute_id=self.found().id, **self.body())
        return Response(bodies.DisputeAttemptSerializer(made).data, status=201, headers=replayed(replay))


class GridView(DisputeActView):
    policy = access.PLACING
    serializer_class = bodies.PlaceDisputeSerializer
    pagination_class = None
    service = staticmethod(services.dispute_place)

    @extend_schema(operation_id="disputes_grid_list", responses=bodies.DisputeMoveSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Where people have put the dispute, oldest first; nothing where its place is not for the reader."""
        dispute = self.found()
        if bodies.DisputeSerializer(dispute, context={"actor": self.actor}).data["masked"]:
            return Response([])
        return Response(
            bodies.DisputeMoveSerializer(DisputeMove.objects.filter(dispute=dispute), many=True).data
        )


class BriefView(DisputeActView):
    policy = access.ACTS
    serializer_class = bodies.BriefSerializer
    service = staticmethod(services.brief_set)


class RefusalView(DisputeActView):
    policy = access.ACTS
    serializer_class = bodies.RefusalSerializer
    service = staticmethod(services.party_refuse)


class ColourView(DisputeActView):
    policy = access.COLOUR_ACTS
    serializer_class = bodies.ColourSerializer
    service = staticmethod(services.colour_set)


class SuspensionView(DisputeActView):
    policy = access.COLOUR_ACTS
    serializer_class = bodies.DisputeSuspensionSerializer
    service = staticmethod(services.dispute_suspend)


class WatchView(DisputeActView):
    policy = access.COLOUR_ACTS
    serializer_class = bodies.WatchSerializer
    service = staticmethod(services.watch_extend)


class FollowUpDeclinedView(DisputeActView):
    policy = access.COLOUR_ACTS
    serializer_class = bodies.DisputeReasonSerializer
    service = staticmethod(services.follow_up_decline)


class ProtectionView(DisputeActView):
    policy = access.STEPS
    serializer_class = bodies.ProtectSerializer
    service = staticmethod(services.protection_set)


class ProtectionLiftView(DisputeActView):
    policy = access.DIRECTOR_ACTS
    serializer_class = bodies.LiftSerializer
    service = staticmethod(services.protection_lift)


class WaysView(DisputeActView):
    policy = access.STEPS
    serializer_class = bodies.ExplainedWaysSerializer
    service = staticmethod(services.ways_explain)


class SafeChannelView(DisputeActView):
    policy = access.MEDIATING_ACTS
    serializer_class = bodies.SafeChannelSerializer
    query_params = frozenset({"purpose", "reason"})

    @extend_schema(parameters=READ_PARAMETERS, responses=bodies.SafeChannelSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The only way in which the person at risk is reached; leaves one read-log row."""
        found = safe_channel_read(actor=self.actor, dispute=self.found(), **said(request))
        return Response(bodies.SafeChannelSerializer(found).data)

    service = staticmethod(services.safe_channel_set)


class MergeView(DisputeFace):
    policy = access.COLOUR_ACTS
    serializer_class = bodies.MergeSerializer

    @extend_schema(responses=bodies.DisputeSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Both disputes must exist for the actor."""
        dispute, body = self.found(), self.body()
        if not access.disputes_visible_to(self.actor).filter(id=body["into"]).exists():
            raise Problem("not_found")
        _, replay = services.dispute_merge(
            actor=self.actor, dispute_id=dispute.id, into_id=body["into"], reason=body["reason"]
        )
        return self.answer(pk, replay)


class UnmergeView(DisputeActView):
    policy = access.COLOUR_ACTS
    serializer_class = bodies.DisputeReasonSerializer
    service = staticmethod(services.dispute_unmerge)
