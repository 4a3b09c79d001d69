"""The `megler` command. Wiring only; room commands come from `config/commands.py`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from megler.config.commands import COMMANDS
from megler.config.trouble import sentence_for
from megler.vocabulary.problems import Refused

_DEMO, _TROUBLE = "demo", 2


class Commands(click.Group):
    """Lists every command and loads a room's only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            return _room_command(cmd_name)
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if room := COMMANDS.get(args[0]):
            from megler.config.database import set_up_django

            asks_help = "--help" in args
            if not asks_help and not (len(args) > 1 and args[1] in room.offline):
                ctx.with_resource(_ready_database(demo=ctx.params[_DEMO]))
            set_up_django()
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = [
            (name, c.get_short_help_str(80)) for name, c in self.commands.items() if not c.hidden
        ]
        with formatter.section("Commands"):
            formatter.write_dl(own)
        with formatter.section("Commands of the rooms"):
            formatter.write_dl([(name, room.summary) for name, room in COMMANDS.items()])


def _room_command(name: str) -> click.Command:
    found: list[click.Command] = import_module(COMMANDS[name].module).commands
    return next(command for command in found if command.name == name)


@contextmanager
def _ready_database(*, demo: bool) -> Iterator[None]:
    """A migrated database for one command. Without a choice: the agency's, else the demo's."""
    from megler.config import database, place

    if not demo and not os.environ.get("DATABASE_URL"):
        known = place.recorded(database.var() / "postgres")
        demo = bool(known and known.databases == [database.DEMO])
        if demo:
            click.echo("(in the demo agency: no other has been started here)", err=True)
    if demo:
        os.environ["MEGLER_DEMO"] = "1"
    with database.opened(demo=demo):
        from django.db import connections

        database.set_up_django()
        try:
            database.migrate()
            yield
        finally:
            connections.close_all()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--demo",
    _DEMO,
    is_flag=True,
    envvar="MEGLER_DEMO",
    help="Let the command work in the demo agency instead of this agency's own database.",
)
def megler(demo: bool) -> None:
    """Runs a brokerage general agency.

    `./megler demo` shows a lively one; `./megler up` starts your own. Both keep their data in var/.
    DATABASE_URL points to another PostgreSQL (15 or newer); docs/operations.md tells the rest.
    """


_host = click.option("--host", default="127.0.0.1", envvar="MEGLER_HOST", show_default=True)
_port = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="MEGLER_PORT",
    help="Default: 8000, or next free.",
)


@megler.command("demo")
@_host
@_port
def demo_command(host: str, port: int | None) -> None:
    """Build the demo agency (once) and run it."""
    from megler.config.product import run_product

    run_product(demo=True, host=host, port=port)


@megler.command()
@_host
@_port
def up(host: str, port: int | None) -> None:
    """Run your own agency, empty at first."""
    from megler.config.product import run_product

    run_product(demo=False, host=host, port=port)


@megler.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Run the tests; arguments go to pytest."""
    from megler.config.checks import run_tests

    sys.exit(run_tests(list(arguments)))


@megler.command()
def check() -> None:
    """Lint, type-check, and check walls, migrations and texts."""
    from megler.config.checks import run_checks

    sys.exit(run_checks())


@megler.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> None:
    """Measure how fast Megler prices, beside other engines."""
    from megler.config.checks import run_benchmarks

    sys.exit(run_benchmarks(list(arguments)))


@megler.command()
@click.option("--upgrade", is_flag=True, help="Take newer versions too.")
def lock(upgrade: bool) -> None:
    """Renew requirements.lock from pyproject.toml."""
    from megler.config.checks import renew_lock

    renew_lock(upgrade=upgrade)


@megler.command()
@click.argument("languages", nargs=-1)
def messages(languages: tuple[str, ...]) -> None:
    """Bring the translations up to date with the texts of the code."""
    from megler.config.messages import LOCALE, catalogues, compile_messages, missing, update

    known = [po.parent.parent.name for po in catalogues()]
    for po in update(list(languages) or known or ["nb"]):
        click.echo(f"updated {po.relative_to(LOCALE)}")
    compile_messages()
    for line in missing():
        click.echo(line)


@megler.command()
@click.pass_context
def migrate(ctx: click.Context) -> None:
    """Bring the tables up to date; `demo` and `up` do so by themselves."""
    from megler.config import database

    with database.opened(demo=ctx.find_root().params[_DEMO]):
        database.set_up_django()
        done = database.migrate()
        click.echo("\n".join(f"applied {name}" for name in done) or "The tables are up to date.")


@megler.command()
@click.pass_context
def shell(ctx: click.Context) -> None:
    """Open Python with the database at hand."""
    ctx.with_resource(_ready_database(demo=ctx.find_root().params[_DEMO]))
    from django.core.management import call_command

    call_command("shell")


@megler.command(hidden=True)
@_host
@click.option("--port", type=int, required=True)
def web(host: str, port: int) -> None:
    """Serve pages only; the database must be there (DATABASE_URL) and up to date."""
    from megler.config import database
    from megler.config.web import serve

    _follow_parent()
    with database.opened(demo=False):
        serve(host, port)


@megler.command(hidden=True)
def worker() -> None:
    """Do jobs only; the database must be there (DATABASE_URL) and up to date."""
    from megler.config import database
    from megler.config.web import work

    _follow_parent()
    with database.opened(demo=False):
        database.set_up_django()
        work()


@megler.command("demo-carriers", hidden=True)
def demo_carriers() -> None:
    """Receive what the demo delivers to its carriers and vendors; let the vendors answer."""
    from megler.config import database

    _follow_parent()
    with database.opened(demo=True):
        database.set_up_django()
        from megler.demo.receiving import serve

        serve()


def _follow_parent() -> None:
    from megler.config.run import parent_given
    from megler.config.web import end_with_parent

    if parent := parent_given():
        end_with_parent(parent)


def main() -> None:
    """Runs the command; what keeps it from working is one sentence and exit status 2."""
    try:
        megler.main(prog_name="./megler", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except SystemExit as ending:
        if isinstance(ending.code, str):
            _tell(ending.code.removeprefix("megler: "))
        raise
    except Refused as refused:
        from megler.ui.problems import sentence

        _tell("\n".join(f"{sentence(problem)}" for problem in refused.problems))
    except Exception as error:
        if told := sentence_for(error):
            _tell(told)
        raise


def _tell(sentence: str) -> None:
    click.echo(f"megler: {sentence}", err=True)
    sys.exit(_TROUBLE)


if __name__ == "__main__":
    main()
