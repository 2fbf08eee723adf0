from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "corrections"

    def ready(self) -> None:
        from corrections import sync, worklist

        sync.connect()
        worklist.connect()
