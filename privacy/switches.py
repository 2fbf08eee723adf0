"""Whether a kind of processing may run: only while an impact assessment of it is in force (PI-55/56)."""

from datetime import date

from kernel import clock
from kernel.law import law
from kernel.problems import Problem
from privacy.codes import Processing
from privacy.models import Assessment


def switched_on(name: Processing, day: date | None = None) -> bool:
    """Whether an assessment of it is in force on the day (default: today)."""
    at = day or clock.today()
    rows = Assessment.objects.filter(processing=Processing(name), withdrawn_at__isnull=True)
    return rows.filter(valid_from__lte=at, valid_to__gt=at).exists()


@law("PI-55/56")
def switch(name: Processing, day: date | None = None) -> None:
    """Pass while the processing is switched on. Problem `processing_off` otherwise; there is no override."""
    if not switched_on(name, day):
        raise Problem("processing_off", processing=Processing(name).value)
