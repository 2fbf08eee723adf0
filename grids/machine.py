"""States of a boundary release, of the import of a file, and of a change of the tree that waits for its day.
Only the district's administrator, or the machine, takes a step.
"""

from kernel.codes import CodeTable
from kernel.codes.roles import Role
from kernel.transitions import StateTable, Transition


class ReleaseState(CodeTable, table="release_state"):
    DRAFT = "draft", "草稿", "draft"
    VALIDATED = "validated", "已校验", "validated"
    PUBLISHED = "published", "已发布", "published"
    SUPERSEDED = "superseded", "已被取代", "superseded"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class ImportState(CodeTable):
    WAITING = "waiting", "待上传", "waiting for the file"
    QUEUED = "queued", "排队中", "queued"
    RUNNING = "running", "处理中", "running"
    DONE = "done", "已完成", "done"
    REFUSED = "refused", "已退回", "refused"
    FAILED = "failed", "失败", "failed"


class PlannedChangeState(CodeTable):
    WAITING = "waiting", "待生效", "waiting for its day"
    DONE = "done", "已生效", "done"
    REFUSED = "refused", "已退回", "refused"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


ADMIN = frozenset({Role.DISTRICT_ADMIN})

RELEASE = StateTable(
    "boundary_release",
    initial=ReleaseState.DRAFT,
    transitions=[
        Transition(ReleaseState.DRAFT, "validate", ReleaseState.VALIDATED, ADMIN),
        Transition(ReleaseState.VALIDATED, "publish", ReleaseState.PUBLISHED, ADMIN),
        Transition(ReleaseState.PUBLISHED, "supersede", ReleaseState.SUPERSEDED),
        # Before its day comes; what it was to replace goes on.
        Transition(ReleaseState.PUBLISHED, "withdraw", ReleaseState.WITHDRAWN, ADMIN),
        Transition(ReleaseState.SUPERSEDED, "stand_again", ReleaseState.PUBLISHED),
        # What stood before it comes into force again, as a release of its own; history stays.
        Transition(ReleaseState.PUBLISHED, "roll_back", ReleaseState.PUBLISHED, ADMIN),
        Transition(ReleaseState.SUPERSEDED, "roll_back", ReleaseState.SUPERSEDED, ADMIN),
        # A copy of its shapes comes into force as a release of its own; this one stays what it is.
        Transition(ReleaseState.SUPERSEDED, "restore", ReleaseState.SUPERSEDED, ADMIN),
    ],
    terminal=[ReleaseState.SUPERSEDED, ReleaseState.WITHDRAWN],
)

IMPORT = StateTable(
    "boundary_import",
    initial=ImportState.WAITING,
    transitions=[
        Transition(ImportState.WAITING, "upload", ImportState.QUEUED, ADMIN),
        Transition(ImportState.QUEUED, "start", ImportState.RUNNING),
        # A worker that was killed leaves it running: it begins anew.
        Transition(ImportState.RUNNING, "start", ImportState.RUNNING),
        Transition(ImportState.RUNNING, "finish", ImportState.DONE),
        Transition(ImportState.RUNNING, "refuse", ImportState.REFUSED),
        Transition(ImportState.RUNNING, "fail", ImportState.FAILED),
    ],
    terminal=[ImportState.DONE, ImportState.REFUSED, ImportState.FAILED],
)

PLANNED_CHANGE = StateTable(
    "planned_change",
    initial=PlannedChangeState.WAITING,
    transitions=[
        Transition(PlannedChangeState.WAITING, "apply", PlannedChangeState.DONE),
        # On its day the tree is not the one that it was looked at against.
        Transition(PlannedChangeState.WAITING, "refuse", PlannedChangeState.REFUSED),
        Transition(PlannedChangeState.WAITING, "withdraw", PlannedChangeState.WITHDRAWN, ADMIN),
    ],
    terminal=[PlannedChangeState.DONE, PlannedChangeState.REFUSED, PlannedChangeState.WITHDRAWN],
)
