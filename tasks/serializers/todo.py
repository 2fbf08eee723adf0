from typing import Any

from rest_framework import serializers

from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from kernel.codes.roles import Role
from tasks.codes import TaskKind
from tasks.models import Task
from tasks.worklist import SectionKind


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


class ReasonSerializer(StrictSerializer):
    reason = WordsField(max_length=400)


class WorklistItemSerializer(serializers.Serializer[Any]):
    """One line: what it is about, by when, since when; no name of a party and no address."""

    subject_kind = serializers.CharField()
    subject_id = serializers.UUIDField()
    title = serializers.CharField()
    title_en = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    since = serializers.DateTimeField(allow_null=True)
    waiting_for = serializers.CharField(allow_blank=True)
    marks = serializers.ListField(child=serializers.CharField())


class WorklistSectionSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(source="section.code")
    kind = serializers.ChoiceField(choices=SectionKind.choices(), source="section.kind")
    title = serializers.CharField(source="section.zh")
    title_en = serializers.CharField(source="section.en")
    count = serializers.IntegerField(help_text="All lines; `items` holds at most 200 of them")
    items = WorklistItemSerializer(many=True)


class WorklistSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    day = serializers.DateField()
    role = serializers.ChoiceField(choices=Role.choices())
    sections = WorklistSectionSerializer(many=True)
