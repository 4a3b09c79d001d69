"""Brings up workers quickly: a process that has loaded the product and forks one at each line it reads.

It has no threads and no connection to the database, so that what it forks begins as if fresh.
"""

import os
import signal
import sys


def _work() -> None:
    """A worker: does jobs until it is killed, as `megler worker` does."""
    from django.core.management import call_command

    with open(os.devnull, "r+") as nowhere:  # noqa: PTH123
        for descriptor in range(3):
            os.dup2(nowhere.fileno(), descriptor)
    call_command("procrastinate", "worker")


def main() -> None:
    """Fork a worker for each line, and say its process id."""
    import django

    django.setup()
    from django.urls import get_resolver
    from procrastinate.contrib.django import app

    app.perform_import_paths()  # type: ignore[no-untyped-call]
    _ = get_resolver().url_patterns
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _work()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
