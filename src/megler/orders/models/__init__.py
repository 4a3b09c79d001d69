"""Vendors, facilities, authorisations, orders with their messages, and what records tell."""

from megler.orders.models.facilities import Facility, FacilityQuerySet
from megler.orders.models.messages import Direction, OrderFile, OrderMessage, OrderWord
from megler.orders.models.orders import Order, OrderItem, OrderPaper, OrderQuerySet
from megler.orders.models.permits import Authorisation, AuthorisationTerm, FeeLimit
from megler.orders.models.readings import ApsEntry
from megler.orders.models.vendors import Vendor, VendorAccount, VendorQuerySet

__all__ = [
    "ApsEntry",
    "Authorisation",
    "AuthorisationTerm",
    "Direction",
    "Facility",
    "FacilityQuerySet",
    "FeeLimit",
    "Order",
    "OrderFile",
    "OrderItem",
    "OrderMessage",
    "OrderPaper",
    "OrderQuerySet",
    "OrderWord",
    "Vendor",
    "VendorAccount",
    "VendorQuerySet",
]
