"""`python3 -m backend.bootstrap COMMAND`: what the Makefile calls."""

import sys
from collections.abc import Callable

from backend.bootstrap import develop, run, say
from backend.bootstrap.shell import Trouble

COMMANDS: dict[str, Callable[[list[str]], int | None]] = {
    "run": lambda _: run.run(),
    "stop": lambda _: run.stop(),
    "reset": lambda _: run.reset(),
    "address": lambda _: run.address(),
    "manage": run.manage_command,
    "setup": lambda _: develop.setup(),
    "test": develop.test,
    "faults": lambda words: develop.module("tests.faults", words),
    "proof": lambda words: develop.module("tests.proof", words),
    "story": lambda words: develop.module("tests.stories", words),
    "test-clients": develop.test_clients,
    "map-picture": develop.map_picture,
    "lint": lambda _: develop.lint(),
    "docs": lambda _: develop.docs(),
    "openapi": lambda _: develop.openapi(),
    "requirements": lambda _: develop.requirements(),
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        say.problem(f"say one of: {', '.join(COMMANDS)} (see 'make help')")
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:]) or 0
    except Trouble as trouble:
        say.problem(str(trouble))
    except PermissionError as error:
        say.problem(
            f"{error.filename} belongs to another user (was it made by root?).\n"
            "Run as that user, or set GRIDGOV_HOME to a folder of your own"
        )
    except KeyboardInterrupt:
        say.problem("stopped")
    return 1


sys.exit(main(sys.argv[1:]))
