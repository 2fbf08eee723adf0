"""Acts that classify, place and settle a dispute, and what comes in to it: applications and notes."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access, services
from disputes.api.face import DisputeActView, DisputeFace, replayed
from disputes.api.screenings import said
from disputes.models import Application
from disputes.reading import notes_read, settlements_read, wishes_read
from disputes.selectors import with_absorbed
from disputes.serializers import handling as bodies
from disputes.serializers.disputes import DisputeSerializer
from disputes.triage import TEXTS
from edge.openapi import READ_PARAMETERS


class TriageView(DisputeFace):
    policy = access.TRIAGE
    serializer_class = bodies.TriageSerializer

    @extend_schema(responses=bodies.TriageSuggestionSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What the rules suggest and why; a person sets it."""
        found = services.triage_suggested(self.found())
        reasons = [{"code": code, "zh": TEXTS[code][0], "en": TEXTS[code][1]} for code in found.reasons]
        shown = {
            "category": found.category, "complexity": found.complexity, "level": found.level,
            "colour": found.colour, "reasons": reasons,
        }  # fmt: skip
        return Response(bodies.TriageSuggestionSerializer(shown).data)

    @extend_schema(responses=DisputeSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        dispute, body = self.found(), self.body()
        chosen = services.Triage(body["category"], body["complexity"], body.get("level"))
        _, replay = services.dispute_triage(
            actor=self.actor, dispute_id=dispute.id, chosen=chosen, reason=body["reason"],
            device_at=body.get("device_at"),
        )  # fmt: skip
        return self.answer(pk, replay)


class RerouteView(DisputeFace):
    policy = access.COLOUR_ACTS
    serializer_class = bodies.RerouteSerializer

    @extend_schema(responses=DisputeSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """改派: another community or grid takes it, the file as it is."""
        dispute, body = self.found(), self.body()
        _, replay = services.dispute_reroute(
            actor=self.actor, dispute_id=dispute.id, community_id=body["community"],
            grid_id=body.get("grid"), reason=body["reason"],
        )  # fmt: skip
        return self.answer(pk, replay)


class SettlementView(DisputeActView):
    policy = access.KEPT_WORDS
    serializer_class = bodies.SettlementSerializer
    service = staticmethod(services.dispute_settle)
    query_params = frozenset({"purpose", "reason"})
    pagination_class = None

    @extend_schema(
        operation_id="disputes_settlements_list",
        parameters=READ_PARAMETERS,
        responses=bodies.ReadSettlementSerializer(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What was agreed on the spot, by whom and when; leaves one read-log row."""
        found = settlements_read(actor=self.actor, dispute=self.found(), **said(request))
        return Response(bodies.ReadSettlementSerializer(found, many=True).data)


class NotesView(DisputeFace):
    policy = access.KEPT_WORDS
    serializer_class = bodies.NoteSerializer
    query_params = frozenset({"purpose", "reason"})
    pagination_class = None

    @extend_schema(
        operation_id="disputes_notes_list",
        parameters=READ_PARAMETERS,
        responses=bodies.ReadNoteSerializer(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """The notes, oldest first; leaves one read-log row."""
        found = notes_read(actor=self.actor, dispute=self.found(), **said(request))
        return Response(bodies.ReadNoteSerializer(found, many=True).data)

    @extend_schema(responses={201: bodies.NoteReceiptSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        note, replay = services.note_add(actor=self.actor, dispute_id=self.found().id, **self.body())
        shown = bodies.NoteReceiptSerializer({"id": note.id, "at": note.at}).data
        return Response(shown, status=201, headers=replayed(replay))


class WishView(DisputeActView):
    policy = access.MEDIATING_ACTS
    serializer_class = bodies.WishSerializer
    service = staticmethod(services.wish_record)
    query_params = frozenset({"purpose", "reason"})
    pagination_class = None

    @extend_schema(
        operation_id="disputes_wishes_list",
        parameters=READ_PARAMETERS,
        responses=bodies.ReadWishSerializer(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What the person at risk wished, said alone; leaves one read-log row."""
        found = wishes_read(actor=self.actor, dispute=self.found(), **said(request))
        return Response(bodies.ReadWishSerializer(found, many=True).data)


class ApplicationView(DisputeFace):
    policy = access.APPLICATIONS
    serializer_class = bodies.ApplicationSerializer
    pagination_class = None

    @extend_schema(operation_id="disputes_applications_list", responses=bodies.ReceiptSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """The receipts that were given."""
        rows = Application.objects.filter(with_absorbed(self.found())).select_related("dispute")
        return Response(bodies.ReceiptSerializer(rows, many=True).data)

    @extend_schema(responses={201: bodies.ReceiptSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        """A party's own application, also an oral one: the dated receipt. The same party on the same day has
        one."""
        taken, replay = services.party_apply(actor=self.actor, dispute_id=self.found().id, **self.body())
        return Response(bodies.ReceiptSerializer(taken).data, status=201, headers=replayed(replay))
