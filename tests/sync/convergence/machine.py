"""The state machine: people, phones and a network, as Hypothesis pleases; the truth at the end.

Each step is one thing that happens: a record made offline, a pull broken off, a grid reassigned, a
transaction that stays open over the next ten steps. Every answer is checked when it is made
(`handset.Server`); at the end all transactions end, every phone syncs twice over a good network, and must
hold what the oracle says.
"""

from collections import Counter
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from gridphone.ids import uuid7
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from sync import answering, check, jobs, life
from sync.items import State
from sync.models import Inbox
from tests.sync.convergence import world
from tests.sync.convergence.handset import EVENTS, Handset, Server, check_mark
from tests.sync.convergence.orders import CLOSED
from tests.sync.convergence.world import EVERYWHERE, GRIDS, KINDS, LANES, World
from tests.sync.sessions import Lane

HANDSETS = 5
TITLES = ("fine", "fine", "fine", "off", "bad", "odd", "poison", "crash")
VERSIONS = ("better", "better", "best", "bad", "odd", "poison")
ASKED = ("x", "y", "z", CLOSED)
SETTLED = frozenset({"still_not_possible", "choice_not_possible"})
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
skews = st.sampled_from(SKEWS)
deeds = st.sampled_from(["mine", "theirs", "release", "reject"])
Item = tuple[str, str | None, timedelta]


class Sync(RuleBasedStateMachine):
    """`actors`: two people, the first with two phones; `judge` decides about what they sent. `counts` adds up
    over all examples."""

    actors: ClassVar[list[Actor]]
    judge: ClassVar[Actor]
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
        made: dict[Any, list[str]] = {actor.user_id: [] for actor in self.actors}
        self.handsets = [Handset(actor, self.server, made[actor.user_id]) for actor in self.actors]
        self.busy: dict[int, set[Any]] = {}  # lane: the devices that wait while a push is running in it

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
        """A handset that need not wait: no push of its device is running, and what it is going to send is
        about nothing that an open transaction has locked."""
        found = self.handset(number)
        waits = any(found.actor.device_id in devices for devices in self.busy.values())
        return None if waits or not self.world.open_to(found.targets() | self.held_for(found)) else found

    def held_for(self, handset: Handset) -> set[str]:
        """Records of this person that something waits for: a push may go on with them."""
        return {str(record) for _, author, record in world.waiting() if author == handset.actor.user_id}

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

    @rule(number=numbers, pick=numbers, title=st.sampled_from(VERSIONS), skew=skews)
    def amended(self, number: int, pick: int, title: str, skew: timedelta) -> None:
        self.handset(number).amend(pick, {"title": title}, clock.now() + skew)

    @rule(number=numbers, pick=numbers, title=st.sampled_from(ASKED))
    def asked(self, number: int, pick: int, title: str) -> None:
        self.handset(number).ask(pick, title, clock.now())

    @rule(pick=numbers, titles=st.tuples(st.sampled_from(VERSIONS), st.sampled_from(VERSIONS)))
    def contested(self, pick: int, titles: tuple[str, str]) -> None:
        """Both phones of one person have pulled, and each changes the same thing; the second knows nothing of
        the first."""
        both = [self.idle(0), self.idle(1)]
        for handset in filter(None, both):
            handset.online("sync", [], 5)
        for handset, title in zip(both, titles, strict=True):
            if handset:
                handset.amend(pick or 1, {"title": title}, clock.now())
                handset.ask(pick, title, clock.now())
        for number in (0, 1):
            if handset := self.idle(number):
                handset.online("push", [], 5)

    @rule(number=numbers, parent=numbers, item=items)
    def hung_on(self, number: int, parent: int, item: Item) -> None:
        """A record that is not taken without an earlier one of the same person, from whichever phone."""
        handset = self.handset(number)
        if handset.own:
            after = handset.own[parent % len(handset.own)]
            handset.record({"title": item[0], "scope": item[1], "after": after}, clock.now() + item[2])

    @rule(number=numbers, out_of=st.integers(2, 3), events=events)
    def out_of_order(self, number: int, out_of: int, events: list[str]) -> None:
        """Only the last of what waits is sent, as a stock client may; the rest comes with the next push."""
        if handset := self.idle(number):
            handset.push_last(out_of, events)

    @precondition(lambda self: not self.busy)
    @rule(pick=numbers, deed=deeds)
    def decided(self, pick: int, deed: str) -> None:
        """A person looks at what waits, and decides."""
        open_ = [no for no, _, record in world.waiting() if self.world.open_to([str(record)])]
        if not open_:
            return
        row = Inbox.objects.get(no=open_[pick % len(open_)])
        try:
            decide(self.judge, row, deed)
            self.counts[f"a person's {deed}"] += 1
        except Problem as problem:
            if problem.code not in SETTLED:
                raise

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
        self.world.lock(lane, {UUID(item["target"]) for item in batch[1]})
        person = [actor.device_id for actor in self.actors if actor.user_id == handset.actor.user_id]
        plain = all(item["op"] == "create" for item in batch[1]) and not self.held_for(handset)
        self.busy[lane] = {handset.actor.device_id} if plain else set(person)
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

    @precondition(lambda self: not self.busy and not self.world.locked)
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
        assert kept.keys() == self.server.states.keys()
        for id_, (count, state) in kept.items():
            assert count == 1
            self.server.follow(id_, state)
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
        differ = held.items() ^ (truth | refused).items()
        assert held == truth | refused, f"differ: {differ}; {world.story(differ)}"
        assert handset.store.unsent() == 0
        beside = world.beside()
        for row in handset.marked():
            check_mark(handset.actor, row, beside.get(row["id"], []))
        self.counts["phones compared"] += 1

    def nothing_lost_or_doubled(self) -> None:
        rows = world.pushed_rows()
        assert all(count == 1 for count in rows.values())
        made = {
            record
            for id_, (op, record) in self.server.sent.items()
            if op != "command" and self.server.states.get(id_) == "accepted"
        }
        assert rows.keys() <= made
        assert made - rows.keys() <= self.world.gone, "an accepted record is gone"


def decide(judge: Actor, item: Inbox, deed: str) -> None:
    """What fits: a conflict is resolved, the rest released or rejected."""
    if item.state == State.CONFLICT:
        answering.item_resolve(
            actor=judge, item=item, choice="mine" if deed == "mine" else "theirs", reason=deed
        )
    elif deed == "release":
        answering.item_release(actor=judge, item=item, reason=deed)
    else:
        answering.item_reject(actor=judge, item=item, reason=deed)
