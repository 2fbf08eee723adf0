from django.apps import AppConfig

from edge.problem_handler import name_constraint


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import consenting, selectors
        from privacy.naming import install_names

        consenting.connect()
        install_names(selectors.names_of)
        for constraint, code in (
            ("membership_powers_exclude", "roles_exclude"),
            ("membership_not_confirmed_by_self", "own_membership"),
            ("device_key_once", "device_known"),
        ):
            name_constraint(constraint, code)
