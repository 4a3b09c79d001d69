"""The web process and the worker process, and their end when the process above them ends."""

import os
import signal
import threading
import time
from typing import Any

_LOOK_SECONDS = 0.5
_GRACE_SECONDS = 10
_STOP_SECONDS_MAX = 8
_WORKERS_MAX = 4
_THREADS_MAX = 8


def end_with_parent(parent: int) -> None:
    """Ends this process when `parent` has gone, so that a killed start leaves no strays."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def serve(host: str, port: int) -> None:
    """Serves pages until it is told to stop; a web worker that dies is replaced.

    Every thread may hold a connection to the database: at most 4 workers of 8 threads by default,
    so 32 of PostgreSQL's 100.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from megler.config import environment as env

    cores = os.cpu_count() or 1
    Server(
        "megler.config.web:application_of_worker",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=env.number("MEGLER_WEB_WORKERS", min(cores, _WORKERS_MAX)),
        blocking_threads=env.number("MEGLER_WEB_THREADS", min(2 * cores + 1, _THREADS_MAX)),
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS_MAX,
        log_level=LogLevels.warning,
    ).serve()


def application_of_worker() -> Any:
    """What a web worker serves; called once in each."""
    end_with_parent(os.getppid())
    from megler.config.wsgi import application

    return application


def work() -> None:
    """Does jobs until it is told to stop; jobs under way get time to end."""
    from django.core.management import call_command

    call_command("procrastinate", "worker", shutdown_graceful_timeout=_STOP_SECONDS_MAX)
