from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "disputes"

    def ready(self) -> None:
        from disputes import closing, commands, impact, layers, restamping, standing, sync, timeline, worklist
        from edge.problem_handler import name_constraint

        sync.connect()
        commands.connect()
        worklist.connect()
        standing.connect()
        impact.connect()
        layers.connect()
        restamping.connect()
        timeline.connect()
        closing.connect()
        name_constraint("joint_asked_once", "joint_asked_already")
