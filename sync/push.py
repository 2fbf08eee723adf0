"""The write side: what arrived, from whom, already seen? Then the kind's own service, and the evidence."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from edge import faults
from edge.conf import setting
from edge.driver import raw_cursor
from edge.locks import retrying, try_advisory
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from sync import caller, holding, inbox, life, metrics, pace, reading, releasing, signing, times
from sync.deciding import decide, worded
from sync.holding import Work
from sync.inbox import Evidence, Known
from sync.items import Envelope, Outcome, State, quarantined
from sync.queues import queues_of
from sync.reading import Batch, Read

_ATTEMPTS = 3
_RACE = frozenset({"sync_inbox_id_once", "sync_inbox_item_once"})
_DEVICE = """
    select d.key_id, d.seen_on, coalesce(t.bytes, 0), d.public_key from accounts_device d
    left join sync_intake t on t.device_id = d.id and t.day = %s
    where d.id = %s for no key update of d
"""


@dataclass(slots=True)
class Result:
    """What became of one item; for a duplicate `outcome` is that of its first arrival."""

    said_id: Any
    state: State
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Device:
    """The pushing device: its key for what names no subject, what it sent today, its public key."""

    key_id: UUID
    used: int
    public_key: str


@dataclass(slots=True)
class Sorted:
    """The items of a push by what is to be done with them; `known` grows while the batch is read."""

    new: list[Read] = field(default_factory=list)
    again: dict[int, Known] = field(default_factory=dict)
    twin: dict[int, int] = field(default_factory=dict)


def push(
    actor: Actor, envelope: Envelope, *, lost: bool = False, stated: signing.Stated | None = None
) -> list[Result]:
    """Take a batch: one result for each item, in order. One bad item never blocks the others.

    Problem `intake_full` when the device has used its share of the day, `restoring` after a restore,
    `one_at_a_time` while another push of the device is running; then nothing was taken.
    `lost`: the device was reported lost; whatever it sends waits for a person. `stated`: what the device
    could sign, where the items were made of its rows.
    """
    life.check(actor.device_id)
    received_at = clock.now()
    batch = Batch(
        actor=actor,
        received_at=received_at,
        offset_ms=times.offset_ms(envelope.sent_at, received_at),
        limits=reading.limits(),
        text_max=setting("TEXT_MAX"),
        depth_max=setting("JSON_DEPTH_MAX"),
    )
    reads = [reading.read(raw, batch) for raw in envelope.items]
    hashes = _signed_hashes(reads, stated)
    if lost:
        for read in reads:
            read.outcome = read.outcome or quarantined("device_lost")
    results = _repeated(lambda: retrying(lambda: _take(actor, envelope, received_at, reads, hashes)))
    faults.at("committed")
    for state, number in Counter(result.state for result in results).items():
        metrics.push_items.labels(state).inc(number)
    return results


def _repeated(work: Callable[[], list[Result]]) -> list[Result]:
    """Again when another device stored one of the ids meanwhile: the second look finds it."""
    for attempt in range(_ATTEMPTS):
        try:
            return work()
        except IntegrityError as error:
            name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
            if name not in _RACE or attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _signed_hashes(reads: Sequence[Read], stated: signing.Stated | None) -> list[bytes]:
    """What the batch's signature covers; each item learns what its own does."""
    if stated is None:
        return [read.hash for read in reads]
    for read, place in zip(reads, stated.places, strict=True):
        read.stated = stated.hashes[place]
    return stated.hashes


def _take(
    actor: Actor, envelope: Envelope, received_at: datetime, reads: list[Read], hashes: list[bytes]
) -> list[Result]:
    device = _device(actor, received_at)
    faults.at("locked")
    signing.check(envelope, reads, hashes, device.public_key)
    known = inbox.known({read.id for read in reads})
    places = _sorted(actor, reads, known)
    _check_room(actor, device.used, places.new, received_at)
    faults.at("sorted")
    outcomes, released = _outcomes(actor, places.new)
    faults.at("submitted")
    kept = _evidence(actor, places.new, outcomes)
    proof = inbox.Proof(envelope.batch_id, hashes, envelope.manifest_sig)
    inbox.store(actor, proof, received_at, device.key_id, kept)
    releasing.keep(actor, released)
    faults.at("stored")
    return _results(reads, places, dict(zip(map(id, places.new), outcomes, strict=True)))


