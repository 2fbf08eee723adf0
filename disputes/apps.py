from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "disputes"

    def ready(self) -> None:
        from disputes import closing, commands, impact, layers, restamping, sync, timeline, worklist

        sync.connect()
        commands.connect()
        worklist.connect()
        impact.connect()
        layers.connect()
        restamping.connect()
        timeline.connect()
        closing.connect()
