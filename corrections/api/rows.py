"""What all addresses of corrections share: lists, details, and acts with a checked body."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from django.db.models import Model
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.response import Response

from audit.replays import Replays
from corrections import access
from corrections.selectors import steps_of
from corrections.serializers.steps import Stepped
from edge.rows import existing
from edge.views import DomainViewSet
from kernel import clock
from kernel.actor import Actor

Row = TypeVar("Row", bound=Model)


class Rows(Replays, ListModelMixin, RetrieveModelMixin, DomainViewSet):
    """List and detail; acts take a checked body. `key` is how the services call the record's id."""

    key: ClassVar[str] = "id"

    def act(self, service: Any, form: type[Any], pk: Any, status: int = 200) -> Response:
        """One act on the record `pk`: the checked body goes to the service, the record comes back."""
        body = self.body(form)
        service(actor=self.actor, **{self.key: pk}, **body)
        return self.answer(self.get_object(), status)

    def answer(self, row: Any, status: int = 200) -> Response:
        context = self.get_serializer_context() | self.about([row])
        shown = self.get_serializer_class()(row, context=context).data
        return Response(shown, status=status, headers=self.replayed())

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


def opened(actor: Actor, model: type[Row], pk: Any) -> Row:
    """A record whose words are opened for a purpose: of a restricted file for the agency's head and the
    procurator."""
    rows: Any = model._base_manager
    found: Row = existing(rows.filter(pk=pk, subject__in=access.readable_by(actor)))
    return found


class SteppedRows(Rows):
    """Rows that show their steps, where the serializer of the action does."""

    def about(self, rows: Sequence[Any]) -> dict[str, Any]:
        return {"steps": steps_of(rows)} if issubclass(self.get_serializer_class(), Stepped) else {}
