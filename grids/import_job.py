"""The job that reads an uploaded boundary file."""

from uuid import UUID

from procrastinate.contrib.django import app

from edge import clock_table


@app.task(name="grids.import_boundaries", queue="imports")
def import_boundaries(import_id: str) -> None:
    """Run one import; a doubled job finds nothing to do."""
    from grids.services.imports import import_run  # noqa: PLC0415  because the service queues this job

    clock_table.refresh()
    import_run(UUID(import_id))


def defer(import_id: UUID) -> None:
    """Queue the job in the current transaction."""
    import_boundaries.defer(import_id=str(import_id))
