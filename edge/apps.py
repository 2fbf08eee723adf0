from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "edge"

    def ready(self) -> None:
        from edge import calendar_table
        from kernel import calendar

        calendar.install(calendar_table.load)
