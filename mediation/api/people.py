"""`/mediation/cases/{id}/…`: the people at the table, their words, and what stands between them and a
session."""

from datetime import date
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from edge.serializers import NothingSerializer
from kernel import clock
from kernel.problems import Problem
from mediation import access, services, sitting
from mediation.api.face import CaseAct, CaseFace, asked_of_service
from mediation.models import Participant, ReachAttempt, Suspension
from mediation.serializers import people as bodies
from mediation.serializers.cases import PurposeSerializer

DAY = OpenApiParameter("day", date, description="Local day; default: today")


class RightsView(CaseAct):
    """权利义务告知 (PM-30b)."""

    policy = access.CENTRE_POSTS
    serializer_class = bodies.RightsSerializer
    service = staticmethod(services.rights_tell)


class NeedsView(CaseAct):
    """What a party needs at the table."""

    policy = access.CENTRE_POSTS
    serializer_class = bodies.NeedsSerializer
    service = staticmethod(services.party_needs_set)


class ParticipantsView(CaseFace):
    """Who acts for a party, helps one, or translates."""

    policy = access.CENTRE_BOTH
    serializer_class = bodies.NewcomerSerializer

    @extend_schema(
        operation_id="mediation_participants_list", responses=bodies.ParticipantSerializer(many=True)
    )
    def get(self, request: Request, pk: UUID) -> Response:
        rows = Participant.objects.filter(case=self.found())
        return Response(bodies.ParticipantSerializer(rows, many=True).data)

    @extend_schema(responses={201: bodies.ParticipantSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        return self.made(services.participant_add, bodies.ParticipantSerializer)


class ParticipantEndView(CaseFace):
    policy = access.CENTRE_POSTS
    serializer_class = bodies.ParticipantEndSerializer

    @extend_schema(responses=bodies.ParticipantSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Somebody's part ends, on the day or on one to come."""
        case_id = self.found().pk
        row, headers = asked_of_service(
            services.participant_end, actor=self.actor, case_id=case_id, **self.body()
        )
        return Response(bodies.ParticipantSerializer(row).data, headers=headers)


class ParticipantNamesView(CaseFace):
    policy = access.CENTRE_POSTS
    serializer_class = PurposeSerializer

    @extend_schema(responses=bodies.ParticipantNameSerializer(many=True))
    def post(self, request: Request, pk: UUID) -> Response:
        """Names and numbers of those beside the parties, against one row in the read log."""
        rows = services.participant_names(actor=self.actor, case_id=self.found().pk, **self.body())
        return Response(bodies.ParticipantNameSerializer(rows, many=True).data)


class AttemptsView(CaseFace):
    """Tries to reach a party: neither a refusal nor a consent."""

    policy = access.CENTRE_BOTH
    serializer_class = bodies.ReachSerializer

    @extend_schema(
        operation_id="mediation_reach_attempts_list", responses=bodies.ReachAttemptSerializer(many=True)
    )
    def get(self, request: Request, pk: UUID) -> Response:
        rows = ReachAttempt.objects.filter(party__case=self.found())
        return Response(bodies.ReachAttemptSerializer(rows, many=True).data)

    @extend_schema(responses={201: bodies.ReachAttemptSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        return self.made(services.reach_attempt, bodies.ReachAttemptSerializer)


class MissingView(CaseFace):
    policy = access.CENTRE_READS
    serializer_class = bodies.MissingSerializer
    query_params = frozenset({"day"})

    @extend_schema(
        operation_id="mediation_missing_list",
        parameters=[DAY],
        responses=bodies.MissingSerializer(many=True),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What is missing for a session on the day; empty when everybody may sit down."""
        gaps = sitting.missing_for_session(self.found().pk, asked_day(request))
        rows = [
            {
                "code": gap.code,
                "text": gap.code.zh,
                "party": gap.party,
                "mediator": gap.mediator,
                "participant": gap.participant,
            }
            for gap in gaps
        ]
        return Response(bodies.MissingSerializer(rows, many=True).data)


def asked_day(request: Request) -> date:
    """`?day=`. Problem `bad_parameter`."""
    asked = request.query_params.get("day")
    if asked is None:
        return clock.today()
    try:
        return date.fromisoformat(asked)
    except ValueError as error:
        raise Problem("bad_parameter", fields={"day": "a date"}) from error


class MediatorRowsView(CaseFace):
    policy = access.CENTRE_READS
    serializer_class = bodies.MediatorRowSerializer

    @extend_schema(
        operation_id="mediation_case_mediators_list", responses=bodies.MediatorRowSerializer(many=True)
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Who mediates and who has mediated this case."""
        case = self.found()
        rows = list(sitting.case_mediators(case))
        there = [row for row in rows if row.replaced_at is None]
        context = {"namesakes": sitting.namesakes_undecided(case, there)}
        return Response(bodies.MediatorRowSerializer(rows, many=True, context=context).data)


class FreeView(CaseFace):
    policy = access.FREE
    serializer_class = bodies.FreeSerializer

    @extend_schema(operation_id="mediation_free_mediators_list", responses=bodies.FreeSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """The register of the case's committee: available for this case, or not. Nobody is told why not."""
        rows = sitting.free_mediators(self.found(), clock.today())
        return Response(bodies.FreeSerializer(rows, many=True).data)


class DeclareView(CaseAct):
    """回避声明 (PM-AV)."""

    policy = access.CENTRE_POSTS
    serializer_class = bodies.DeclareSerializer
    service = staticmethod(services.conflict_declare)


class NamesakeView(CaseAct):
    """The conflict check found a name alone: a person says whether it is the same one (PM-AV)."""

    policy = access.DESK_POSTS
    serializer_class = bodies.NamesakeSerializer
    service = staticmethod(services.namesake_decide)


class ReplaceView(CaseAct):
    policy = access.DESK_POSTS
    serializer_class = bodies.ReplaceSerializer
    service = staticmethod(services.mediator_replace)


class ToldView(CaseAct):
    """A party was told of a mediator, accepted or objected."""

    policy = access.CENTRE_POSTS
    serializer_class = bodies.ToldSerializer
    service = staticmethod(services.mediator_told)


class SuspensionsView(CaseFace):
    """The pauses of a case: from when to when its clock stood still, who asked, and why."""

    policy = access.CENTRE_READS
    serializer_class = bodies.SuspensionSerializer

    @extend_schema(
        operation_id="mediation_suspensions_list", responses=bodies.SuspensionSerializer(many=True)
    )
    def get(self, request: Request, pk: UUID) -> Response:
        rows = Suspension.objects.filter(case=self.found())
        return Response(bodies.SuspensionSerializer(rows, many=True).data)


class SuspendView(CaseAct):
    """中止: the clock stands still."""

    policy = access.CENTRE_POSTS
    serializer_class = bodies.SuspendSerializer
    service = staticmethod(services.case_suspend)


class ResumeView(CaseAct):
    """The clock runs again with the days that were left."""

    policy = access.CENTRE_POSTS
    serializer_class = bodies.ResumeSerializer
    service = staticmethod(services.case_resume)


class ReviewView(CaseAct):
    """Somebody has looked; the next look is on another day."""

    policy = access.CENTRE_POSTS
    serializer_class = bodies.ReviewSerializer
    service = staticmethod(services.review_put_off)


class AskExtensionView(CaseAct):
    """The time is over: all parties are asked, once, whether they want more."""

    policy = access.DESK_POSTS
    serializer_class = NothingSerializer
    service = staticmethod(services.extension_ask)
