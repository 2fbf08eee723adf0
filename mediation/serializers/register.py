"""Bodies of the register of mediators, and of what a mediator names for the conflict check."""

from typing import Any

from rest_framework import serializers

from edge.serializers import NameField, OwnIdSerializer, StrictModelSerializer, StrictSerializer, WordsField
from kernel.codes.law import DisputeCategory
from mediation.codes import MediatorKind, Relation
from mediation.models import Mediator, MediatorAbsence, MediatorRelation


class SpecialitiesField(serializers.ListField):
    child = serializers.ChoiceField(choices=DisputeCategory.choices())


class AbsenceSerializer(StrictModelSerializer):
    class Meta:
        model = MediatorAbsence
        fields = ("id", "from_day", "to_day", "recorded_at", "recorded_by")
        read_only_fields = fields


class MediatorSerializer(StrictModelSerializer):
    """调解员名册: `load` is the number of open cases; `absences` those that have not passed."""

    name = serializers.CharField(source="user.name", read_only=True)
    load = serializers.IntegerField(read_only=True)
    absences = AbsenceSerializer(source="coming", many=True, read_only=True)

    class Meta:
        model = Mediator
        fields = (
            "id", "committee", "user", "name", "kind", "certificate", "specialities", "valid_from",
            "valid_to", "ended_on", "end_reason", "load", "absences",
        )  # fmt: skip
        read_only_fields = fields


class RegisterSerializer(OwnIdSerializer):
    user_id = serializers.UUIDField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(required=False, allow_null=True, default=None)
    kind = serializers.ChoiceField(
        choices=MediatorKind.choices(), required=False, default=MediatorKind.HIRED.value
    )
    certificate = NameField(max_length=60, required=False, allow_blank=True, default="")
    specialities = SpecialitiesField(required=False, default=list, max_length=40)


class RegisterChangeSerializer(StrictSerializer):
    valid_to = serializers.DateField(required=False, allow_null=True)
    certificate = NameField(max_length=60, required=False, allow_blank=True)
    specialities = SpecialitiesField(required=False, max_length=40)


class RegisterEndSerializer(StrictSerializer):
    reason = WordsField(max_length=400)
    ended_on = serializers.DateField(required=False, allow_null=True, default=None)


class AbsenceBodySerializer(StrictSerializer):
    from_day = serializers.DateField()
    to_day = serializers.DateField(required=False, allow_null=True, default=None)


class AbsenceEndSerializer(StrictSerializer):
    absence_id = serializers.UUIDField()
    to_day = serializers.DateField()


class RelationSerializer(StrictModelSerializer):
    """What can still be told of somebody named for the conflict check: by what kind of relation, and when."""

    class Meta:
        model = MediatorRelation
        fields = ("id", "relation", "declared_at", "ended_at")
        read_only_fields = fields


class RelationBodySerializer(OwnIdSerializer):
    """At least one of name, phone and ID number; only keyed digests of them are kept."""

    relation = serializers.ChoiceField(choices=Relation.choices())
    name = NameField(max_length=60, required=False, allow_blank=True, default="")
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    id_number = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not any(attrs[name].strip() for name in ("name", "phone", "id_number")):
            raise serializers.ValidationError({"name": ["name, phone or id_number"]})
        return attrs
