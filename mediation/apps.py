from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "mediation"

    def ready(self) -> None:
        from mediation import sections, table_sections

        sections.connect()
        table_sections.connect()
