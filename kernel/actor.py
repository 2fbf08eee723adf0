"""Who acts: one person in one active role, or the machine. Services take it; nothing else decides about
access."""

from dataclasses import dataclass
from uuid import UUID

from kernel.codes.roles import Role
from kernel.problems import Problem
from kernel.signing import Signing


@dataclass(frozen=True, slots=True)
class Acting:
    """代理: whose place a deputy takes, by which document, and what may be signed."""

    for_user: UUID
    document: str
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in the one role of this session. `role=None` with no user is the machine itself."""

    user_id: UUID | None
    role: Role | None
    organisation_id: UUID | None = None
    membership_id: UUID | None = None
    device_id: UUID | None = None
    request_id: str = ""
    acting: Acting | None = None
    terminal: bool = False
    """The device is a terminal in an office, with nobody's hand on it but the person's."""
    vendor_id: UUID | None = None
    """An account of a vendor, which has no role and sees no record."""

    @property
    def is_system(self) -> bool:
        return self.user_id is None and self.role is None

    @property
    def person(self) -> UUID:
        """The id of the person who acts. ValueError for the machine, which decides nothing about people."""
        if self.user_id is None:
            raise ValueError("the machine is no person")
        return self.user_id

    @property
    def acting_for(self) -> UUID | None:
        """Whose place is taken, for the row of an act; None for who acts in the own right."""
        return self.acting.for_user if self.acting else None

    def sign(self, what: Signing) -> None:
        """Pass for who acts in the own right, and for a deputy who was given this to sign.

        Problem `acting_not_given` for any other deputy.
        """
        if self.acting is not None and what not in self.acting.signs:
            raise Problem("acting_not_given", what=what.value)

    def has(self, *roles: Role) -> bool:
        return self.role in roles


SYSTEM = Actor(user_id=None, role=None)
