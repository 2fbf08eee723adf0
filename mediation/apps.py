from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "mediation"

    def ready(self) -> None:
        from edge.problem_handler import name_constraint
        from mediation import closing, consenting, owned, sections, table_sections, timeline

        sections.connect()
        table_sections.connect()
        owned.connect()
        closing.connect()
        timeline.connect()
        consenting.connect()
        name_constraint("session_room_held_once", "session_room_taken")
