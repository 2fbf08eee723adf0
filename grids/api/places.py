"""`/areas` and `/grids`: places and their shapes."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import django_filters
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from accounts.models import Area, AreaChange
from edge.conf import setting
from edge.renderers import JSONRenderer, dumps
from edge.views import DomainViewSet, asked_of, names_of
from grids import access, geojson, remembering, selectors
from grids.models import Grid
from grids.serializers import places as forms
from grids.serving.api.base import packed, unchanged
from kernel.codes.law import AreaLevel


class GeoJSONRenderer(JSONRenderer):
    media_type = "application/geo+json"
    format = "geojson"


class AreaFilter(django_filters.FilterSet):
    level = django_filters.ChoiceFilter(choices=AreaLevel.choices())
    parent = django_filters.UUIDFilter()
    code = django_filters.CharFilter(
        max_length=12, method="by_code", help_text="Of now or of before: what became of it is found as well"
    )
    q = django_filters.CharFilter(
        max_length=60, method="by_words", help_text="Parts of name, pinyin, initials or code"
    )

    def by_code(self, rows: QuerySet[Area], name: str, value: str) -> QuerySet[Area]:
        became = AreaChange.objects.filter(old_code=value).values("into")
        return rows.filter(Q(code=value) | Q(id__in=became))

    def by_words(self, rows: QuerySet[Area], name: str, value: str) -> QuerySet[Area]:
        """First what a word of the name, its pinyin or initials begins with, then what has it inside."""
        begins = Q()
        for word in value.lower().split():
            rows = rows.filter(search__contains=word)
            begins &= Q(search__startswith=word) | Q(search__contains=f" {word}")
        inside = Case(When(begins, then=0), default=1) if begins else Value(0)
        return rows.order_by(inside, selectors.by_code(rows), "id")


class AreaViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    """Divisions in force, with the names and codes of the day; the detail has the shape."""

    policy = access.READ
    serializer_class = forms.AreaSerializer
    filterset_class = AreaFilter
    query_params = frozenset({"at"})

    def rows(self) -> QuerySet[Area]:
        """A detail is found whenever it was or is in force."""
        at = asked_of(self.request, forms.AtOnly).get("at")
        rows = selectors.areas_on(access.areas_visible_to(self.actor), at)
        if self.action == "list":
            rows = selectors.in_force(rows, at)
        return rows.order_by(selectors.by_code(rows), "id")

    @extend_schema(parameters=[forms.AtQuery])
    def list(self, request: Request) -> Response:
        return super().list(request)

    @extend_schema(parameters=[forms.AtQuery], responses=forms.AreaDetailSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        area: Any = self.get_object()
        area.geometry = selectors.area_geometry(area.id, asked_of(request, forms.AtQuery).get("at"))
        return Response(forms.AreaDetailSerializer(area).data)


class GridViewSet(DomainViewSet):
    """Grids: the list is a GeoJSON FeatureCollection with an entity tag, the detail has workers and
    neighbours."""

    policy = access.READ
    serializer_class = forms.GridDetailSerializer
    renderer_classes = (JSONRenderer, GeoJSONRenderer)
    pagination_class = None

    def rows(self) -> QuerySet[Grid]:
        return access.grids_visible_to(self.actor)

    def allowed_parameters(self) -> frozenset[str]:
        form = forms.GridQuery if self.action == "list" else forms.AtQuery
        return names_of(form)

    @extend_schema(parameters=[forms.GridQuery], responses=forms.GridCollectionSerializer)
    def list(self, request: Request) -> HttpResponseBase:
        asked = asked_of(request, forms.GridQuery)
        state = remembering.present()
        streets = access.streets_in(state, self.actor)
        tag = geojson.entity_tag(state, streets, asked)
        return unchanged(request, tag, {}) or _collection(request, asked, streets, Named(state, tag))

    @extend_schema(parameters=[forms.AtQuery])
    def retrieve(self, request: Request, pk: UUID) -> Response:
        grid = selectors.grid_detail(self.rows(), pk, asked_of(request, forms.AtQuery).get("at"))
        return Response(forms.GridDetailSerializer(grid).data)


class Named(NamedTuple):
    """The state of all places, and what the answer is called in it."""

    state: remembering.State | None
    tag: str


def _collection(
    request: Request, asked: dict[str, Any], streets: Sequence[UUID], named: Named
) -> HttpResponse:
    """The answer as text: SQL makes the features, nothing parses or renders them again."""
    limit, offset = asked.pop("limit", setting("GRIDS_PAGE_MAX")), asked.pop("offset")
    at, filters = asked.pop("at", None), asked | asked.get("bbox", {})

    def make() -> geojson.Answer:
        return geojson.features(streets, at=at, filters=filters, limit=limit, offset=offset)

    count, features = geojson.answers.get(named.state, named.tag, make)
    following = None
    if offset + limit < count:
        following = replace_query_param(request.build_absolute_uri(), "offset", offset + limit)
    body = b'{"type":"FeatureCollection","count":%d,"next":%s,"features":[%s]}' % (
        count,
        dumps(following),
        features,
    )
    return packed(request, body, GeoJSONRenderer.media_type, named.tag, {})
