"""`/grids/locate`: the grids of up to a thousand positions."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from edge.conf import setting
from edge.views import DomainView, asked_of
from grids import access, selectors
from grids.coordinates import to_wgs84_e7
from grids.locating import Located, Near
from grids.serializers import locating as forms
from grids.serializers.places import AtQuery
from kernel import clock


class LocateView(DomainView):
    """Position → grid, release, candidates, verdict; for a worker among the grids of the own streets."""

    policy = access.READ
    query_params = frozenset({"at"})

    @extend_schema(
        operation_id="grids_locate", parameters=[AtQuery], request=forms.LocateRequest,
        responses=forms.LocateAnswer,
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Answers in the order of the points. Nothing is stored."""
        day = asked_of(request, AtQuery).get("at") or clock.today()
        body = self.body(forms.LocateRequest)
        points: list[forms.PointAsked] = body["points"]
        at = to_wgs84_e7([(round(one.lon * 1e7), round(one.lat * 1e7), one.crs) for one in points])
        asked = selectors.Asked(
            day=day,
            streets=access.visible_streets(self.actor),
            tolerance_m=body.get("tolerance_m", setting("LOCATE_TOLERANCE_M")),
        )
        located = selectors.locate(at, [one.accuracy_m for one in points], asked)
        return Response({"at": day, "results": [_answer(*pair) for pair in zip(at, located, strict=True)]})


def _answer(point: selectors.Point, found: Located) -> dict[str, Any]:
    grid = found.grid
    return {
        "lon": point[0] / 1e7,
        "lat": point[1] / 1e7,
        "verdict": found.verdict,
        "reason": found.reason,
        "grid": grid and grid.grid_id,
        "code": grid and grid.code,
        "release": grid and grid.release_id,
        "candidates": [_near(one) for one in found.candidates],
        "suggestion": found.suggestion and _near(found.suggestion),
    }


def _near(one: Near) -> dict[str, Any]:
    return {"grid": one.grid_id, "code": one.code, "distance_m": round(one.metres, 2)}
