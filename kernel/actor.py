"""Who acts: one person in one active role, or the machine. Services take it; nothing else decides about
access."""

from dataclasses import dataclass
from uuid import UUID

from kernel.codes.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in the one role of this session. `role=None` with no user is the machine itself."""

    user_id: UUID | None
    role: Role | None
    organisation_id: UUID | None = None
    membership_id: UUID | None = None
    device_id: UUID | None = None
    request_id: str = ""

    @property
    def is_system(self) -> bool:
        return self.user_id is None and self.role is None

    @property
    def person(self) -> UUID:
        """The id of the person who acts. ValueError for the machine, which decides nothing about people."""
        if self.user_id is None:
            raise ValueError("the machine is no person")
        return self.user_id

    def has(self, *roles: Role) -> bool:
        return self.role in roles


SYSTEM = Actor(user_id=None, role=None)
