"""Bearer tokens."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request


class BearerAuthentication(BaseAuthentication):
    """The caller's access token."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        return None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="gridgov"'
