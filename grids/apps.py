from django.apps import AppConfig


class GridsConfig(AppConfig):
    name = "grids"

    def ready(self) -> None:
        from grids import owned, sync

        sync.connect()
        owned.connect()
