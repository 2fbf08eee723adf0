"""A TCP proxy that reads HTTP/1.1 just enough to know where a request begins and ends, and then misbehaves.

| action | what happens | value |
|---|---|---|
| `delay` | the request waits before it is sent on | seconds |
| `cut_before` | the connection ends before the server sees the request | |
| `cut_after` | the server acts; the connection ends before its answer | |
| `cut_middle` | the connection ends in the middle of the answer | |
| `twice` | the server gets the request twice; its second answer is told | |
| `hold` | the connection ends at once; the request arrives all the same, later | seconds |
| `throttle` | the answer comes slowly | bytes a second |

Which request is hit depends on the seed, the path and how many came on that path before: not on the clock.
"""

import asyncio
import random
import re
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

ACTIONS = ("delay", "cut_before", "cut_after", "cut_middle", "twice", "hold", "throttle")
PIECE = 1024
_RULE = re.compile(r"(?P<action>\w+)=(?P<share>[\d.]+)(:(?P<value>[\d.]+))?(@(?P<path>\S+))?")
_LENGTH = re.compile(rb"(?im)^content-length:\s*(\d+)")
_CHUNKED = re.compile(rb"(?im)^transfer-encoding:\s*chunked")
_CONNECTION = re.compile(rb"(?im)^connection:.*\r\n")


@dataclass(frozen=True)
class Rule:
    """`share` of the requests whose path contains `path` meet `action`."""

    action: str
    share: float
    value: float = 0.0
    path: str = ""

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise ValueError(f"{self.action!r} is none of {', '.join(ACTIONS)}")

    @classmethod
    def read(cls, text: str) -> "Rule":
        """From `<action>=<share>[:<value>][@<path>]`."""
        found = _RULE.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not <action>=<share>[:<value>][@<path>]")
        value = float(found["value"] or 0)
        return cls(found["action"], float(found["share"]), value, found["path"] or "")


class FaultProxy:
    """Runs in a thread of its own between `with` and its end; `url` is where clients go."""

    def __init__(self, to: tuple[str, int], rules: Sequence[Rule], *, seed: int = 1, port: int = 0) -> None:
        self.to, self.rules, self.seed, self.port = to, list(rules), seed, port
        self.counts: Counter[str] = Counter()
        self._arrived: Counter[str] = Counter()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "FaultProxy":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.port))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    # -- one request -------------------------------------------------------------------------------

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection: the server is asked to close, and so the client learns it too."""
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head, body = await _request(reader)
            path = head.split(b" ", 2)[1].decode("ascii", "replace")
            await self._act(self._rule(path), head + body, writer)
        writer.close()

    def _rule(self, path: str) -> Rule | None:
        self.counts["requests"] += 1
        self._arrived[path] += 1
        for rule in self.rules:
            dice = random.Random(f"{self.seed} {rule} {path} {self._arrived[path]}")  # noqa: S311  because faults must repeat
            if rule.path in path and dice.random() < rule.share:
                self.counts[rule.action] += 1
                return rule
        return None

    async def _act(self, rule: Rule | None, request: bytes, writer: asyncio.StreamWriter) -> None:
        action, value = (rule.action, rule.value) if rule else ("", 0.0)
        if action in {"cut_before", "hold"}:
            writer.transport.abort()
        if action == "cut_before":
            return
        if action in {"delay", "hold"}:
            await asyncio.sleep(value)
        answer = await self._ask(request)
        if action == "twice":
            answer = await self._ask(request)
        if action in {"cut_after", "hold"}:
            writer.transport.abort()
            return
        await _tell(answer, writer, half=action == "cut_middle", rate=value if action == "throttle" else 0)

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(*self.to)
        try:
            writer.write(request)
            await writer.drain()
            return await reader.read()
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Head (asking for the connection to be closed) and body of one request."""
    head = await reader.readuntil(b"\r\n\r\n")
    body = b""
    if _CHUNKED.search(head):
        while not body.endswith(b"0\r\n\r\n"):
            body += await reader.readuntil(b"\r\n")
    elif length := _LENGTH.search(head):
        body = await reader.readexactly(int(length[1]))
    return _CONNECTION.sub(b"", head)[:-2] + b"Connection: close\r\n\r\n", body


async def _tell(answer: bytes, writer: asyncio.StreamWriter, *, half: bool, rate: float) -> None:
    if half:
        writer.write(answer[: len(answer) // 2])
        await writer.drain()
        writer.transport.abort()
        return
    for begin in range(0, len(answer), PIECE) if rate else (0,):
        writer.write(answer[begin : begin + PIECE] if rate else answer)
        await writer.drain()
        if rate:
            await asyncio.sleep(PIECE / rate)
