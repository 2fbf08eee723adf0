from django.db import models

from kernel.ids import uuid7


class CommitteeRegister(models.Model):
    """The code under which a committee's case numbers run (PM-F2)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    committee = models.OneToOneField("accounts.Organisation", models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)

    class Meta:
        db_table = "mediation_committee"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class CommitteeYear(models.Model):
    """The last running number of a committee in a year. The row is locked while a number is taken."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    register = models.ForeignKey(CommitteeRegister, models.PROTECT, related_name="years")
    year = models.SmallIntegerField()
    last_serial = models.IntegerField(default=0)

    class Meta:
        db_table = "mediation_committee_year"
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["register", "year"], name="committee_year_once")]

    def __str__(self) -> str:
        return f"{self.year}: {self.last_serial}"
