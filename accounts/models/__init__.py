"""Areas, organisations, people, memberships, devices and sessions."""

from accounts.models.devices import PUBLIC_KEY_MAX, Device, DeviceState, EnrolmentCode
from accounts.models.people import (
    Membership,
    MembershipState,
    Organisation,
    OrganisationKind,
    PasswordLink,
    User,
    UserState,
)
from accounts.models.places import Area, AreaChange, AreaChangeKind, AreaLevel
from accounts.models.sessions import RefreshFamily, RefreshToken
from accounts.models.vendors import VendorAccount, VendorState

__all__ = [
    "PUBLIC_KEY_MAX",
    "Area",
    "AreaChange",
    "AreaChangeKind",
    "AreaLevel",
    "Device",
    "DeviceState",
    "EnrolmentCode",
    "Membership",
    "MembershipState",
    "Organisation",
    "OrganisationKind",
    "PasswordLink",
    "RefreshFamily",
    "RefreshToken",
    "User",
    "UserState",
    "VendorAccount",
    "VendorState",
]
