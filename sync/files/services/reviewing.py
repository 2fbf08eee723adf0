"""A person has looked at a file: from now on nothing takes its place."""

from uuid import UUID

from django.db import transaction

from audit.services import record
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from sync.files import access
from sync.files.models import File


@transaction.atomic
def file_review(*, actor: Actor, file_id: UUID) -> File:
    """Mark a verified file as reviewed evidence; again is no fault. Problem `file_not_ready`."""
    access.readable(actor, file_id)
    file = File.objects.select_for_update().get(id=file_id)
    if file.state != "verified":
        raise Problem("file_not_ready")
    if file.reviewed_at is None:
        file.reviewed_at, file.reviewed_by_id = clock.now(), actor.person
        file.save(update_fields=["reviewed_at", "reviewed_by"])
        record(actor=actor, event="file.reviewed", subject_kind="file", subject_id=file.id)
    return file
