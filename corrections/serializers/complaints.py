from typing import Any

from rest_framework import serializers

from corrections.complaints import ComplaintWay
from corrections.models import Complaint
from corrections.serializers.decisions import LONG
from corrections.serializers.people import Day
from edge.serializers import NameField, StrictSerializer
from kernel import clock
from kernel.deadlines import ran_out


class ComplaintRow(serializers.ModelSerializer[Any]):
    """A complaint without its words, and without whether the person stands in the register."""

    overdue = serializers.SerializerMethodField()

    class Meta:
        model = Complaint
        fields = [
            "id", "against", "door", "way", "state", "received_on", "due_on", "provisional", "overdue",
            "received_by", "received_at", "assigned_to", "answered_on", "passed_to", "closed_at",
        ]  # fmt: skip

    def get_overdue(self, row: Complaint) -> bool:
        return row.closed_at is None and ran_out(row.due_at, clock.now())


class ComplaintRequest(StrictSerializer):
    """Only the officer, the way and the words must be given: a complaint without a name is one too."""

    against = serializers.UUIDField()
    way = serializers.ChoiceField(ComplaintWay.choices())
    received_on = Day()
    words = serializers.CharField(max_length=2 * LONG)
    person_name = NameField(max_length=100, required=False)
    id_number = serializers.RegexField(r"^[0-9]{17}[0-9X]\Z", required=False)
    reach = serializers.CharField(max_length=200, required=False)


class AssignRequest(StrictSerializer):
    user = serializers.UUIDField()


class ComplaintLinkRequest(StrictSerializer):
    subject = serializers.UUIDField()


class ComplaintPassOnRequest(StrictSerializer):
    to = serializers.CharField(max_length=150)
    reason = serializers.CharField(max_length=1000)


class ComplaintClear(serializers.Serializer[Any]):
    person_name = serializers.CharField(allow_null=True)
    reach = serializers.CharField(allow_null=True)
    text = serializers.CharField(allow_null=True)
    answer = serializers.CharField(allow_null=True)
