"""Which part each scope plays on a page of a pull."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.algebra import Standing, after, moved, page

SCOPES = st.frozensets(st.sampled_from("abcd"))
STEPS = st.lists(st.tuples(SCOPES, st.booleans()), max_size=8)


def scopes(text: str) -> frozenset[str]:
    return frozenset(text)


@pytest.mark.parametrize(
    ("base", "now", "kept", "added", "gone"),
    [
        ("", "ab", "", "ab", ""),
        ("ab", "ab", "ab", "", ""),
        ("ab", "bc", "b", "c", "a"),
        ("ab", "", "", "", "ab"),
    ],
)
def test_a_fresh_pass(base: str, now: str, kept: str, added: str, gone: str) -> None:
    done = page(Standing(base=scopes(base)), scopes(now))
    assert (done.kept, done.added, done.gone) == (scopes(kept), scopes(added), scopes(gone))


def test_a_scope_withheld_on_one_page_is_sent_again_from_the_beginning() -> None:
    first = page(Standing(base=scopes("a")), scopes("ab"))
    middle = after(Standing(base=scopes("a")), first, full=True)
    withheld = page(middle, scopes("a"))
    ended = after(
        after(middle, withheld, full=True), page(after(middle, withheld, full=True), scopes("ab")), full=False
    )
    again = page(ended, scopes("ab"))
    assert (withheld.dirty, again.added, again.redo, again.kept) == (
        scopes("b"),
        scopes("b"),
        scopes("b"),
        scopes("a"),
    )


def test_a_dirty_scope_that_is_not_granted_again_is_gone() -> None:
    assert page(Standing(base=scopes("ab"), dirty=scopes("b")), scopes("a")).gone == scopes("b")


def test_a_scope_granted_within_a_pass_waits_for_the_next() -> None:
    running = after(Standing(), page(Standing(), scopes("a")), full=True)
    assert page(running, scopes("ab")).added == scopes("a")


def test_nothing_moves_when_nothing_changed() -> None:
    standing = Standing(base=scopes("a"))
    assert not moved(standing, page(standing, scopes("a")))
    assert moved(standing, page(standing, scopes("ab")))


@given(STEPS)
def test_no_page_serves_what_the_caller_does_not_hold(steps: list[tuple[frozenset[str], bool]]) -> None:
    standing = Standing()
    for now, full in steps:
        done = page(standing, now)
        assert done.kept | done.added | done.redo | done.view <= now
        assert not done.kept & done.added
        assert not (done.kept | done.added) & done.gone
        standing = after(standing, done, full=full)


@given(STEPS, SCOPES)
def test_after_a_whole_undisturbed_pass_the_phone_stands_on_what_it_holds(
    steps: list[tuple[frozenset[str], bool]], now: frozenset[str]
) -> None:
    standing = Standing()
    for held, full in steps:
        standing = after(standing, page(standing, held), full=full)
    for _ in range(2):
        standing = after(standing, page(standing, now), full=False)
    assert standing == Standing(base=now) or standing.dirty <= standing.base - now
    assert after(standing, page(standing, now), full=False) == Standing(base=now)
