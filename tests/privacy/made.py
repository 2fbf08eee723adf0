"""Papers and rows of privacy for tests of other packages too."""

from datetime import timedelta

from kernel import clock
from kernel.ids import uuid7
from privacy.codes import ConsentPurpose, Processing
from privacy.models import Assessment, Consent
from privacy.services import consent_give
from tests.cast import Member


def switched_on(processing: Processing | str, days: int = 365) -> Assessment:
    """The processing is on from yesterday: an assessment in force."""
    today = clock.today()
    return Assessment.objects.create(
        processing=processing, document_no="评估（2026）1号", kept_at="区司法局档案室",
        valid_from=today - timedelta(days=1), valid_to=today + timedelta(days=days), entered_by=uuid7(),
        entered_at=clock.now(),
    )  # fmt: skip


def located(leader: Member, worker: Member) -> Consent:
    """The worker agreed to the own location."""
    return consent_give(
        actor=leader.actor, subject_kind="user", subject_id=worker.user.id,
        purpose=ConsentPurpose.OWN_LOCATION, given_on=clock.today(), paper_no="位 1 号",
    )  # fmt: skip
