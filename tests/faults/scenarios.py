"""The faults, one function each: harm the stand while eight phones work, then let them finish."""

import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from faults import FaultProxy, Rule
from gridphone import HttpTransport
from gridphone.transport import Answer

from edge.faults import POINTS
from tests.faults import poison
from tests.faults.crew import Crew, Member
from tests.faults.stand import Stand

NETWORK = (
    Rule("cut_before", 0.10), Rule("cut_after", 0.12, path="/sync/"), Rule("cut_middle", 0.10, path="/sync/"),
    Rule("twice", 0.10, path="/sync/"), Rule("hold", 0.04, 0.3, "/sync/push"), Rule("delay", 0.05, 0.05),
    Rule("throttle", 0.03, 400_000, "/sync/pull"),
)  # fmt: skip
LIMIT = 2  # connections that are left to the server when its pool runs dry


@dataclass
class Scene:
    """What a scenario works on; `scale` is 1 in the short mode. What it did goes into `notes`."""

    stand: Stand
    crew: Crew
    scale: int
    notes: Counter[str]
    exits: ExitStack

    def work(self, items: int) -> None:
        """Every phone records and sends until nothing is left."""
        self.crew.each(lambda member: _work(member, items * self.scale))

    @contextmanager
    def working(self, items: int) -> Iterator[threading.Thread]:
        """The same, beside what happens in the block; waits for its end."""
        failed: list[BaseException] = []

        def run() -> None:
            try:
                self.work(items)
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield thread
        finally:
            thread.join()
        if failed:
            raise failed[0]


def _work(member: Member, items: int) -> None:
    member.record(items)
    member.until_sent()


def calm(scene: Scene) -> None:
    """Nothing is harmed: the yardstick of the others, and most of the items of a long run."""
    scene.stand.serve()
    for member in scene.crew.members:
        member.phone._batch = 500
    scene.work(128 * scene.scale)


def bad_network(scene: Scene) -> None:
    with FaultProxy(("127.0.0.1", scene.stand.port), NETWORK, seed=scene.scale) as proxy:
        scene.crew.through(proxy.url)
        scene.work(40)
        scene.crew.through(scene.stand.url)
    scene.notes.update(proxy.counts)


def killed_at(point: str) -> Callable[[Scene], None]:
    """The web process kills itself whenever this point of a push is reached for the nth time.

    n is well above the eight pushes that come at once when it is up again: some of them must get through.
    """

    def scenario(scene: Scene) -> None:
        before = scene.stand.deaths()
        scene.stand.serve(fault=f"{point}:{20 if scene.scale == 1 else 12}")
        rounds = 0
        while (killed := scene.stand.deaths() - before) < scene.scale and rounds < scene.scale * 3:
            scene.crew.each(lambda member: _work(member, 20))
            rounds += 1
        scene.stand.serve()
        scene.notes["SIGKILL"] += killed
        if killed < scene.scale:
            raise SystemExit(
                f"faults: the server died {killed} times at {point}, {scene.scale} were asked for"
            )

    return scenario


