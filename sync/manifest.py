"""What a phone asks first: limits, kinds, epoch."""

from typing import Any

from edge.conf import setting
from kernel import clock
from kernel.actor import Actor
from sync import pace, registry
from sync.models import Epoch

SCHEMA = 1


def limits() -> dict[str, int]:
    return {
        "pull_rows": setting("SYNC_PULL_ROWS_MAX"),
        "pull_bytes": setting("SYNC_PULL_BYTES_MAX"),
        "push_items": setting("SYNC_PUSH_ITEMS_MAX"),
        "push_bytes": setting("SYNC_PUSH_BYTES_MAX"),
        "intake_bytes_a_day": setting("SYNC_INTAKE_BYTES_A_DAY"),
        "text_code_points": setting("TEXT_MAX"),
        "file_bytes": setting("SYNC_FILE_BYTES_MAX"),
        "record_files_bytes": setting("SYNC_RECORD_FILES_BYTES_MAX"),
        "file_bytes_a_day": setting("SYNC_FILE_BYTES_A_DAY"),
    }


def manifest(actor: Actor) -> dict[str, Any]:
    """The manifest for this caller: `push` says whether the active role may push the kind."""
    return {
        "schema": SCHEMA,
        "app_minimum": setting("SYNC_APP_MINIMUM"),
        "epoch": Epoch.objects.values_list("epoch", flat=True).get(),
        "server_time": clock.now().isoformat(),
        "poll_after_s": pace.poll_after(actor.device_id),
        "limits": limits(),
        "kinds": [
            {
                "name": kind.name,
                "version": kind.version,
                "push": kind.may_push(actor),
                "files": kind.takes_files,
            }
            for kind in registry.kinds().values()
        ],
    }
