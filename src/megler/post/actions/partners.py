"""Looking after trading partners, and trying whether the way to one is open."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.journal.actions import record
from megler.post.actions.channels import CHECK_SECONDS, checked
from megler.post.models import TradingPartner
from megler.post.rules.partners import Channel, partner_problems
from megler.vocabulary.problems import Problem, Refused
from megler.wires.carried import Answer
from megler.wires.https.posting import is_https, readable_authority
from megler.wires.sftp.putting import host_key, readable_host_keys

_SECRETS = ("secret", "private_key")
_WHERE = ("channel", "address", "port")


@dataclass(frozen=True, slots=True)
class PartnerEntry:
    """A trading partner as somebody writes it down. Secrets left empty stay as they are."""

    slug: str
    name: str
    channel: str
    address: str
    port: int | None = None
    folder: str = ""
    user: str = ""
    secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    host_keys: str = ""
    authority: str = ""
    shape: str = "multipart"
    dialect: str = ""
    is_active: bool = True


def keep_partner(
    person: User,
    entry: PartnerEntry,
    partner: TradingPartner | None = None,
    version: int = 0,
    at: datetime | None = None,
) -> TradingPartner:
    """Take a trading partner on, or change one seen in `version`. Raises `Refused` with every problem.

    Whoever sends it somewhere else types its secret anew, so that nobody has one sent to themselves.
    """
    if not person.may(Can.CHANGE_PARTNERS):
        raise Refused(Problem("not_allowed", "partner"))
    at = at or timezone.now()
    with transaction.atomic():
        held = _held(partner, version)
        before = {name: getattr(held, name) for name in _told_of(entry)}
        moved = any(before[name] != getattr(entry, name) for name in _WHERE)
        keeps = [name for name in _SECRETS if getattr(held, name) and not getattr(entry, name)]
        for name, value in asdict(entry).items():
            if name not in keeps:
                setattr(held, name, value)
        problems = _problems(held)
        if partner is not None and moved and keeps:
            problems += [Problem("partner_secret_again", name) for name in keeps]
        if problems:
            raise Refused(problems)
        held.version += 1
        held.changed_at = at
        held.save()
        changed = {k: v for k, v in _told_of(entry).items() if partner is None or v != before[k]}
        anew = [name for name in _SECRETS if getattr(entry, name)]
        verb = "partner.changed" if partner else "partner.added"
        record(person.actor(), verb, held.subject, changed | {"secrets": anew}, at)
    return held


def _held(partner: TradingPartner | None, version: int) -> TradingPartner:
    if partner is None:
        return TradingPartner()
    held = TradingPartner.objects.select_for_update(no_key=True).get(pk=partner.pk)
    if held.version != version:
        raise Refused(Problem("changed_meanwhile", held.name))
    return held


def _told_of(entry: PartnerEntry) -> dict[str, object]:
    """What the journal may know of a partner: no secret."""
    return {name: value for name, value in asdict(entry).items() if name not in _SECRETS}


def _problems(partner: TradingPartner) -> list[Problem]:
    problems = partner_problems(partner.to_facts())
    others = TradingPartner.objects.filter(slug=partner.slug).exclude(pk=partner.pk)
    if others.exists():
        problems.append(Problem("partner_slug_taken", "slug", partner.slug))
    keys = partner.host_keys.strip()
    if partner.channel == Channel.SFTP and keys and not readable_host_keys(keys):
        problems.append(Problem("partner_host_keys", "host_keys", "", "ssh-ed25519 AAAA…"))
    if partner.channel == Channel.HTTPS:
        if partner.address.startswith("https://") and not is_https(partner.address):
            problems.append(Problem("partner_address", "address", partner.address, "https://…"))
        if partner.authority and not readable_authority(partner.authority):
            problems.append(Problem("partner_authority", "authority", "", "BEGIN CERTIFICATE"))
    return problems


def try_connection(person: User, partner: TradingPartner, at: datetime | None = None) -> Answer:
    """Sign in there and send nothing. Takes as long as they take, at most 20 seconds."""
    if not person.may(Can.CHANGE_PARTNERS):
        raise Refused(Problem("not_allowed", "partner"))
    answer = checked(partner)
    told = {"outcome": answer.outcome.value, "why": answer.code}
    record(person.actor(), "partner.tried", partner.subject, told, at)
    return answer


def shown_host_key(partner: TradingPartner) -> tuple[str, str] | None:
    """The key that the partner's server shows now, and its fingerprint: to be compared, not trusted."""
    if partner.channel != Channel.SFTP:
        return None
    return host_key(partner.address, partner.port or 22, CHECK_SECONDS)
