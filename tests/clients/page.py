"""Pastes the blocks of "Write your own client" one after the other, as its reader does: `page.py HOME`, where
HOME holds the `demo.json` of a running server. A line for each block; not zero when one does not work.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "write-your-own-client.md"
BLOCK = re.compile(r"^## (?P<title>[^\n]+)$|^```bash\n(?P<block>.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "=== "
REFUSED = re.compile(r'"status":\s*[45]\d\d|^HTTP/1.1 [45]', re.MULTILINE)
ACCEPTED = 4  # records that the page shows as taken: the first, the correction, the one with a photo, the row


def script(text: str) -> str:
    """All blocks as one program, each after a line with the title of its part."""
    lines, title = ["set -eu"], ""
    for found in BLOCK.finditer(text):
        title = found["title"] or title
        if found["block"]:
            lines += [f"echo {MARK!r}{title!r}", found["block"]]
    return "\n".join(lines)


def wrong(output: str) -> list[str]:
    """Titles of the parts in which the server refused something."""
    parts = [part.partition("\n") for part in output.split(MARK)[1:]]
    return [title for title, _, said in parts if REFUSED.search(said)]


def main(home: str) -> int:
    pasted = script(PAGE.read_text(encoding="utf-8"))
    env = {**os.environ, "GRIDGOV_HOME": home}
    done = subprocess.run(["bash"], input=pasted, env=env, capture_output=True, text=True, check=False)  # noqa: S607  because bash is where the system has put it
    refused, taken = wrong(done.stdout), done.stdout.count('"state":"accepted","rev"')
    for title in re.findall(rf"^{MARK}(.+)$", done.stdout, re.MULTILINE):
        print(f"{'FAIL' if title in refused else 'ok  '} {title}")
    if done.returncode or done.stderr or taken < ACCEPTED:
        last = re.findall(rf"^{MARK}(.+)$", done.stdout, re.MULTILINE)[-1:]
        cause = " | ".join(done.stderr.strip().splitlines()[-3:])
        print(f"FAIL ended with {done.returncode}, {taken} taken, in: {last}: {cause}")
        return 1
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
