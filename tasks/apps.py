from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"

    def ready(self) -> None:
        from tasks import impact, sections, sync

        sync.connect()
        sections.connect()
        impact.connect()
