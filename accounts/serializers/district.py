from typing import Any

from rest_framework import serializers

from accounts.models import Device, EnrolmentCode, Membership, Organisation, OrganisationKind, User
from edge.serializers import DayField, NameField, StrictSerializer, WordsField
from kernel.codes.roles import Role
from kernel.signing import Signing


class ReasonRequest(StrictSerializer):
    reason = WordsField(max_length=200)


class OrganisationRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Organisation
        fields = ["id", "name", "kind", "area", "phone", "superior", "head"]


class OrganisationRequest(StrictSerializer):
    name = NameField(max_length=150)
    kind = serializers.ChoiceField(OrganisationKind.choices)
    area = serializers.UUIDField(source="area_id")
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    superior = serializers.UUIDField(source="superior_id", required=False, allow_null=True)


class OrganisationChange(StrictSerializer):
    name = NameField(max_length=150, required=False)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    superior = serializers.UUIDField(source="superior_id", required=False, allow_null=True)


class HeadRequest(ReasonRequest):
    user = serializers.UUIDField(source="user_id")


class UserRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = User
        fields = ["id", "username", "name", "state", "created_at"]


class UserRequest(StrictSerializer):
    username = serializers.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,63}\Z", help_text="Lower case, 3 to 64 characters"
    )
    name = NameField(max_length=100)


class PasswordLinkAnswer(serializers.Serializer[Any]):
    link = serializers.CharField(help_text="Shown once; give it to the person by hand")
    expires_at = serializers.DateTimeField()


class MembershipRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Membership
        fields = [
            "id",
            "user",
            "role",
            "organisation",
            "valid_from",
            "valid_to",
            "state",
            "acting_for",
            "acting_document",
            "acting_signs",
            "proposed_by",
            "proposed_at",
            "confirmed_by",
            "confirmed_at",
            "ended_by",
            "ended_at",
            "end_reason",
        ]


class MembershipRequest(StrictSerializer):
    """`valid_to` is the first day outside; a guarded role needs one within a year. A deputy 代理 names whose
    membership it is, the document, and what may be signed."""

    user = serializers.UUIDField(source="user_id")
    role = serializers.ChoiceField(Role.choices())
    organisation = serializers.UUIDField(source="organisation_id")
    valid_from = DayField()
    valid_to = DayField(required=False, allow_null=True)
    acting_for = serializers.UUIDField(source="acting_for_id", required=False, allow_null=True)
    acting_document = serializers.CharField(max_length=200, required=False, allow_blank=True)
    acting_signs = serializers.ListField(
        child=serializers.ChoiceField(Signing.choices()), required=False, max_length=len(Signing)
    )


class DeviceRow(serializers.ModelSerializer[Any]):
    class Meta:
        model = Device
        fields = [
            "id",
            "user",
            "membership",
            "label",
            "platform",
            "app_version",
            "terminal",
            "state",
            "state_at",
            "state_reason",
            "lost_at",
            "wiped_at",
            "seen_on",
            "created_at",
            "enrolled_at",
        ]


class CodeRow(serializers.ModelSerializer[Any]):
    user = serializers.UUIDField(source="device.user_id")
    membership = serializers.UUIDField(source="device.membership_id")

    class Meta:
        model = EnrolmentCode
        fields = [
            "id",
            "device",
            "user",
            "membership",
            "issued_by",
            "issued_at",
            "expires_at",
            "tries",
            "used_at",
        ]


class CodeRequest(StrictSerializer):
    membership = serializers.UUIDField(source="membership_id")
    terminal = serializers.BooleanField(
        default=False, help_text="A terminal in an officer's office: it sends and is told nothing"
    )


class CodeAnswer(CodeRow):
    code = serializers.CharField(help_text="Shown once")

    class Meta(CodeRow.Meta):
        fields = [*CodeRow.Meta.fields, "code"]
