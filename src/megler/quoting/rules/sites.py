"""The sites that may show a quote link, as origins: what browsers compare."""

import re
from urllib.parse import urlsplit

from megler.vocabulary.problems import Problem

SITES_MAX = 20
_HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)
_USUAL_PORTS = {"http": 80, "https": 443}
_EXPECTED = "https://www.example.com"


def origin_of(address: str) -> str | None:
    """Scheme, host and port of an address; None for what has none or may not be in a header.

    >>> origin_of("https://WWW.Example.com:443/agents/?q=1"), origin_of("ftp://example.com")
    ('https://www.example.com', None)
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in _USUAL_PORTS or not _HOST.fullmatch(host) or parts.username is not None:
        return None
    shown = "" if port in {None, _USUAL_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def read_sites(text: str) -> tuple[list[str], list[Problem]]:
    """The origins of sites written one a line, each once, and every line that names none.

    A host without a scheme is taken for https.

    >>> read_sites("www.example.com")
    (['https://www.example.com'], [])
    """
    origins, problems = [], []
    for number, line in enumerate(text.splitlines(), 1):
        written = line.strip()
        if not written:
            continue
        origin = origin_of(written if "://" in written else f"https://{written}")
        if origin is None:
            problems.append(Problem("site_shape", f"sites {number}", written[:100], _EXPECTED))
        else:
            origins.append(origin)
    origins = list(dict.fromkeys(origins))
    if len(origins) > SITES_MAX:
        problems.append(Problem("sites_too_many", "sites", str(len(origins)), str(SITES_MAX)))
    return origins, problems
