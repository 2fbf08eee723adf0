from django.apps import AppConfig


class BackendConfig(AppConfig):
    """The composition root: when every app is loaded, the reaction map and the key provider are wired."""

    name = "backend"

    def ready(self) -> None:
        from backend import wiring

        wiring.connect()
