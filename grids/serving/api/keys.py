"""`/map-keys`: keys with which a desktop GIS reads the map."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from audit.replays import Replays
from edge.views import DomainViewSet
from grids.models import MapKey
from grids.services.map_keys import map_key_create, map_key_revoke
from grids.serving import access
from grids.serving import serializers as forms


class MapKeyViewSet(Replays, ListModelMixin, DomainViewSet):
    """Keys that read the map (tiles, OGC API, nothing else) in the role in which they were made."""

    policy = access.KEYS
    serializer_class = forms.MapKeySerializer
    without_body = frozenset({"revoke"})

    def rows(self) -> QuerySet[MapKey]:
        return access.map_keys_visible_to(self.actor)

    @extend_schema(request=forms.MapKeyRequest, responses={201: forms.MapKeyMadeSerializer})
    def create(self, request: Request) -> Response:
        body = self.body(forms.MapKeyRequest)
        key, text = map_key_create(actor=self.actor, **body)
        return Response({**forms.MapKeySerializer(key).data, "key": text}, status=201)

    @extend_schema(request=None, responses=forms.MapKeySerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: UUID) -> Response:
        key = map_key_revoke(actor=self.actor, key_id=pk)
        return Response(forms.MapKeySerializer(key).data, headers=self.replayed())
