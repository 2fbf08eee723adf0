"""What the two stock clients send: the same rows of notes, as WatermelonDB and as RxDB do."""

from typing import Any

from rest_framework.test import APIClient

from kernel import clock
from kernel.ids import uuid7

WATERMELON = "/api/v1/sync/watermelon"
RXDB = "/api/v1/sync/rxdb/note"


def row(**columns: Any) -> dict[str, Any]:
    """A note as a stock client makes it, as WatermelonDB writes it."""
    made = {"id": str(uuid7()), "item_data": '{"title":"x"}', "item_at": clock.now().isoformat()}
    return made | {"item_seq": 1, "sync_state": None, "_status": "created", "_changed": ""} | columns


def melon_push(
    client: APIClient, *created: Any, updated: Any = (), deleted: Any = (), final: int = 0, **body: Any
) -> Any:
    changes = {"note": {"created": created, "updated": updated, "deleted": deleted}}
    whole = {"changes": changes, "last_pulled_at": None} | body
    return client.post(f"{WATERMELON}?final={final}", whole, format="json")


def rx_push(client: APIClient, *documents: Any, final: int = 0, **body: Any) -> Any:
    rows = [{"newDocumentState": document} for document in documents]
    return client.post(f"{RXDB}/push?final={final}", {"rows": rows} | body, format="json")


def melon_pull(client: APIClient, **query: Any) -> Any:
    return client.get(WATERMELON, {"kinds": "note"} | query)


def rx_pull(client: APIClient, c: int | None = None, limit: int = 100) -> Any:
    body = {"checkpoint": None if c is None else {"c": c}, "limit": limit}
    return client.post(f"{RXDB}/pull", body, format="json")


SENDERS = (melon_push, rx_push)
PULLERS = (melon_pull, rx_pull)
