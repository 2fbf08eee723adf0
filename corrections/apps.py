from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "corrections"

    def ready(self) -> None:
        from corrections import closing, impact, owned, sync, worklist
        from edge.problem_handler import name_constraint

        name_constraint("member_once_a_day", "group_member_twice")
        name_constraint("subject_person_once", "person_already_registered")
        name_constraint("leave_one_at_a_time", "leave_overlaps")
        name_constraint("assessment_document_once", "already_exists")
        sync.connect()
        worklist.connect()
        impact.connect()
        closing.connect()
        owned.connect()
