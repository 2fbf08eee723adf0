from django.apps import AppConfig

from edge.problem_handler import name_constraint


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import consenting

        consenting.connect()
        for constraint, code in (
            ("membership_powers_exclude", "roles_exclude"),
            ("membership_not_confirmed_by_self", "own_membership"),
            ("device_key_once", "device_known"),
        ):
            name_constraint(constraint, code)
