"""Finding across rooms. Each shelf is one bounded query over what the person may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.models import OPEN_STATES, Application
from megler.carriers.models import Carrier, Product
from megler.cases import names
from megler.cases.models import Case
from megler.cases.rules.words import Status
from megler.clients.models import Client
from megler.insight.rules.words import Wanted, lettered, prefix_query, serial
from megler.licensing.models import Agent
from megler.post.models import Message

HITS_MAX = 8
CLIENTS_MAX = 2 * HITS_MAX
NEWEST = (F("number") * -1).asc()
"""By number, newest first, written so that the words' index is walked and not that of the numbers:
what few have would else be looked for through all."""

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is called, what tells it from others, where it is."""

    title: str
    told: str
    url: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Things of one kind that were found; `more` when only the first are shown."""

    key: str
    label: str | Promise
    icon: str
    hits: list[Hit]
    more: bool


def find(person: User, wanted: Wanted) -> list[Shelf]:
    """What `person` may see whose words begin as wanted, by kind; kinds without any are left out.

    A number with its letter, as `C-10001`, is not looked for among names.
    """
    looks = NUMBERED.get(lettered(wanted), LOOKS)
    found = (look(person, wanted) for look in looks)
    return [shelf for shelf in found if shelf and shelf.hits]


def having(rows: Rows, wanted: Wanted, *fields: str) -> Rows:
    """Rows with a word in `fields` for each wanted word, that begins so. Upheld by an index."""
    query = SearchQuery(prefix_query(wanted), config="simple", search_type="raw")
    return rows.alias(_words=SearchVector(*fields, config="simple")).filter(_words=query)


def shelf_of(
    key: str, label: str | Promise, icon: str, rows: Iterable[Any], hit: Callable[[Any], Hit]
) -> Shelf:
    """The first rows as hits; `rows` is sliced here, so one more than shown is read."""
    read = list(rows[: HITS_MAX + 1])  # type: ignore[index]
    return Shelf(key, label, icon, [hit(row) for row in read[:HITS_MAX]], len(read) > HITS_MAX)


def _clients(person: User, wanted: Wanted) -> Shelf:
    rows = Client.objects.visible_to(person)
    if person.is_staff_member:
        rows = rows.filter(pk__in=Client.objects.first_named(" ".join(wanted.words), CLIENTS_MAX))
    else:
        rows = having(rows, wanted, "name", "name_key")

    def hit(client: Client) -> Hit:
        told = " · ".join(filter(None, [client.city, client.jurisdiction, client.email]))
        return Hit(client.name, told, reverse("client", args=[client.pk]))

    return shelf_of("clients", _("Clients"), "user", rows.order_by("name", "pk"), hit)


def _cases(person: User, wanted: Wanted) -> Shelf:
    number = serial(wanted, "C")
    text = str(number) if number else wanted.text
    visible = Case.objects.visible_to(person)
    found = visible.first_named(text) if person.is_staff_member else visible.named(text)
    rows = found.values(
        "pk", "number", "policy_number", "status", "client__name", "product__name", "agent__name"
    )

    def hit(row: dict[str, Any]) -> Hit:
        policy = row["policy_number"]
        told = " · ".join(
            [
                str(names.STATUS[Status(row["status"])]),
                row["product__name"],
                *([_("policy %(number)s") % {"number": policy}] if policy else []),
                row["agent__name"],
            ]
        )
        title = f"C-{row['number']} {row['client__name']}"
        return Hit(title, told, reverse("case", args=[row["pk"]]))

    return shelf_of("cases", _("Cases and policies"), "folders", rows.order_by(NEWEST), hit)


def _applications(person: User, wanted: Wanted) -> Shelf:
    visible = Application.objects.visible_to(person).filter(state__in=OPEN_STATES)
    visible = visible.select_related("product", "agent").defer("answers", "offer")
    number = serial(wanted, "A")
    named = visible.filter(number=number) if number else having(visible, wanted, "insured_name")

    def hit(found: Application) -> Hit:
        told = f"{found.product.name} · {found.get_state_display()} · {found.agent.name}"
        title = found.insured_name or _("Nobody named yet")
        return Hit(f"{found.reference} {title}", told, reverse("application", args=[found.pk]))

    return shelf_of("applications", _("Applications"), "file-text", named.order_by(NEWEST), hit)


def _agents(person: User, wanted: Wanted) -> Shelf | None:
    if not person.may(Can.SEE_AGENTS):
        return None
    visible = Agent.objects.visible_to(person)
    by_npn = visible.filter(npn=wanted.number)
    rows = by_npn if wanted.number.isdigit() else having(visible, wanted, "name")

    def hit(agent: Agent) -> Hit:
        told = " · ".join(filter(None, [agent.firm.name if agent.firm else "", f"NPN {agent.npn}"]))
        return Hit(agent.name, told, reverse("agent", args=[agent.pk]))

    ordered = rows.select_related("firm").order_by("name", "pk")
    return shelf_of("agents", _("Agents"), "users", ordered, hit)


def _carriers(person: User, wanted: Wanted) -> Shelf | None:
    if not person.may(Can.SEE_EDITIONS):
        return None
    rows = having(Carrier.objects.all(), wanted, "name").order_by("name", "pk")

    def hit(carrier: Carrier) -> Hit:
        return Hit(carrier.name, "", reverse("carrier", args=[carrier.slug]))

    return shelf_of("carriers", _("Carriers"), "building-bank", rows, hit)


def _products(person: User, wanted: Wanted) -> Shelf | None:
    if not person.may(Can.SEE_EDITIONS):
        return None
    rows = having(Product.objects.select_related("carrier"), wanted, "name")

    def hit(product: Product) -> Hit:
        carrier = product.carrier
        return Hit(product.name, carrier.name, reverse("carrier", args=[carrier.slug]))

    return shelf_of("products", _("Products"), "package", rows.order_by("name", "pk"), hit)


def _messages(person: User, wanted: Wanted) -> Shelf:
    rows = having(Message.objects.visible_to(person), wanted, "subject")

    def hit(message: Message) -> Hit:
        told = message.to_name or message.to
        return Hit(message.subject, told, reverse("message", args=[message.pk]))

    return shelf_of("messages", _("Messages"), "mail", rows.order_by("-created_at", "-pk"), hit)


LOOKS: tuple[Callable[[User, Wanted], Shelf | None], ...] = (
    _cases,
    _clients,
    _applications,
    _agents,
    _carriers,
    _products,
    _messages,
)

NUMBERED = {"C": (_cases, _messages), "A": (_applications, _cases, _messages)}
"""Where a number with this letter may stand."""
