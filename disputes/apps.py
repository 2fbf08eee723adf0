from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "disputes"

    def ready(self) -> None:
        from disputes import sync, worklist

        sync.connect()
        worklist.connect()
