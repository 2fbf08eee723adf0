"""Tables of the frame: the demo clock's offset and the calendar of holidays."""

from django.db import models


class ClockOffset(models.Model):
    """One row: by how much the clock of a demo district is moved (`GRIDGOV_CLOCK=db`)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seconds = models.BigIntegerField(default=0)

    class Meta:
        db_table = "edge_clock_offset"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="edge_clock_one_row")]

    def __str__(self) -> str:
        return f"{self.seconds} s"


class CalendarYear(models.Model):
    """A year whose legal holidays are loaded."""

    year = models.SmallIntegerField(primary_key=True)
    source = models.CharField(max_length=80)
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "edge_calendar_year"

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a legal holiday, or a make-up working day (调休)."""

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=40)

    class Meta:
        db_table = "edge_calendar_day"

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
