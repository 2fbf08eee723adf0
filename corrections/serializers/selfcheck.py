from typing import Any

from rest_framework import serializers

from tasks.serializers.todo import WorklistSectionSerializer


class SelfCheckMatterSerializer(WorklistSectionSerializer):
    """One matter of the list; `count` 0: nothing of it is open."""

    kind = None


class SelfCheckSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    day = serializers.DateField()
    matters = SelfCheckMatterSerializer(many=True)
