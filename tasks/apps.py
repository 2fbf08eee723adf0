from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"

    def ready(self) -> None:
        from edge.problem_handler import name_constraint
        from tasks import duties, duty_sections, impact, owned, restamping, sections, sync

        sync.connect()
        sections.connect()
        duties.connect()
        duty_sections.connect()
        owned.connect()
        impact.connect()
        restamping.connect()
        for constraint in ("duty_post_held_once", "duty_person_in_one_place"):
            name_constraint(constraint, "duty_overlaps")
