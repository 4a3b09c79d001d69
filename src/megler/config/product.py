"""`./megler demo` and `./megler up`: everything ready, then running until it is stopped."""

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

_BEING_BUILT = "demo being built"


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
                    *([Child("carriers", ["demo-carriers"])] if demo else []),
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
    from django.db import connections

    from megler.demo.actions.build import build_demo, is_built

    if is_built():
        return
    if database.note() == _BEING_BUILT:
        if server is None:
            raise Trouble("DATABASE_URL names a half-built demo: empty that database first")
        connections.close_all()
        server.drop_database(database.DEMO)
        server.ensure_database(database.DEMO)
        database.migrate()
    click.echo("Building the demo agency; this is done once and takes a minute or two.")
    database.set_note(_BEING_BUILT)
    build_demo()
    database.set_note("")


def _welcome(door: Door, begun: float, *, demo: bool) -> Callable[[], None]:
    def tell() -> None:
        what = "The demo agency" if demo else "Megler"
        click.echo(f"\n{what} runs at {door.url} (ready in {time.monotonic() - begun:.1f} s)")
        if demo:
            _tell_sign_ins()
        click.echo("Ctrl-C stops it; the data stays.")

    return tell


def _tell_sign_ins() -> None:
    from django.db import connections

    from megler.demo.actions.build import sign_ins

    people = sign_ins()
    connections.close_all()
    click.echo("Sign in with one click on the sign-in page, or as:")
    for role, name, email, password in people:
        click.echo(f"  {role:20} {name:24} {email:38} {password}")
