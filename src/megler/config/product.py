"""`./megler demo` and `./megler up`: everything ready, then running until it is stopped."""

import importlib.util
import os
import time
from collections.abc import Callable

import click

from megler.config import database
from megler.config.embedded import Cluster
from megler.config.messages import compile_messages
from megler.config.run import (
    PORT_USUAL,
    Child,
    Door,
    Supervisor,
    answers,
    find_door,
    stopping_by,
)
from megler.config.trouble import Trouble

_BUILT, _BEING_BUILT = "demo built", "demo being built"


def run_product(*, demo: bool, host: str, port: int | None) -> None:
    """Runs web and worker on the demo agency or on this agency's own database until stopped."""
    begun = time.monotonic()
    supervisor: Supervisor | None = None

    def stop() -> None:
        if supervisor is None:
            raise KeyboardInterrupt
        supervisor.stop()

    if demo:
        os.environ["MEGLER_DEMO"] = "1"
    door = find_door(host, port)
    if door.port != PORT_USUAL and port is None:
        click.echo(f"Port {PORT_USUAL} is taken; using {door.port}.")
    os.environ.setdefault("MEGLER_PUBLIC_URL", door.url)
    try:
        with stopping_by(stop), database.opened(demo=demo) as server:
            if server and server.data != server.home:
                click.echo(f"The data lies in {server.data}: PostgreSQL's user may not enter here.")
            make_ready(server, demo=demo)
            supervisor = Supervisor(
                [
                    Child("web", ["web", "--host", door.host, "--port", str(door.port)]),
                    Child("worker", ["worker"]),
                ],
                server,
                database.var() / "log" if demo else None,
            )
            supervisor.run(lambda: answers(door), _welcome(door, begun, demo=demo))
            click.echo("Stopped; the data stays.")
    except KeyboardInterrupt:
        click.echo("Stopped.")


def make_ready(server: Cluster | None, *, demo: bool) -> None:
    """Texts compiled, tables up to date and, for the demo, the agency built."""
    from django.db import connections

    with database.one_at_a_time("set-up"):
        compile_messages()
        database.set_up_django()
        (database.var() / "static").mkdir(exist_ok=True)
        try:
            database.migrate()
            if demo:
                _ensure_demo(server)
        finally:
            connections.close_all()


def _ensure_demo(server: Cluster | None) -> None:
    """Builds the demo agency once; one whose building was cut short is built anew."""
    from django.contrib.auth import get_user_model
    from django.db import connections

    if importlib.util.find_spec("megler.demo") is None:
        click.echo("The demo agency is not part of this version: the agency is empty.")
        return
    noted = database.note()
    if noted == _BUILT:
        return
    if noted == _BEING_BUILT:
        if server is None:
            raise Trouble("DATABASE_URL names a half-built demo: empty that database first")
        connections.close_all()
        server.drop_database(database.DEMO)
        server.ensure_database(database.DEMO)
        database.migrate()
    elif get_user_model().objects.exists():
        raise Trouble("DATABASE_URL names a database that is in use: the demo wants an empty one")
    from megler.demo.actions import build_demo

    database.set_note(_BEING_BUILT)
    build_demo()
    database.set_note(_BUILT)


def _welcome(door: Door, begun: float, *, demo: bool) -> Callable[[], None]:
    def tell() -> None:
        what = "The demo agency" if demo else "Megler"
        click.echo(f"\n{what} runs at {door.url} (ready in {time.monotonic() - begun:.1f} s)")
        if demo and importlib.util.find_spec("megler.demo"):
            from megler.demo.actions import sign_ins

            click.echo("Sign in as:")
            for role, email, password in sign_ins():
                click.echo(f"  {role:24} {email:36} {password}")
        click.echo("Ctrl-C stops it; the data stays.")

    return tell
