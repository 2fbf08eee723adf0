"""The problem catalogue (RFC 9457): stable codes that phones switch on, with a Chinese and an English text.

A code is never reused; a retired one stays listed with `retired=True`.
"""

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


@dataclass(frozen=True, slots=True)
class ProblemType:
    code: str
    status: int
    zh: str
    en: str
    law: str = ""
    retired: bool = False


_catalogue: dict[str, ProblemType] = {}


def define(code: str, status: int, zh: str, en: str, *, law: str = "", retired: bool = False) -> str:
    """Enter a code into the catalogue; returns the code. `law` names the rule it enforces, if any."""
    if code in _catalogue:
        raise ValueError(f"problem code {code} is defined twice")
    _catalogue[code] = ProblemType(code, status, zh, en, law, retired)
    return code


def catalogue() -> dict[str, ProblemType]:
    """All codes, sorted."""
    return dict(sorted(_catalogue.items()))


class Problem(Exception):
    """A refusal with a stable code. `fields` maps field paths to texts; `extra` are further members of the
    body."""

    def __init__(
        self, code: str, detail: str | None = None, *, fields: dict[str, Any] | None = None, **extra: Any
    ) -> None:
        if code not in _catalogue:
            raise KeyError(f"problem code {code} is not in the catalogue")
        super().__init__(code)
        self.type = _catalogue[code]
        self.code = code
        self.status = self.type.status
        self.detail = detail
        self.fields = fields
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """The RFC 9457 members (`type title status code detail …`), without the request id."""
        body: dict[str, Any] = {
            "type": f"urn:gridgov:problem:{self.code}",
            "title": self.type.zh,
            "title_en": self.type.en,
            "status": self.status,
            "code": self.code,
        }
        if self.detail:
            body["detail"] = self.detail
        if self.fields:
            body["fields"] = self.fields
        if self.type.law:
            body["law"] = self.type.law
        return body | {key: value for key, value in self.extra.items() if key not in body}


for _module in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")
