"""States of a boundary release. Only the district's administrator, or the machine, takes a step."""

from kernel.codes import CodeTable
from kernel.codes.roles import Role
from kernel.transitions import StateTable, Transition


class ReleaseState(CodeTable, table="release_state"):
    DRAFT = "draft", "草稿", "draft"
    VALIDATED = "validated", "已校验", "validated"
    PUBLISHED = "published", "已发布", "published"
    SUPERSEDED = "superseded", "已被取代", "superseded"


ADMIN = frozenset({Role.DISTRICT_ADMIN})

RELEASE = StateTable(
    "boundary_release",
    initial=ReleaseState.DRAFT,
    transitions=[
        Transition(ReleaseState.DRAFT, "validate", ReleaseState.VALIDATED, ADMIN),
        Transition(ReleaseState.VALIDATED, "publish", ReleaseState.PUBLISHED, ADMIN),
        Transition(ReleaseState.PUBLISHED, "supersede", ReleaseState.SUPERSEDED),
        # A copy of its shapes comes into force as a release of its own; this one stays what it is.
        Transition(ReleaseState.SUPERSEDED, "restore", ReleaseState.SUPERSEDED, ADMIN),
    ],
    terminal=[ReleaseState.SUPERSEDED],
)
