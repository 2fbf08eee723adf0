from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from kernel import clock
from privacy.models import ReadLog

pytestmark = pytest.mark.django_db


def _row() -> ReadLog:
    return ReadLog.objects.create(
        read_at=clock.now(), reader_id=uuid4(), role="mediator", subject_kind="dispute", subject_id=uuid4(),
        fields=["phone"], purpose="contact", reason="约定调解时间",
    )  # fmt: skip


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_read_log_only_grows(act: str) -> None:
    row = _row()
    with pytest.raises(ProgrammingError), transaction.atomic():
        ReadLog.objects.filter(pk=row.pk).update(reason="x") if act == "update" else row.delete()
