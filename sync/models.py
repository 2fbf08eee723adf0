from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Device, Organisation, User
from kernel.ids import uuid7
from sync.fields import SnapshotField, Xid8Field
from sync.files.models import Blob, File, FilePart
from sync.items import State

__all__ = [
    "Batch", "Blob", "Cursor", "Epoch", "File", "FilePart", "Inbox", "InboxStep", "Intake", "Row",
]  # fmt: skip

SCOPES = {"base_field": models.TextField(db_collation="C"), "default": list}


class Row(models.Model):
    """A record as phones get it, ready to send, once for each scope that holds it.

    Written by `sync.services` alone. A change overwrites the row; a delete or a move leaves a tombstone.
    `shared`: the record lives in several scopes.
    `xid` is the transaction that wrote it last, `born` the one that wrote it first: pulls compare them with
    snapshots. `inbox` names the item
    that a record comes from which was not accepted: its content stays sealed there.
    """

    pk = models.CompositePrimaryKey("scope", "kind", "id")
    scope = models.TextField(db_collation="C")
    kind = models.TextField(db_collation="C")
    id = models.UUIDField()
    rev = models.BigIntegerField()
    xid = Xid8Field()
    born = Xid8Field()
    deleted = models.BooleanField(default=False)
    shared = models.BooleanField(default=True)
    payload = models.TextField(blank=True, default="")
    inbox = models.BigIntegerField(null=True)

    class Meta:
        db_table = "sync_row"
        indexes = [
            models.Index(fields=["scope", "xid"], name="sync_row_scope_xid"),
            models.Index(fields=["kind", "id"], condition=Q(deleted=False), name="sync_row_live"),
            models.Index(fields=["xid"], condition=Q(deleted=True), name="sync_row_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.kind} {self.id}"


class Epoch(models.Model):
    """One row: which life of this database it is. A restore begins a new one, and no older cursor holds.

    A later epoch is numbered by the hour it began in, so that no two lives share a number. `identity` is what
    the database said of itself when the epoch began (empty until a process first looked).
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.BigIntegerField(default=1)
    since = models.DateTimeField()
    identity = models.TextField(blank=True, default="")

    class Meta:
        db_table = "sync_epoch"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sync_epoch_is_one_row")]

    def __str__(self) -> str:
        return str(self.epoch)


class Mark(models.Model):
    """Below which transaction everything had ended when a local day began: so old is a tombstone."""

    day = models.DateField(primary_key=True)
    xid = Xid8Field()

    class Meta:
        db_table = "sync_mark"

    def __str__(self) -> str:
        return str(self.day)


class Cursor(models.Model):
    """What one phone has been sent up to one answer. Never changed: each answer that moves makes a new one.

    `base_snapshot` is null before a first pass is complete; `target_*`, `redo_scopes` and `position` are set
    while a pass of several pages is running. `kinds` is null when the phone takes all of them.
    """

    id = models.BigAutoField(primary_key=True)
    parent = models.BigIntegerField(null=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    device = models.ForeignKey(Device, models.CASCADE, related_name="+")
    epoch = models.BigIntegerField()
    created_at = models.DateTimeField()
    kinds = ArrayField(models.TextField(), null=True)
    base_snapshot = SnapshotField(null=True)
    base_scopes = ArrayField(**SCOPES)
    target_snapshot = SnapshotField(null=True)
    target_scopes = ArrayField(**SCOPES)
    redo_scopes = ArrayField(**SCOPES)
    dirty_scopes = ArrayField(**SCOPES)
    position = ArrayField(models.TextField(), null=True)

    class Meta:
        db_table = "sync_cursor"
        indexes = [
            models.Index(fields=["parent"], name="sync_cursor_parent"),
            models.Index(fields=["created_at"], name="sync_cursor_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Inbox(models.Model):
    """Every item a phone has ever pushed, valid or not, with its outcome: the evidence.

    `body` is the canonical item, sealed under the subject's key or else the device's. `first` is the item
    that made its id known; another with the same id is kept beside it. `returned`: the author's phone gets
    the record back with its state. `changed` is the transaction that last changed the outcome after its
    first answer (set by a trigger): pulls tell it to the device. `queue` is the organisation that looks
    after what was not accepted, until `closed_at`. `about` is the kind of the record that a command asks
    something of. `waits_for` is the record a held item waits for; `forced`: it was taken before that came.
    `clash` names the fields in conflict.
    """

    no = models.BigAutoField(primary_key=True)
    id = models.UUIDField()
    first = models.BooleanField()
    hash = models.BinaryField(max_length=32)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=24, default="")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", db_index=False)
    batch = models.UUIDField()
    kind = models.TextField(blank=True, default="")
    op = models.TextField(blank=True, default="")
    target = models.UUIDField(null=True)
    base_rev = models.BigIntegerField(default=0)
    seq = models.BigIntegerField(null=True)
    device_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    offset_ms = models.BigIntegerField(default=0)
    skewed = models.BooleanField(default=False)
    body = models.BinaryField()
    state = models.TextField()
    code = models.TextField(blank=True, default="")
    detail = models.TextField(blank=True, default="")
    field_errors = models.JSONField(null=True)
    rev = models.BigIntegerField(null=True)
    returned = models.BooleanField(default=False)
    changed = Xid8Field(null=True)
    queue = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    signed = models.TextField(blank=True, default="")
    sig = models.TextField(blank=True, default="")
    not_before = models.DateTimeField(null=True)
    flags = ArrayField(models.TextField(), default=list)
    about = models.TextField(blank=True, default="")
    waits_for = models.UUIDField(null=True)
    forced = models.BooleanField(default=False)
    clash = ArrayField(models.TextField(), null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sync_inbox"
        constraints = [
            models.UniqueConstraint(fields=["id"], condition=Q(first=True), name="sync_inbox_id_once"),
            models.UniqueConstraint(fields=["id", "author", "hash"], name="sync_inbox_item_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State if state != State.DUPLICATE]),
                name="sync_inbox_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(waits_for__isnull=False), name="sync_inbox_held_for_something"
            ),
        ]
        indexes = [
            models.Index(fields=["device", "received_at"], name="sync_inbox_device"),
            models.Index(fields=["kind", "target"], condition=Q(returned=True), name="sync_inbox_returned"),
            models.Index(
                fields=["queue", "received_at"], condition=~Q(state="accepted"), name="sync_inbox_queue"
            ),
            models.Index(
                fields=["device", "changed"], condition=Q(changed__isnull=False), name="sync_inbox_changed"
            ),
            models.Index(
                fields=["target"], condition=Q(op__in=["amend", "command"]), name="sync_inbox_edits"
            ),
            models.Index(fields=["waits_for"], condition=Q(state="held"), name="sync_inbox_held"),
            models.Index(fields=["received_at"], condition=Q(state="held"), name="sync_inbox_held_since"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"


class Batch(models.Model):
    """A signed push: the 32-byte hashes of its items in their order (from a stock client: of what its rows
    say), and the device's signature over them.

    It proves each item of the inbox with this batch. A push sent again stores nothing new.
    """

    no = models.BigAutoField(primary_key=True)
    batch = models.UUIDField()
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", db_index=False)
    received_at = models.DateTimeField()
    hashes = models.BinaryField()
    signature = models.TextField()

    class Meta:
        db_table = "sync_batch"
        indexes = [models.Index(fields=["device", "batch"], name="sync_batch_of_device")]

    def __str__(self) -> str:
        return str(self.batch)


class InboxStep(models.Model):
    """What became of an item after its first outcome: released, decided by a person, or closed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Inbox, models.PROTECT, related_name="+", db_index=False)
    event = models.TextField()
    from_state = models.TextField()
    to_state = models.TextField()
    code = models.TextField(blank=True, default="")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    role = models.CharField(max_length=24, default="")
    reason = models.CharField(max_length=400, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "sync_inbox_step"
        indexes = [models.Index(fields=["item", "at"], name="sync_inbox_step_of")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.event}"


class Unsent(models.Model):
    """What a device last said it had not sent yet, and since which day. A day, not a moment."""

    device = models.OneToOneField(Device, models.CASCADE, primary_key=True, related_name="+")
    count = models.BigIntegerField()
    oldest_on = models.DateField(null=True)
    told_on = models.DateField()

    class Meta:
        db_table = "sync_unsent"

    def __str__(self) -> str:
        return f"{self.device_id} {self.count}"


class Intake(models.Model):
    """Bytes that a device has sent on one local day: into the inbox, and of files."""

    pk = models.CompositePrimaryKey("device", "day")
    device = models.ForeignKey(Device, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    bytes = models.BigIntegerField(default=0)
    file_bytes = models.BigIntegerField(db_default=0, default=0)

    class Meta:
        db_table = "sync_intake"

    def __str__(self) -> str:
        return f"{self.device_id} {self.day}"
