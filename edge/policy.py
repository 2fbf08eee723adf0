"""Who may call what. Every view class carries a `policy`; a test walks all routes and fails on one
without."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from kernel.codes.roles import Role
from kernel.problems import Problem

STAFF = frozenset(Role) - {Role.GRID_WORKER}
EVERYONE = frozenset(Role)


class Policy:
    """Roles by action (`list`, `retrieve`, an act's name) or lower-case method (`get`, `post`).

    `Policy({"list": {Role.MEDIATOR}, …})`, or one set for everything: `Policy(EVERYONE)`. What is not named
    is
    refused. `device=True`: only a call from an enrolled device. `without_role` names the actions that are
    also open to a session without a role (the head of an organisation who only confirms memberships).
    `options=True`: the protocol of this address asks by OPTIONS (tus).
    """

    def __init__(
        self,
        roles: Mapping[str, Iterable[Role]] | Iterable[Role] = (),
        *,
        public: bool = False,
        device: bool = False,
        without_role: Iterable[str] = (),
        options: bool = False,
    ) -> None:
        self.public = public
        self.options = options
        self.device = device
        self.without_role = frozenset(without_role)
        if isinstance(roles, Mapping):
            self._by_action = {name: frozenset(allowed) for name, allowed in roles.items()}
            self._default: frozenset[Role] = frozenset()
        else:
            self._by_action = {}
            self._default = frozenset(roles)

    def roles(self, action: str) -> frozenset[Role]:
        """The roles that may do `action`."""
        return self._by_action.get(action, self._default)


PUBLIC = Policy(public=True)


def action_of(view: Any, method: str) -> str:
    return getattr(view, "action", None) or method.lower()


class ByPolicy(BasePermission):
    """Applies the policy of the view; refuses when there is none."""

    def has_permission(self, request: Request, view: Any) -> bool:
        policy: Policy = view.policy
        if policy.public:
            return True
        actor = getattr(request, "actor", None)
        if actor is None:
            raise Problem("not_authenticated")
        method = (request.method or "get").lower()
        if (method == "options" and not policy.options) or not hasattr(view, method):
            raise MethodNotAllowed(method)
        action = action_of(view, method)
        if actor.role is None and action in policy.without_role:
            return True
        if actor.role not in policy.roles(action):
            raise Problem("role_not_allowed")
        if policy.device and actor.device_id is None:
            raise Problem("device_required")
        return True
