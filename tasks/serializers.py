from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer
from tasks.codes import TaskKind
from tasks.models import Task


class TaskSerializer(StrictModelSerializer):
    """A task as lists and details show it."""

    title = serializers.SerializerMethodField()

    class Meta:
        model = Task
        fields = (
            "id", "rev", "kind", "title", "state", "due_at", "role", "assignee", "organisation",
            "subject_kind", "subject_id", "grid", "area", "created_at", "closed_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_title(self, task: Task) -> str:
        return TaskKind(task.kind).zh


class NothingSerializer(StrictSerializer):
    """An empty body."""


class ReasonSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=400)
