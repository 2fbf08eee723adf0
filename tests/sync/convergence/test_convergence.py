"""Whatever happens, in whatever order, every phone ends equal to the truth; a mistaken engine is caught.

In the suite the seed is fixed and the profile short. `GRIDGOV_PROOF_EXAMPLES=1000` makes it long with a fresh
seed (`GRIDGOV_PROOF_SEED` repeats one); `GRIDGOV_PROOF_OUT` names a file for the counts.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from gridphone import DeviceKey
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from accounts.models import Device
from kernel.codes.roles import Role
from sync import commands, registry
from tests.sync import phones
from tests.sync.convergence import orders
from tests.sync.convergence.handset import KEYS
from tests.sync.convergence.machine import Sync
from tests.sync.convergence.mutants import MUTANTS
from tests.sync.convergence.world import LANES
from tests.sync.sessions import Lane

SHORT, STEPS = 40, 40
EXAMPLES = int(os.environ.get("GRIDGOV_PROOF_EXAMPLES", SHORT))
LONG = EXAMPLES > SHORT
TO_CATCH = 400 if LONG else 100
HAPPENS = (
    "committed late", "rolled back", "slow pushes", "clones", "backups restored", "reassignments", "lost",
    "unheard", "cut", "twice", "late", "crash", "torn", "answered resync", "told duplicate", "told rejected",
    "epochs", "told held", "told conflict", "told quarantined", "told not_applicable", "later accepted",
    "amended", "asked", "a person's mine", "a person's theirs", "a person's release", "a person's reject",
)  # fmt: skip
SEED = int(os.environ.get("GRIDGOV_PROOF_SEED", random.getrandbits(32) if LONG else 20260302))


@pytest.fixture
def machine(note_kind: None, second_kind: str, clock: Any, monkeypatch: Any) -> Iterator[type[Sync]]:
    """A machine of its own for the test: people, devices and sessions are made once, not in each example."""
    monkeypatch.setattr(registry, "_commands", {})
    commands.connect()
    registry.add_command(orders.command())
    first, neighbour = phones.make("worker"), phones.make("neighbour")
    actors = [first.actor, phones.second_device(first).actor, neighbour.actor]
    for actor in actors:
        key = KEYS[actor.device_id] = DeviceKey.fresh()
        Device.objects.filter(id=actor.device_id).update(public_key=key.public_b64)
    sessions = [Lane() for _ in range(LANES)]
    judge = phones.make("coordinator", Role.COMMUNITY_COORDINATOR).actor
    parts = {"actors": actors, "judge": judge, "sessions": sessions, "moving": clock, "counts": Counter()}
    yield type("Sync", (Sync,), parts)
    for session in sessions:
        session.close()


def run(machine: type[Sync], examples: int, *phases: Phase) -> None:
    profile = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        print_blob=False,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(SEED)(machine), settings=profile)


def test_every_phone_ends_equal_to_the_truth(machine: type[Sync], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nconvergence: {EXAMPLES} examples, GRIDGOV_PROOF_SEED={SEED}")
    run(machine, EXAMPLES, Phase.generate, Phase.shrink)
    out = os.environ.get("GRIDGOV_PROOF_OUT")
    if out:
        Path(out).write_text(json.dumps({"seed": SEED, **machine.counts}), encoding="utf-8")
    assert not LONG or [name for name in HAPPENS if not machine.counts[name]] == []


@pytest.mark.parametrize("mutant", MUTANTS if LONG else MUTANTS[:2], ids=lambda mutant: mutant.__name__)
def test_an_engine_with_a_mistake_is_caught(
    machine: type[Sync], mutant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        mutant(patch)
        with pytest.raises(AssertionError) as caught:
            run(machine, TO_CATCH, Phase.generate)
    print(f"{mutant.__name__}: after {machine.counts['examples']} examples: {caught.value}")
