"""Filters by allow-list; each field is one that the caller sees in the answer."""

import django_filters as df

from accounts.models import DeviceState, MembershipState, OrganisationKind, UserState, VendorState
from kernel.codes.roles import Role


class OrganisationFilter(df.FilterSet):
    kind = df.ChoiceFilter(choices=OrganisationKind.choices)
    area = df.UUIDFilter(field_name="area_id")


class UserFilter(df.FilterSet):
    username = df.CharFilter(max_length=64)
    state = df.ChoiceFilter(choices=UserState.choices)


class MembershipFilter(df.FilterSet):
    user = df.UUIDFilter(field_name="user_id")
    organisation = df.UUIDFilter(field_name="organisation_id")
    role = df.ChoiceFilter(choices=Role.choices())
    state = df.ChoiceFilter(choices=MembershipState.choices)


class DeviceFilter(df.FilterSet):
    user = df.UUIDFilter(field_name="user_id")
    state = df.ChoiceFilter(choices=DeviceState.choices)


class CodeFilter(df.FilterSet):
    device = df.UUIDFilter(field_name="device_id")
    used = df.BooleanFilter(field_name="used_at", lookup_expr="isnull", exclude=True)


class VendorFilter(df.FilterSet):
    user = df.UUIDFilter(field_name="user_id")
    state = df.ChoiceFilter(choices=VendorState.choices)