def database_killed(scene: Scene) -> None:
    """SIGKILL to PostgreSQL with all its processes while eight phones write."""
    for _ in range(scene.scale):
        with scene.working(60 // scene.scale + 20) as thread:
            time.sleep(0.3)
            scene.notes["in the middle"] += thread.is_alive()
            scene.stand.kill_database()
            scene.notes["SIGKILL"] += 1


def disk_full(scene: Scene) -> None:
    """The database's folder on a small file system that fills up, and has room again."""
    with small_disk(scene) as folder:
        if folder is None:
            return
        for _ in range(scene.scale):
            with scene.working(60 // scene.scale):
                _full_for_a_while(scene, folder / "ballast")


def _full_for_a_while(scene: Scene, ballast: Path) -> None:
    time.sleep(0.2)
    before = sum(scene.crew.trouble.values())
    _fill(ballast)
    time.sleep(3)
    scene.notes["refused while full"] += sum(scene.crew.trouble.values()) - before
    ballast.unlink()
    if not scene.stand.cluster.answers():
        scene.notes["PostgreSQL had stopped"] += 1
        scene.stand.cluster.start()


@contextmanager
def small_disk(scene: Scene) -> Iterator[Path | None]:
    """The cluster on a tmpfs with 40 MB to spare for each turn; None where this user may not mount."""
    cluster = scene.stand.cluster
    kept = cluster.data.with_name("data.kept")
    cluster.stop()
    cluster.data.rename(kept)
    cluster.data.mkdir(mode=0o700)
    size = sum(path.stat().st_blocks for path in kept.rglob("*")) * 512 + 40 * 2**20 * scene.scale
    done = _system("mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "none", str(cluster.data))
    if done:
        scene.notes["not tried: mounting is not allowed here"] += 1
    else:
        _system("cp", "-a", f"{kept}/.", str(cluster.data))
        cluster.account.take(cluster.data)
        cluster.start()
    try:
        yield None if done else cluster.data
    finally:
        cluster.stop()
        if not done:
            _system("rm", "-rf", str(kept))
            _system("cp", "-a", str(cluster.data), str(kept))
            _system("umount", str(cluster.data))
        cluster.data.rmdir()
        kept.rename(cluster.data)
        cluster.start()


def _system(*command: str) -> int:
    return subprocess.run(command, check=False, capture_output=True).returncode  # noqa: S603  because the callers stand above


def _fill(path: Path) -> None:
    with suppress(OSError), path.open("wb", buffering=0) as out:
        while True:
            out.write(b"\0" * 65536)


def pool_exhausted(scene: Scene) -> None:
    """The database takes two connections of the server's and throws out the others."""
    with scene.working(40):
        time.sleep(0.1)
        scene.stand.cluster.psql(f"alter role gridgov_app connection limit {LIMIT}")
        _throw_out(scene)
        time.sleep(6)
        scene.notes["refused meanwhile"] += sum(scene.crew.trouble.values())
        scene.stand.cluster.psql("alter role gridgov_app connection limit -1")


def _throw_out(scene: Scene) -> None:
    found = scene.stand.cluster.psql(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'gridgov_app'"
    )
    scene.notes["connections ended"] += int(found.strip() or 0)


class Interrupted:
    """A transport that lets something happen after each answer to a pull."""

    def __init__(self, url: str, between: Callable[[], None], times: int) -> None:
        self._inner, self._between, self._left = HttpTransport(url), between, times

    def send(self, method: str, path: str, body: Any = None, token: str | None = None) -> Answer:
        answer = self._inner.send(method, path, body, token)
        if (
            path == "/sync/pull"
            and isinstance(answer.body, dict)
            and answer.body.get("has_more")
            and self._left
        ):
            self._left -= 1
            self._between()
        return answer


def restart_between_pages(scene: Scene) -> None:
    """A first download in pages of 40; after one the server starts anew, after another PostgreSQL."""
    scene.work(5)
    member = scene.crew.members[0]
    happenings = [scene.stand.serve, scene.stand.kill_database] * min(scene.scale, 3)

    def between() -> None:
        happenings.pop(0)()
        scene.notes["restarts in a pass"] += 1

    member.phone.store.forget_rows()
    member.phone.transport = Interrupted(scene.stand.url, between, len(happenings))
    member.phone._page = 40
    member.until(lambda: member.phone.pull() or True)
    member.phone._page = 2000
    member.through(scene.stand.url)


def poison_items(scene: Scene) -> None:
    """Of each way to be wrong one item among 200 good ones: it alone is refused."""
    for number, spoil in enumerate(poison.WAYS * scene.scale):
        member = scene.crew.members[number % len(scene.crew.members)]
        member.record(200)
        one = poison.spoil(member, spoil)
        member.phone._batch = 500
        member.until_sent()
        member.phone._batch = 5
        receipts = member.phone.store.receipts()
        refused = [id_ for id_ in member.made if receipts[id_]["state"] != "accepted"]
        scene.notes["poison"] += 1
        if one not in refused:
            raise SystemExit(f"faults: the poison {spoil} was {receipts[one]}")
        scene.notes["neighbours refused with it"] += len(set(refused) - {one} - poison.KNOWN)
        poison.KNOWN.update(refused)


def clock_jumps(scene: Scene) -> None:
    """The server's clock goes 26 hours on and two back; four phones are wrong by hours, one by weeks."""
    skews = [timedelta(hours=h) for h in (0, -3, 5, 0, 30, -20, 0)] + [timedelta(days=-40)]
    for seconds in [0, 26 * 3600, 24 * 3600] * scene.scale:
        scene.stand.ask(
            "insert into edge_clock_offset (id, seconds) values (1, %s)"
            " on conflict (id) do update set seconds = excluded.seconds",
            seconds,
        )
        time.sleep(1.1)  # a server reads it once a second
        for member, skew in zip(scene.crew.members, skews, strict=False):
            member.record(10, skew=skew)
        scene.crew.each(lambda member: member.until_sent())
        scene.notes["jumps"] += 1


def last_pull(scene: Scene) -> None:
    """In good weather, until each phone has what the others sent."""
    for member in scene.crew.members:
        member.until(lambda member=member: member.phone.sync() or True)


SCENARIOS: dict[str, Callable[[Scene], None]] = {
    "bad network": bad_network,
    **{f"web killed: {point}": killed_at(point) for point in POINTS},
    "PostgreSQL killed": database_killed,
    "disk full": disk_full,
    "pool exhausted": pool_exhausted,
    "restart between pages": restart_between_pages,
    "poison among 200": poison_items,
    "clock jumps": clock_jumps,
    "calm": calm,
}
