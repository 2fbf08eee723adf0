from typing import Any

from rest_framework import serializers

from accounts.models import PUBLIC_KEY_MAX
from edge.serializers import StrictSerializer
from kernel.codes.roles import Role

NONCE = r"^[A-Za-z0-9_-]{16,64}$"


class DeviceDescription(StrictSerializer):
    """What a phone says about itself at enrolment; shown to the administrator."""

    label = serializers.CharField(  # type: ignore[assignment]  # because the base has a field of that name
        max_length=100, required=False, allow_blank=True
    )
    platform = serializers.CharField(max_length=40, required=False, allow_blank=True)
    app_version = serializers.CharField(max_length=40, required=False, allow_blank=True)


class EnrolRequest(StrictSerializer):
    code = serializers.CharField(max_length=40, help_text="As read out; case and dashes do not matter")
    public_key = serializers.CharField(
        max_length=PUBLIC_KEY_MAX,
        help_text="P-256 or Ed25519, base64 of SubjectPublicKeyInfo",
    )
    device = DeviceDescription(required=False)


class LoginRequest(StrictSerializer):
    username = serializers.CharField(max_length=64)
    password = serializers.CharField(max_length=256, trim_whitespace=False)
    role = serializers.ChoiceField(Role.choices(), required=False)
    organisation = serializers.UUIDField(required=False)


class RoleRequest(StrictSerializer):
    role = serializers.ChoiceField(Role.choices())
    organisation = serializers.UUIDField(required=False)


class RefreshRequest(StrictSerializer):
    """A phone sends all three; a browser only the nonce, its token is in the cookie."""

    refresh = serializers.CharField(max_length=64, required=False)
    nonce = serializers.RegexField(NONCE, help_text="Fresh for each refresh; the same again for a repeat")
    signature = serializers.CharField(
        max_length=200, required=False, help_text="Over nonce and token, base64"
    )


class WipedRequest(StrictSerializer):
    device_id = serializers.UUIDField()
    order_id = serializers.UUIDField()
    signature = serializers.CharField(max_length=200)


class PasswordRequest(StrictSerializer):
    link = serializers.CharField(max_length=64, help_text="The one-time secret after the # of the link")
    password = serializers.CharField(max_length=256, trim_whitespace=False)


class OrganisationBrief(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField()
    area = serializers.UUIDField(source="area_id")


class RoleOffer(serializers.Serializer[Any]):
    role = serializers.CharField()
    organisation = OrganisationBrief()


class ActingBrief(serializers.Serializer[Any]):
    """代理: in whose place, by which document, what may be signed, until the day before `until`."""

    for_user = serializers.UUIDField()
    document = serializers.CharField()
    signs = serializers.ListField(child=serializers.CharField())
    until = serializers.DateField()


class Person(serializers.Serializer[Any]):
    """The signed-in person in the one active role; `role` is null for a head who only confirms."""

    id = serializers.UUIDField()
    username = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField(allow_null=True)
    organisation = OrganisationBrief(allow_null=True)
    membership_id = serializers.UUIDField(allow_null=True)
    device_id = serializers.UUIDField(allow_null=True)
    acting = ActingBrief(allow_null=True)
    roles = RoleOffer(many=True, help_text="What this person may switch to in a browser")
    heads = OrganisationBrief(many=True, help_text="Organisations whose memberships this person confirms")


class TokenAnswer(serializers.Serializer[Any]):
    access = serializers.CharField()
    access_expires_in = serializers.IntegerField(help_text="Seconds")
    refresh = serializers.CharField(required=False, help_text="For phones; a browser has it in a cookie")


class SignedInAnswer(TokenAnswer):
    user = Person()


class EnrolAnswer(SignedInAnswer):
    device_id = serializers.UUIDField()
    server_key = serializers.CharField(help_text="Ed25519 key that verifies wipe orders, base64 SPKI")


class PasswordHint(serializers.Serializer[Any]):
    how = serializers.CharField()
