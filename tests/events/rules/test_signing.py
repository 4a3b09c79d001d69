"""Signatures are the Standard Webhooks scheme's, and nothing else passes."""

from hypothesis import given
from hypothesis import strategies as st

from megler.events.rules.signing import headers, is_signed, secret_bytes, signature, written_secret

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = 1_614_265_330


def test_it_is_the_signature_that_the_specification_gives_for_its_example() -> None:
    body = b'{"test": 2432232314}'
    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signature(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", NOW, body) == expected


@given(st.binary(min_size=1, max_size=64), st.binary(max_size=200), st.text(max_size=30))
def test_what_is_signed_passes_and_what_was_touched_does_not(
    key: bytes, body: bytes, other: str
) -> None:
    secret = written_secret(key)
    carried = headers(secret, "msg_1", NOW, body)
    assert secret_bytes(secret) == key
    assert is_signed(secret, carried, body, NOW)
    assert not is_signed(secret, carried, body + b"x", NOW)
    assert not is_signed(secret, {**carried, "webhook-id": "msg_2"}, body, NOW)
    assert not is_signed(secret, {**carried, "webhook-signature": other}, body, NOW)


def test_an_old_message_does_not_pass_and_one_right_signature_of_several_does() -> None:
    carried = headers(SECRET, "msg_1", NOW, b"{}")
    assert not is_signed(SECRET, carried, b"{}", NOW + 301)
    assert not is_signed(SECRET, {**carried, "webhook-timestamp": "soon"}, b"{}", NOW)
    both = {**carried, "webhook-signature": f"v1,AAAA {carried['webhook-signature']}"}
    assert is_signed(SECRET, both, b"{}", NOW)
