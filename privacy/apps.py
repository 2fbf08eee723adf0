from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"

    def ready(self) -> None:
        from edge import encryption
        from privacy import keys

        encryption.install_keys(keys.key_of)
