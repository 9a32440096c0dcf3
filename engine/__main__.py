"""`python -m engine`: see that the environment stands, then the command line."""

import sys

from engine import bootstrap


def main() -> int:
    """Run one command; returns its exit code."""
    arguments = sys.argv[1:]
    bootstrap.enter(arguments)
    if arguments[:1] == ["setup"]:
        return bootstrap.setup()
    if arguments[:1] == ["test"]:
        return bootstrap.test(arguments[1:])
    from engine.command_line import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
