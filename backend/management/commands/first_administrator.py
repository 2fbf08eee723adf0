"""`manage.py first_administrator`: on an empty installation, one administrator and a one-time link."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from accounts.models import Area, User
from accounts.services.founding import administrator_found
from accounts.services.passwords import password_link_create
from kernel.actor import SYSTEM
from kernel.problems import Problem
from sync.services import publish


class Command(BaseCommand):
    help = "Make the first administrator; print a one-time link by which the password is set"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = _founded()
        except Problem as problem:
            raise CommandError(problem.detail or problem.code) from problem
        if user.has_usable_password():
            self.stdout.write(f"The administrator is {user.username}; the password is set.")
            return
        secret, row = password_link_create(actor=SYSTEM, user_id=user.id)
        base = os.environ.get("GRIDGOV_BASE_URL", "http://127.0.0.1:8000")
        url = base + reverse("auth-password")
        self.stdout.write(
            f"The administrator is {user.username}. One-time link, until {row.expires_at:%F %R} UTC:"
        )
        self.stdout.write(f"  {url}#{secret}")
        self.stdout.write("Set the password (at least 12 characters):")
        self.stdout.write(f"""  curl {url} --json '{{"link": "{secret}", "password": "…"}}'""")


@transaction.atomic
def _founded() -> User:
    """Areas that this makes are told to phones at once (`accounts` stands below `sync` and cannot)."""
    before = set(Area.objects.values_list("id", flat=True))
    user = administrator_found()
    made = set(Area.objects.values_list("id", flat=True)) - before
    if made:
        publish("area", made)
    return user
