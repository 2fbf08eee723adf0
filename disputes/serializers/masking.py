"""The protected track in answers: whereabouts only for author, named mediator and director; the answer says
what is kept back and why."""

from typing import Any

from disputes.access import sees_whereabouts
from edge.serializers import StrictModelSerializer
from kernel.actor import Actor


class MaskingSerializer(StrictModelSerializer):
    """`whereabouts` are emptied on a protected record unless the reader may see them."""

    whereabouts: dict[str, Any] = {}

    def own(self, row: Any, actor: Actor) -> bool:
        """Whether the reader wrote it."""
        return False

    def told(self, row: Any) -> frozenset[str]:
        """Of `whereabouts` what the reader has written in an own record."""
        return frozenset()

    def is_protected(self, row: Any) -> bool:
        return bool(row.protected)

    def mediators_of(self, row: Any) -> Any:
        return None

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        actor: Actor = self.context["actor"]
        open_to_reader = not self.is_protected(instance) or sees_whereabouts(
            actor, own=self.own(instance, actor), mediators=self.mediators_of(instance)
        )
        hidden = set() if open_to_reader else self.whereabouts.keys() - self.told(instance)
        return shown | {name: self.whereabouts[name] for name in hidden} | {"masked": sorted(hidden)}
