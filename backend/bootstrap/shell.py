"""Running other programs, if need be as another user, and saying what went wrong."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class Trouble(Exception):
    """Something a person has to know; the text says what happened and what to do next."""


@dataclass(frozen=True)
class Account:
    """The system user that a program runs as; `None` ids mean the caller's own."""

    name: str
    uid: int | None = None
    gid: int | None = None

    @property
    def switches(self) -> bool:
        return self.uid is not None and self.uid != os.geteuid()

    def take(self, path: Path, mode: int = 0o700) -> None:
        """Give a file or folder to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)


ME = Account("the caller")


def run(
    command: Sequence[str | Path],
    *,
    account: Account = ME,
    stdin: str | None = None,
    env: Mapping[str, str] | None = None,
    cwd: str | Path = "/",
    check: bool = True,
    timeout: float | None = 300,
) -> subprocess.CompletedProcess[str]:
    """Run to the end with output captured; `check` turns a failure into Trouble with the last lines."""
    done = subprocess.run(  # noqa: S603  because every caller passes a fixed program and its own paths
        [str(part) for part in command],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
        cwd=cwd,
        check=False,
        timeout=timeout,
        user=account.uid if account.switches else None,
        group=account.gid if account.switches else None,
        extra_groups=[] if account.switches else None,
    )
    if check and done.returncode:
        tail = "\n".join((done.stderr.strip() or done.stdout.strip()).splitlines()[-12:])
        raise Trouble(f"{Path(command[0]).name} ended with {done.returncode}:\n{tail}")
    return done


def quiet(command: Sequence[str | Path], *, account: Account = ME, timeout: float = 120) -> int:
    """Run with no inherited output: a daemon that the program leaves behind cannot hang its caller."""
    return subprocess.run(  # noqa: S603  because every caller passes a fixed program and its own paths
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        cwd="/",
        check=False,
        timeout=timeout,
        user=account.uid if account.switches else None,
        group=account.gid if account.switches else None,
        extra_groups=[] if account.switches else None,
    ).returncode
