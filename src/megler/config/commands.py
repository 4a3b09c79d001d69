"""The commands that rooms bring to `./megler`: where each lives and its line in the help."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RoomCommand:
    """`module` keeps the command in its `commands`; `summary` is its line in `./megler --help`.

    `offline` names its subcommands that need no database.
    """

    module: str
    summary: str
    offline: tuple[str, ...] = ()


COMMANDS: dict[str, RoomCommand] = {
    "edition": RoomCommand(
        "megler.carriers.commands", "Check and publish rate books and guides.", offline=("check",)
    ),
    "quote": RoomCommand(
        "megler.quoting.commands", "Prices of every product for a facts document."
    ),
    "assess": RoomCommand(
        "megler.underwriting.commands", "What every carrier makes of a facts document."
    ),
    "requirements": RoomCommand(
        "megler.underwriting.commands", "What every carrier will ask for, and how long it takes."
    ),
    "ask": RoomCommand(
        "megler.underwriting.commands_ask", "Answer a question in plain words from the guides."
    ),
    "reprice": RoomCommand(
        "megler.quoting.bulk.commands", "Prices of every product for a whole book of lives."
    ),
    "export": RoomCommand("megler.events.commands", "Everything of a kind as CSV, XLSX or JSON."),
    "txlife": RoomCommand(
        "megler.applications.commands",
        "ACORD TXLife messages: check one, import one, write one.",
        offline=("check",),
    ),
    "feed": RoomCommand("megler.feeds.commands", "Carriers' status files: import one."),
    "seal": RoomCommand(
        "megler.forms.commands",
        "Check the seal of a signed packet.",
        offline=("verify", "certificate"),
    ),
    "mail-in": RoomCommand(
        "megler.papers.commands", "Take in an e-mail with papers, from a file or a mail server."
    ),
    "journal": RoomCommand(
        "megler.journal.commands", "Verify the append-only record of what happened."
    ),
}
