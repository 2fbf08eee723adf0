"""Bases of all views: the actor, the policy, strict queries, and row access by `visible_to`."""

from functools import cache
from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from edge.pagination import PAGE_PARAMETERS
from edge.policy import Policy, action_of
from kernel.actor import Actor
from kernel.problems import Problem


def asked_of(request: Request, form: type[Any]) -> dict[str, Any]:
    """The query by a form. Problem `bad_parameter`."""
    query = form(data=request.query_params.dict())
    if not query.is_valid():
        raise Problem("bad_parameter", fields=query.errors)
    return dict(query.validated_data)


@cache
def names_of(form: type[Any]) -> frozenset[str]:
    """The parameters of a form."""
    return frozenset(form().fields)


class StrictQuery:
    """Refuses query parameters that the view does not name (`query_params`, its filters, its pages), and any
    bad body."""

    policy: ClassVar[Policy]
    query_params: ClassVar[frozenset[str]] = frozenset()
    without_body: ClassVar[frozenset[str]] = frozenset()  # actions, or lower-case methods, that take none
    request: Request

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]  # because the other base is DRF's view
        unknown = set(request.query_params) - self.allowed_parameters()
        if unknown:
            raise Problem("unknown_parameter", parameters=sorted(unknown))
        twice = sorted(name for name, values in request.query_params.lists() if len(values) > 1)
        if twice:
            raise Problem("bad_parameter", fields=dict.fromkeys(twice, "given twice"))
        if request.method not in SAFE_METHODS:
            self._check_body(request.data)

    def _check_body(self, body: Any) -> None:
        """A bad body is refused also where nobody looks at it: `request.data` has parsed it by now."""
        if body != {} and action_of(self, self.request.method or "") in self.without_body:
            raise Problem("invalid", "no body is expected")

    def allowed_parameters(self) -> frozenset[str]:
        allowed = self.query_params
        filters = getattr(self, "filterset_class", None)
        if filters is not None and getattr(self, "action", "list") == "list":
            allowed |= frozenset(filters.base_filters)
        if getattr(self, "pagination_class", None) and getattr(self, "action", "list") == "list":
            allowed |= PAGE_PARAMETERS
        return allowed

    def body(self, form: type[BaseSerializer[Any]] | None = None) -> dict[str, Any]:
        """The request's body by a form, else by the view's own. Problem `invalid`."""
        form = form or cast("Any", self).get_serializer
        given: BaseSerializer[Any] = form(data=self.request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    @property
    def actor(self) -> Actor:
        """Who calls, in the one role of the session."""
        actor = getattr(self.request, "actor", None)
        if actor is None:
            raise Problem("not_authenticated")
        return actor  # type: ignore[no-any-return]  # because DRF's request passes attributes through


class DomainView(StrictQuery, APIView):
    """A single resource or act."""


class DomainListView(StrictQuery, GenericAPIView[Any]):
    """A list with filters and pages; `rows()` gives the visible queryset."""

    def rows(self) -> QuerySet[Any]:
        raise AssertionError(f"{type(self).__name__} has no rows()")

    def get_queryset(self) -> QuerySet[Any]:
        return self.rows()


class DomainViewSet(StrictQuery, GenericViewSet[Any]):
    """List, detail and acts of one kind of record. `rows()` must come from the app's `access.visible_to`."""

    lookup_value_converter = "uuid"
    detail_serializer_class: ClassVar[type[BaseSerializer[Any]] | None] = None
    """How one record is shown, where a list shows less of it."""

    def rows(self) -> QuerySet[Any]:
        raise AssertionError(f"{type(self).__name__} has no rows()")

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        whole = None if self.action == "list" else self.detail_serializer_class
        return whole or super().get_serializer_class()

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.rows_for_schema()
        return self.rows()

    def rows_for_schema(self) -> QuerySet[Any]:
        """What the OpenAPI generator looks at: the serializer's model, no rows."""
        model: Any = self.get_serializer_class()
        return cast("QuerySet[Any]", model.Meta.model.objects.none())
