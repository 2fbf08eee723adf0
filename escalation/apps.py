from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "escalation"

    def ready(self) -> None:
        from escalation import closing, sections, timeline

        sections.connect()
        timeline.connect()
        closing.connect()
