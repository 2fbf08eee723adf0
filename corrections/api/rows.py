"""What all addresses of corrections share: lists, details, and acts with a checked body."""

from collections.abc import Sequence
from typing import Any

from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.response import Response

from edge.views import DomainViewSet
from kernel import clock


class Rows(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    """List and detail; acts take a checked body."""

    def body(self, form: type[Any]) -> dict[str, Any]:
        serializer = form(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def answer(self, row: Any, status: int = 200) -> Response:
        context = self.get_serializer_context() | self.about([row])
        return Response(self.get_serializer_class()(row, context=context).data, status=status)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "now": clock.now()}

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        shown = args[0] if args else []
        rows = shown if isinstance(shown, Sequence) else [shown]
        kwargs["context"] = self.get_serializer_context() | self.about(rows)
        return self.get_serializer_class()(*args, **kwargs)

    def about(self, rows: Sequence[Any]) -> dict[str, Any]:
        """What the serializer needs to know about the rows of a page, read at once."""
        return {}
