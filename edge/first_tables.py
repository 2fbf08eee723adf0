"""All tables of an app in one step of its first migration.

Django renders every related model anew after each `CreateModel`; here nearly all hang on the user, so an
empty database of 200 tables took 70 seconds of it. In one step they are rendered once (2 seconds for all).
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

NAME = "0001_tables"


class FirstTables(Operation):
    """The `CreateModel` of one app in any order: they may name each other, foreign keys come at the end.

    Django enters only what a migration replaces until all of them ran. The name is entered with the tables,
    so that a database made half by these can be told from one made half by the migrations before them.
    """

    category = OperationCategory.ADDITION
    reversible = False
    serialization_expand_args: ClassVar[list[str]] = ["tables"]

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered again when a table is first asked for
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)
        MigrationRecorder(schema_editor.connection).record_applied(app_label, NAME)

    def describe(self) -> str:
        return f"Create {len(self.tables)} tables"
