"""What a trading partner needs, by the way that files go to it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from megler.vocabulary.problems import Problem

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Channel(StrEnum):
    """The way that files go."""

    SFTP = "sftp"
    HTTPS = "https"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """A trading partner as it is to be kept.

    `has_secret`: a password or token will be kept. One not in use may still lack what it needs.
    """

    slug: str
    name: str
    channel: str
    address: str
    port: int | None = None
    user: str = ""
    folder: str = ""
    host_keys: str = ""
    has_secret: bool = False
    has_key: bool = False
    is_active: bool = True


def partner_problems(facts: PartnerFacts) -> list[Problem]:
    """Everything that keeps files from going there. Whether it works shows only when it is tried.

    >>> [p.where for p in partner_problems(PartnerFacts("a", "A", "sftp", "sftp.a.example"))]
    ['user', 'secret', 'host_keys']
    """
    problems = []
    if not _SLUG.fullmatch(facts.slug):
        problems.append(Problem("partner_slug", "slug", facts.slug, "tundra-life"))
    if not facts.name.strip():
        problems.append(Problem("missing", "name", "", "a name"))
    by_channel = {Channel.SFTP: _sftp, Channel.HTTPS: _https, Channel.EMAIL: _email}
    if facts.channel not in by_channel:
        ways = ", ".join(Channel)
        return [*problems, Problem("partner_channel", "channel", facts.channel, ways)]
    found = problems + by_channel[Channel(facts.channel)](facts)
    return [p for p in found if facts.is_active or p.code != "partner_needs"]


def _sftp(facts: PartnerFacts) -> list[Problem]:
    problems = []
    if not _HOST.fullmatch(facts.address):
        found = facts.address
        problems.append(Problem("partner_address", "address", found, "sftp.example.com"))
    if facts.port is not None and not 0 < facts.port < 65_536:
        problems.append(Problem("partner_port", "port", str(facts.port), "1 to 65535"))
    if not facts.user:
        problems.append(Problem("partner_needs", "user", "", "a user"))
    if not (facts.has_secret or facts.has_key):
        problems.append(Problem("partner_needs", "secret", "", "a password or a key"))
    if not facts.host_keys.strip():
        problems.append(Problem("partner_needs", "host_keys", "", "the server's key"))
    if any(not part.isprintable() for part in facts.folder):
        problems.append(Problem("partner_address", "folder", facts.folder, "inbound/applications"))
    return problems


def _https(facts: PartnerFacts) -> list[Problem]:
    problems = []
    expected = "https://in.example.com/applications"
    if not facts.address.startswith("https://"):
        problems.append(Problem("partner_address", "address", facts.address, expected))
    elif "@" in facts.address.removeprefix("https://").partition("/")[0]:
        without = "https://…@" + facts.address.rpartition("@")[2]
        problems.append(Problem("partner_address", "address", without, expected))
    if facts.user and not facts.has_secret:
        problems.append(Problem("partner_needs", "secret", "", "a password or a key"))
    return problems


def _email(facts: PartnerFacts) -> list[Problem]:
    if _EMAIL.fullmatch(facts.address):
        return []
    return [Problem("partner_address", "address", facts.address, "new.business@example.com")]
