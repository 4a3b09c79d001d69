"""The editions that stand on a day, with their content, as bulk work needs them."""

from datetime import date

from megler.carriers.models import Edition


def contents_on(on: date) -> dict[str, bytes]:
    """Zips by digest of what a quote on `on` would price from."""
    standing = Edition.objects.filter(pk__in=Edition.objects.standing_ids(on))
    return {digest: bytes(content) for digest, content in standing.values_list("digest", "content")}
