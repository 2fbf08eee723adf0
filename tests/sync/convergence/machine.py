"""The state machine: people, phones and a network, as Hypothesis pleases; the truth at the end.

Each step is one thing that happens: a record made offline, a pull broken off, a grid reassigned, a
transaction that stays open over the next ten steps. Every answer is checked when it is made
(`handset.Server`); at the end all transactions end, every phone syncs twice over a good network, and must
hold what the oracle says.
"""

from collections import Counter
from datetime import timedelta
from typing import Any, ClassVar

from gridphone.ids import uuid7
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kernel import clock
from kernel.actor import Actor
from sync import check, jobs, life
from tests.sync.convergence import world
from tests.sync.convergence.handset import EVENTS, Handset, Server
from tests.sync.convergence.world import EVERYWHERE, GRIDS, KINDS, LANES, World
from tests.sync.sessions import Lane

HANDSETS = 5
TITLES = ("fine", "fine", "fine", "off", "bad", "odd", "poison", "crash")
NOBODY = -1
JUMPS = [timedelta(hours=h) for h in (-30, -1, 1, 25)] + [timedelta(days=d) for d in (8, 61)]
SKEWS = [timedelta()] * 9 + [timedelta(minutes=-20), timedelta(hours=30), timedelta(days=-40)]

lanes = st.integers(0, LANES)
picks = st.lists(st.integers(0, 40), min_size=1, max_size=4)
places = st.lists(st.sampled_from(EVERYWHERE), min_size=1, max_size=2, unique=True)
numbers = st.integers(0, 20)
events = st.lists(st.sampled_from(EVENTS), max_size=4)
pages = st.integers(1, 6)
items = st.tuples(st.sampled_from(TITLES), st.sampled_from([None, *GRIDS]), st.sampled_from(SKEWS))
Item = tuple[str, str | None, timedelta]


