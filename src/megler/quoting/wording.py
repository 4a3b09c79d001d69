"""An offer in words, for papers and short lists, in the language that is active."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from megler.carriers.names import MODE_NAMES
from megler.carriers.templatetags.carriers import class_name
from megler.quoting.rules.proposals.choice import Offer, sums
from megler.ui.templatetags.ui import NOTHING, cents, money
from megler.vocabulary.codes import Line


def years_words(years: int) -> str:
    """A number of years, in words."""
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}


def offer_name(offer: Offer) -> str:
    """Carrier, product, term and plan of an offer, on one line."""
    parts = [offer["carrier_name"], offer["product_name"]]
    if offer.get("term_years"):
        parts.append(years_words(offer["term_years"]))
    if offer.get("plan"):
        parts.append(offer["plan"])
    return ", ".join(parts)


def class_words(offer: Offer) -> str:
    """The offer's class, with its table rating; nothing where the product has no classes."""
    if not offer.get("class"):
        return NOTHING
    own = offer.get("class_name")
    name: str = own if own and own != offer["class"] else class_name(offer["class"])
    table = _(", table %(table)s") % {"table": offer["table"]} if offer.get("table") else ""
    return name + table


def amount_words(offer: Offer) -> str:
    """The amount insured, or what is paid in for an annuity."""
    if not offer.get("amount"):
        return NOTHING
    amount = money(Decimal(offer["amount"]), offer["currency"])
    monthly = offer.get("line") in {Line.DISABILITY, Line.LONG_TERM_CARE}
    return _("%(amount)s a month") % {"amount": amount} if monthly else amount


def wish_words(key: str, value: object) -> str:
    """What was asked for besides an amount, as people read it; nothing where it was not."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if key == "inflation":
        return f"{number_format(Decimal(str(value)))} %"
    return str(value).replace("-", " ").replace("_", " ")


def paid_words(offer: Offer, amount: str | None) -> str:
    """A sum in the offer's currency, to the cent."""
    return cents(Decimal(amount), offer["currency"]) if amount else NOTHING


def value_words(offer: Offer) -> str:
    """What the offer is worth at its end, where it promises that."""
    value = offer.get("value")
    if not value:
        return NOTHING
    told = {"amount": paid_words(offer, value["amount"]), "years": years_words(value["years"])}
    return _("%(amount)s after %(years)s") % told


def sum_words(offer: Offer) -> str:
    """What the offer costs or brings, as it is ordered by."""
    mode = offer.get("mode")
    if not mode:
        return value_words(offer)
    return f"{paid_words(offer, sums(offer)[mode])} {MODE_NAMES[mode]}"


def summary_of(offer: Offer) -> dict[str, str]:
    """An offer in the few words that somebody reads who has not asked for more."""
    told = [offer["product_name"], offer.get("plan") or ""]
    if offer.get("term_years"):
        told.append(years_words(offer["term_years"]))
    if offer.get("class"):
        told.append(class_words(offer))
    return {
        "carrier": offer["carrier_name"],
        "told": " · ".join(text for text in told if text),
        "sum": sum_words(offer),
    }