def _device(actor: Actor, received_at: datetime) -> Device:
    """The device's key and what it sent today. Locks the device: its pushes come one after another."""
    if not try_advisory("sync.push", str(actor.device_id)):
        raise Problem("one_at_a_time", retry_after=pace.ONE_RETRY_S)
    row = raw_cursor().execute(_DEVICE, [clock.local_day(received_at), actor.device_id]).fetchone()
    if row is None or actor.device_id is None:
        raise Problem("device_required")
    caller.see(actor.device_id, row[1])
    return Device(row[0], row[2], row[3])


def _sorted(actor: Actor, reads: list[Read], known: dict[UUID, list[Known]]) -> Sorted:
    """New items, replays of stored ones, replays inside this batch; ids used otherwise are marked."""
    places = Sorted()
    inside: dict[tuple[UUID, bytes], int] = {}
    taken = set(known)
    for place, read in enumerate(reads):
        stored = known.get(read.id, ())
        same = next((k for k in stored if k.hash == read.hash and k.author == actor.user_id), None)
        if same is not None:
            places.again[place] = same
        elif (read.id, read.hash) in inside:
            places.twin[place] = inside[read.id, read.hash]
        else:
            read.first = read.id not in taken
            taken.add(read.id)
            inside[read.id, read.hash] = place
            places.new.append(read)
    return places


def _check_room(actor: Actor, used: int, new: Sequence[Read], received_at: datetime) -> None:
    limit = setting("SYNC_INTAKE_BYTES_A_DAY")
    if new and used + sum(len(read.canonical) for read in new) > limit:
        rest = clock.day_end(clock.local_day(received_at)) - received_at
        wait = int(rest / timedelta(seconds=1)) + pace.retry_after(actor.device_id)
        raise Problem("intake_full", limit=limit, retry_after=wait)


def _outcomes(actor: Actor, new: Sequence[Read]) -> tuple[list[Outcome], list[Work]]:
    """The engine's own verdicts and those of the kinds' services; and the waiting items that were
    released."""
    if actor.device_id is None:
        raise Problem("device_required")
    works: dict[int, Work] = {}
    for read in new:
        if not read.first:
            read.outcome = quarantined("id_reused")
        elif read.outcome is None and read.item is not None:
            works[id(read)] = Work(read.item, actor.device_id)
    stand = holding.stand(actor, works.values())
    decide(actor, list(works.values()), stand)
    released = releasing.release(actor, stand)
    return [worded(_of(read, works.get(id(read)))) for read in new], released


def _of(read: Read, work: Work | None) -> Outcome:
    found = read.outcome if work is None else work.outcome
    if found is None:
        raise AssertionError("an item without an outcome")
    return found


def _evidence(actor: Actor, new: Sequence[Read], outcomes: Sequence[Outcome]) -> list[Evidence]:
    pairs = list(zip(new, outcomes, strict=True))
    refused = [(read, outcome) for read, outcome in pairs if outcome.state != State.ACCEPTED]
    queues = queues_of(actor, [(read.kind, read.item, outcome) for read, outcome in refused])
    by_read = {id(read): queue for (read, _), queue in zip(refused, queues, strict=True)}
    return [Evidence(read, outcome, by_read.get(id(read))) for read, outcome in pairs]


def _results(reads: list[Read], places: Sorted, outcomes: dict[int, Outcome]) -> list[Result]:
    results = []
    for place, read in enumerate(reads):
        if place in places.again:
            results.append(Result(read.said_id, State.DUPLICATE, places.again[place].outcome))
        elif place in places.twin:
            first = outcomes[id(reads[places.twin[place]])]
            results.append(Result(read.said_id, State.DUPLICATE, first))
        else:
            outcome = outcomes[id(read)]
            results.append(Result(read.said_id, outcome.state, outcome))
    return results
