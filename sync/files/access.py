"""Who reads a file: whoever may read its record now, by the rule of the record's own package."""

from uuid import UUID

from edge.policy import EVERYONE, STAFF, Policy
from edge.rows import existing
from kernel.actor import Actor
from kernel.problems import Problem
from sync import registry
from sync.files.models import File

READING = Policy(EVERYONE)
REVIEWING = Policy(STAFF)


def check_record(actor: Actor, kind: str, record: UUID) -> None:
    """Problem `not_found` unless the actor may read the files of this record; absent ones are alike."""
    entry = registry.find(kind)
    if entry is None or entry.readable_files is None:
        raise Problem("not_found")
    if record not in set(entry.readable_files(actor, [record])):
        raise Problem("not_found")


def readable(actor: Actor, file_id: UUID) -> File:
    """The file, for an actor who may read it. Problem `not_found`."""
    file = existing(File.objects.select_related("blob").filter(id=file_id))
    check_record(actor, file.kind, file.record)
    return file
