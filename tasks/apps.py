from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"

    def ready(self) -> None:
        from tasks import duties, impact, restamping, sections, sync

        sync.connect()
        sections.connect()
        duties.connect()
        impact.connect()
        restamping.connect()
