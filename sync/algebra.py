"""Which scopes a page of a pull changes, keeps, adds and takes away: set algebra, nothing else.

A pass begins with the sets a cursor stands on and ends when a page is short. Its target is fixed when it
begins; what the caller may see is asked again on every page. A scope withheld on any page of a pass is
*dirty*: the phone holds an unknown part of it, so the next pass sends it again from the beginning.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Scopes = frozenset[str]
NONE: Scopes = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a cursor says: `base` is complete on the phone; `target` is set while a pass is running."""

    base: Scopes = NONE
    target: Scopes | None = None
    redo: Scopes = NONE
    dirty: Scopes = NONE


@dataclass(frozen=True, slots=True)
class Page:
    """The part each scope plays on one page.

    `kept`: changes since the base · `added`: sent whole · `redo`: those of `added` that the phone holds in
    part, their tombstones too · `gone`: removed · `view`: where a living record forbids its removal.
    """

    target: Scopes
    kept: Scopes
    added: Scopes
    redo: Scopes
    gone: Scopes
    view: Scopes
    pending_redo: Scopes
    dirty: Scopes


def page(standing: Standing, now: AbstractSet[str]) -> Page:
    """The page of a pass for a caller who holds the scopes `now`."""
    running = standing.target is not None
    target = standing.target if standing.target is not None else frozenset(now)
    redo = (standing.redo if running else standing.dirty) & target
    dirty = (standing.dirty if running else NONE) | (target - now)
    complete = standing.base - redo
    served = (target & now) - dirty
    return Page(
        target=target,
        kept=complete & served,
        added=served - complete,
        redo=redo & served,
        gone=standing.base - target,
        view=target & now,
        pending_redo=redo,
        dirty=dirty,
    )


def after(standing: Standing, done: Page, *, full: bool) -> Standing:
    """What the next cursor says: a full page goes on with the pass, a short one ends it."""
    if full:
        return Standing(standing.base, done.target, done.pending_redo, done.dirty)
    return Standing(base=done.target, dirty=done.dirty)


def moved(standing: Standing, done: Page) -> bool:
    """Whether a page without a row still changes what the phone stands on."""
    return standing.target is not None or standing.base != done.target or bool(standing.dirty | done.dirty)