class Sync(RuleBasedStateMachine):
    """`actors`: two people, the first with two phones. `counts` adds up over all examples."""

    actors: ClassVar[list[Actor]]
    sessions: ClassVar[list[Lane]]
    moving: ClassVar[Any]
    counts: ClassVar[Counter[str]]
    refresh: ClassVar[int] = 100

    def __init__(self) -> None:
        super().__init__()
        world.empty()
        self.counts["examples"] += 1
        if self.counts["examples"] % self.refresh == 0:
            world.vacuum()
        self.began = self.moving.at
        self.world = World(self.sessions, self.counts)
        self.server = Server(self.counts, self.world)
        self.handsets = [Handset(actor, self.server) for actor in self.actors]
        self.busy: dict[int, Any] = {}  # lane: the device whose push is running in it

    @initialize(more=numbers)
    def begin(self, more: int) -> None:
        """Everybody has a grid, and everything in it on the phone."""
        for number, grid in enumerate(GRIDS):
            self.world.reassign(0, grid, None, self.actors[number])
            self.world.write(0, KINDS[number % 2], [grid], 1 + (more + number) % 4)
        for handset in self.handsets[: more % 4]:
            handset.online("sync", [], 5)

    def handset(self, number: int) -> Handset:
        return self.handsets[number % len(self.handsets)]

    def idle(self, number: int) -> Handset | None:
        """A handset without a push that is still running: a device has one request in flight."""
        found = self.handset(number)
        return None if found.actor.device_id in self.busy.values() else found

    # -- the domain --------------------------------------------------------------------------------

    @rule(lane=lanes, kind=st.sampled_from(KINDS), scopes=places, count=st.integers(1, 4))
    def written(self, lane: int, kind: str, scopes: list[str], count: int) -> None:
        self.world.write(lane, kind, scopes, count)

    @rule(lane=lanes, kind=st.sampled_from(KINDS), which=picks, title=st.sampled_from("abc"))
    def changed(self, lane: int, kind: str, which: list[int], title: str) -> None:
        if ids := self.world.free(lane, kind, which):
            self.world.change(lane, kind, ids, title=title)

    @rule(lane=lanes, kind=st.sampled_from(KINDS), which=picks, scopes=places)
    def moved(self, lane: int, kind: str, which: list[int], scopes: list[str]) -> None:
        if ids := self.world.free(lane, kind, which):
            self.world.change(lane, kind, ids, scopes=scopes)

    @rule(lane=lanes, kind=st.sampled_from(KINDS), which=picks)
    def deleted(self, lane: int, kind: str, which: list[int]) -> None:
        if ids := self.world.free(lane, kind, which):
            self.world.delete(lane, kind, ids)

    @rule(lane=lanes, grid=st.sampled_from(GRIDS), who=st.sampled_from([0, 2, NOBODY]), alone=st.booleans())
    def reassigned(self, lane: int, grid: str, who: int, alone: bool) -> None:
        """The grid comes to somebody; who had it loses it, or not."""
        had = None if alone else self.actors[2 - max(who, 0)]
        self.world.reassign(lane, grid, had, None if who == NOBODY else self.actors[who])

    @rule(lane=st.integers(1, LANES), commit=st.sampled_from([True, True, True, False]))
    def ended(self, lane: int, commit: bool) -> None:
        self.busy.pop(lane, None)
        self.world.end(lane, commit=commit)

    # -- the phones --------------------------------------------------------------------------------

    @rule(number=numbers, item=items)
    def recorded(self, number: int, item: Item) -> None:
        title, scope, skew = item
        data = {"title": title, "scope": scope, "off_phone": title == "off"}
        self.handset(number).record(data, clock.now() + skew)

    @rule(
        number=numbers,
        act=st.sampled_from(["push", "sync"]),
        made=st.lists(items, max_size=3),
        events=events,
        page=pages,
    )
    def online(self, number: int, act: str, made: list[Item], events: list[str], page: int) -> None:
        for item in made:
            self.recorded(number, item)
        if handset := self.idle(number):
            handset.online(act, events, page)

    @rule(number=numbers, page=pages)
    def one_page(self, number: int, page: int) -> None:
        """A pass that breaks off after a page; the next step may change what the following page may say."""
        if handset := self.idle(number):
            handset.online("pull", ["ok", "lost"], page)

    @rule(number=numbers, grid=st.sampled_from(GRIDS), pages=st.integers(1, 3), page=st.integers(1, 2))
    def withheld(self, number: int, grid: str, pages: int, page: int) -> None:
        """A grid is taken away in the middle of a pass and given back before the next."""
        if handset := self.idle(number):
            self.world.change(0, "note", self.world.free(0, "note", [0, 1, 2]), title="again")
            self.one_page(number, page)
            self.world.reassign(0, grid, handset.actor, None)
            for _ in range(pages):
                self.one_page(number, page)
            self.world.reassign(0, grid, None, handset.actor)

    @rule(number=numbers, lane=st.integers(1, LANES), item=items)
    def pushed_slowly(self, number: int, lane: int, item: Item) -> None:
        """The server takes a batch in a transaction that stays open; the phone hears nothing of it."""
        self.recorded(number, item)
        handset = self.idle(number)
        batch = handset and handset.store.batch(3, uuid7())
        if handset is None or not batch or lane in self.busy:
            return
        body = {"batch_id": batch[0], "items": batch[1]}
        results = self.world.do(lane, self.server.take, handset.actor, body)
        self.world.after(lane, lambda: self.server.keep(results))
        self.busy[lane] = handset.actor.device_id
        self.counts["slow pushes"] += 1

    @rule(number=numbers, deed=st.sampled_from(["back up", "restore", "clone"]))
    def backed_up(self, number: int, deed: str) -> None:
        handset = self.handset(number)
        if deed == "back up":
            handset.backup = handset.store.dump()
        elif deed == "restore":
            handset.restore()
        elif len(self.handsets) < HANDSETS:
            self.handsets.append(handset.clone())
            self.counts["clones"] += 1

    # -- time --------------------------------------------------------------------------------------

    @precondition(lambda self: not self.busy)
    @rule(jump=st.sampled_from(JUMPS))
    def clock_jumped(self, jump: timedelta) -> None:
        """The server's clock, forward or back; then what it does at night."""
        self.moving.move(jump)
        jobs.due(clock.now())
        self.counts["clock jumps"] += 1

    @precondition(lambda self: not any(lane.running for lane in self.sessions))
    @rule()
    def restored_elsewhere(self) -> None:
        """What an operator does after a restore: a new epoch; every phone starts over."""
        life.rotate(lambda _rows: None)
        self.counts["epochs"] += 1

    # -- what must hold ----------------------------------------------------------------------------

    @invariant()
    def one_outcome_for_each_pushed_id(self) -> None:
        kept = world.outcomes()
        assert {id_: state for id_, (_, state) in kept.items()} == self.server.states
        assert all(count == 1 for count, _ in kept.values())
        self.counts["steps"] += 1

    def teardown(self) -> None:
        try:
            for lane in range(1, LANES + 1):
                self.ended(lane, commit=True)
            self.converged()
        finally:
            for lane in range(1, LANES + 1):
                self.world.end(lane, commit=False)
            self.moving.to(self.began)

    def converged(self) -> None:
        for handset in self.handsets * 2:
            handset.online("sync", [], 5)
        self.one_outcome_for_each_pushed_id()
        for handset in self.handsets:
            self.equal(handset)
        self.nothing_lost_or_doubled()
        assert check.check().differences == []

    def equal(self, handset: Handset) -> None:
        """What the phone holds is what the oracle says; nothing of its own waits any more."""
        truth = {key: rev for key, (rev, _) in world.visible(handset.actor).items()}
        refused = dict.fromkeys(world.refused(handset.actor), 0)
        held = handset.held()
        assert held == truth | refused, f"missing {truth.keys() - held.keys()}"
        assert handset.store.unsent() == 0
        self.counts["phones compared"] += 1

    def nothing_lost_or_doubled(self) -> None:
        rows = world.pushed_rows()
        assert all(count == 1 for count in rows.values())
        taken = {id_ for id_, state in self.server.states.items() if state == "accepted"}
        assert rows.keys() <= taken
        assert taken - rows.keys() <= self.world.gone, "an accepted record is gone"
