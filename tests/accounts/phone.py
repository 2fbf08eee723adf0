"""A phone's side of refresh, for tests: keeps its nonce until an answer arrives, as the protocol wants it."""

import secrets
from dataclasses import dataclass
from typing import Any

from rest_framework.test import APIClient

from accounts import tokens
from tests.cast import Worker

URL = "/api/v1/auth/refresh"


@dataclass
class Phone:
    worker: Worker
    token: str
    nonce: str = ""

    @classmethod
    def of(cls, worker: Worker) -> "Phone":
        return cls(worker, worker.session.refresh)

    def request(self) -> dict[str, str]:
        """The body of the next refresh; the identical one until `answered` was called."""
        self.nonce = self.nonce or secrets.token_urlsafe(16)
        message = tokens.refresh_message(nonce=self.nonce, token=self.token)
        return {"refresh": self.token, "nonce": self.nonce, "signature": self.worker.sign(message)}

    def answered(self, body: dict[str, Any]) -> None:
        self.token, self.nonce = body["refresh"], ""


def send(body: dict[str, str]) -> Any:
    """One refresh request over HTTP."""
    return APIClient().post(URL, body, format="json")
