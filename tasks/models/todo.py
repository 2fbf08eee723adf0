from django.db import models
from django.db.models import Q

from accounts.models import Area, Organisation, User
from grids.models import Grid
from kernel.codes.roles import Role
from kernel.ids import uuid7
from tasks.codes import TaskKind, TaskState


class Task(models.Model):
    """Somebody's to-do: one person's in one role, or that of a role in an organisation.

    What it is about is named by `subject_kind` and `subject_id`, without a foreign key: what stands above is
    not known here. No text of its own: the kind says what to do, the subject says about what.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=24, choices=TaskKind.choices())
    state = models.CharField(max_length=10, choices=TaskState.choices(), default=TaskState.OPEN)
    due_at = models.DateTimeField(null=True, blank=True)
    role = models.CharField(max_length=24, choices=Role.choices())
    assignee = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    grid = models.ForeignKey(Grid, models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    rev = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(
                fields=["assignee", "role", "due_at"], name="task_open_of_person", condition=Q(state="open")
            ),
            models.Index(
                fields=["organisation", "role", "due_at"],
                name="task_open_of_organisation",
                condition=Q(state="open"),
            ),
            models.Index(fields=["subject_kind", "subject_id"], name="task_of_subject"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TaskKind.values()), name="task_kind_known"),
            models.CheckConstraint(condition=Q(role__in=Role.values()), name="task_role_known"),
            models.CheckConstraint(
                condition=Q(assignee__isnull=False) | Q(organisation__isnull=False), name="task_is_somebodys"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state__in=["done", "cancelled"], closed_at__isnull=False),
                name="task_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
