"""What each way of delivering needs is asked for, all at once."""

from dataclasses import replace

import pytest

from megler.post.rules.partners import PartnerFacts, partner_problems

SFTP = PartnerFacts(
    "tundra-life", "Tundra Life", "sftp", "sftp.tundra.example", 22, "fjord", "in/new",
    "ssh-ed25519 AAAA", has_secret=True,
)  # fmt: skip
HTTPS = PartnerFacts("tundra-life", "Tundra Life", "https", "https://in.tundra.example/x")
EMAIL = PartnerFacts("tundra-life", "Tundra Life", "email", "new@tundra.example")


@pytest.mark.parametrize(
    "facts",
    [
        SFTP,
        replace(SFTP, port=None, has_secret=False, has_key=True),
        replace(SFTP, address="2001:db8::1"),
        replace(SFTP, address="10.0.0.7", folder=""),
        replace(SFTP, user="", has_secret=False, host_keys="", is_active=False),
        HTTPS,
        replace(HTTPS, user="fjord", has_secret=True),
        EMAIL,
    ],
)
def test_a_partner_with_what_its_way_needs_is_right(facts: PartnerFacts) -> None:
    assert partner_problems(facts) == []


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        (replace(SFTP, slug="Tundra Life"), ["slug"]),
        (replace(SFTP, slug="-a"), ["slug"]),
        (replace(SFTP, name=" "), ["name"]),
        (replace(SFTP, channel="pigeon"), ["channel"]),
        (replace(SFTP, address="sftp://tundra.example"), ["address"]),
        (replace(SFTP, address="a b"), ["address"]),
        (replace(SFTP, address="-oProxyCommand=x"), ["address"]),
        (replace(SFTP, address="a b", host_keys="", is_active=False), ["address"]),
        (replace(SFTP, port=0), ["port"]),
        (replace(SFTP, port=70_000), ["port"]),
        (replace(SFTP, folder="in\nnew"), ["folder"]),
        (replace(SFTP, user="", has_secret=False, host_keys=" "), ["user", "secret", "host_keys"]),
        (replace(HTTPS, address="http://in.tundra.example"), ["address"]),
        (replace(HTTPS, user="fjord"), ["secret"]),
        (replace(EMAIL, address="new business"), ["address"]),
        (replace(EMAIL, address="a@b"), ["address"]),
    ],
)
def test_what_is_wrong_is_told_at_its_field(facts: PartnerFacts, where: list[str]) -> None:
    assert [p.where for p in partner_problems(facts)] == where
