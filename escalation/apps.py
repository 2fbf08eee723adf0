from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "escalation"

    def ready(self) -> None:
        from escalation import sections, timeline

        sections.connect()
        timeline.connect()
