"""How the blocks of a page are found and judged; they run with the stock clients."""

from tests.clients.page import PAGE, script, wrong

TEXT = """# Page
## 1. Ask
```bash
A=1
```
words
```bash
B=2
```
## 2. Tell
```json
{}
```
```bash
C=3
```
"""


def test_blocks_follow_each_other_under_their_titles() -> None:
    lines = [line for line in script(TEXT).splitlines() if line]
    assert lines == [
        "set -eu", "echo '=== ''1. Ask'", "A=1", "echo '=== ''1. Ask'", "B=2", "echo '=== ''2. Tell'", "C=3",
    ]  # fmt: skip


def test_a_refusal_names_its_part() -> None:
    assert wrong('=== a\n{"status":404}\n=== b\nfine\n=== c\nHTTP/1.1 409 Conflict\n') == ["a", "c"]


def test_the_page_has_a_block_for_each_of_its_parts() -> None:
    pasted = script(PAGE.read_text(encoding="utf-8"))
    assert pasted.count("echo '=== '") >= 10
