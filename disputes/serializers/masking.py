"""The protected track in answers: whereabouts only for author, named mediator and director; the answer says
what is kept back and why."""

from typing import Any

from disputes.access import sees_whereabouts
from edge.serializers import StrictModelSerializer
from kernel.actor import Actor


class MaskingSerializer(StrictModelSerializer):
    """`whereabouts` are emptied on a protected record unless the reader may see them."""

    whereabouts: dict[str, Any] = {}

    def author_of(self, row: Any) -> Any:
        """Whose own record it is, if that opens it; None otherwise."""
        return None

    def is_protected(self, row: Any) -> bool:
        return bool(row.protected)

    def mediator_of(self, row: Any) -> Any:
        return None

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        actor: Actor = self.context["actor"]
        hidden = self.is_protected(instance) and not sees_whereabouts(
            actor, author_id=self.author_of(instance), named_mediator_id=self.mediator_of(instance)
        )
        if hidden:
            shown |= self.whereabouts
        shown["masked"] = sorted(self.whereabouts) if hidden else []
        return shown
