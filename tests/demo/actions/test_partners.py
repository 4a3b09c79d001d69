"""In the demo every carrier is a trading partner, and the latest packages are on their way."""

from megler.carriers.models import Carrier
from megler.orders.models import Vendor
from megler.post.models import Delivery, TradingPartner
from tests.demo.actions.conftest import Built


def test_every_carrier_receives_and_the_latest_packages_are_under_way(built: Built) -> None:
    slugs = set(TradingPartner.objects.values_list("slug", flat=True))
    carriers = set(Carrier.objects.values_list("slug", flat=True))
    vendors = set(Vendor.objects.values_list("slug", flat=True))
    assert slugs == carriers | vendors
    assert len({one.secret for one in TradingPartner.objects.all()}) == len(slugs)
    under_way = list(Delivery.objects.all())
    assert under_way
    for delivery in under_way:
        assert delivery.state == "waiting"
        names = [one.name for one in delivery.files.all()]
        assert [name.rpartition(".")[2] for name in names] == ["pdf", "xml"]
