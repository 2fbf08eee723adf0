from django.db import models

from kernel.ids import uuid7


class CodeTableRow(models.Model):
    """A code table as phones keep it: one row a table, rewritten when the code's own table changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=40, unique=True)
    # [[value, zh, en], …] in the order of the table
    entries = models.JSONField()
    rev = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
