"""People at a desk, signed in with a password and without a phone."""

from typing import Any

from gridphone import HttpTransport, Phone, Store


def at_desk(demo: dict[str, Any], role: str) -> Phone:
    """The demo's person in this role. Only `call` is of use: nothing is synced without a device."""
    account = next(one for one in demo["accounts"] if one["role"] == role)
    staff = Phone(Store(":memory:"), HttpTransport(demo["base_url"]))
    login = {"username": account["username"], "password": account["password"]}
    staff.store.set(access=staff.call("POST", "/auth/login", login)["access"])
    return staff
