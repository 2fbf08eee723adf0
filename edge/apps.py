from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "edge"

    def ready(self) -> None:
        from edge import calendar_table  # noqa: PLC0415  because models must be loaded first
        from kernel import calendar  # noqa: PLC0415  because it belongs to the line above

        calendar.install(calendar_table.load)
