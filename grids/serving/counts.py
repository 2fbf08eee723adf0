"""Layers of counts: how many records of a kind lie in each grid or community. Never the records.

What stands above this package counts its own records and enters the layer here. A counter counts by the
`visible_to` of its domain and leaves out what no map may tell: the protected track, restricted records. It
knows nothing of classes: the map tells those (`MAP_COUNT_WIDTH`), so that nobody learns whether it is nobody
or a few, nor gets it by taking one number from another.

    count_layer(Layer("disputes", "未了结纠纷 open disputes", open_disputes))
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from kernel.actor import Actor

LEVELS = ("grid", "community")
Counter = Callable[[Actor, str], Mapping[UUID, int]]
"""(actor, level) → number by id of the place."""


@dataclass(frozen=True, slots=True)
class Layer:
    name: str
    title: str
    counter: Counter


_layers: dict[str, Layer] = {}


def count_layer(layer: Layer) -> None:
    """Enter what a package counts, once."""
    if layer.name in _layers:
        raise ValueError(f"{layer.name} is counted twice")
    _layers[layer.name] = layer


def layers() -> list[Layer]:
    return [layer for _, layer in sorted(_layers.items())]


def numbers(actor: Actor, name: str, level: str) -> Mapping[UUID, int]:
    """What a layer counts for this actor."""
    return _layers[name].counter(actor, level)
