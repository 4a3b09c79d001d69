"""Addresses of orders."""

from django.urls import path

from megler.orders.pages import facilities, orders, placing, records, settings, tray, vendors

_ORDER = "orders/<uuid:order_id>/"

urlpatterns = [
    path("orders/", orders.orders, name="orders"),
    path("orders/of-case/<uuid:case_id>/", orders.case_orders, name="case_orders"),
    path("orders/new/<uuid:case_id>/", placing.order_new, name="order_new"),
    path(
        "orders/authorisations/<uuid:case_id>/",
        placing.authorisation_new,
        name="authorisation_new",
    ),
    path("orders/tray/", tray.order_tray, name="order_tray"),
    path("orders/tray/<uuid:word_id>/", tray.order_tray_word, name="order_tray_word"),
    path("orders/tray/<uuid:word_id>/aside/", tray.order_tray_aside, name="order_tray_aside"),
    path("orders/files/<uuid:file_id>/", tray.order_file, name="order_file"),
    path("orders/messages/<uuid:message_id>/", tray.order_message, name="order_message"),
    path("orders/vendors/", vendors.vendors, name="vendors"),
    path("orders/vendors/new/", vendors.vendor_new, name="vendor_new"),
    path("orders/vendors/<uuid:vendor_id>/", vendors.vendor, name="vendor"),
    path("orders/vendors/<uuid:vendor_id>/key/", vendors.vendor_key, name="vendor_key"),
    path("orders/vendors/<uuid:vendor_id>/account/", vendors.vendor_account, name="vendor_account"),
    path("orders/facilities/", facilities.facilities, name="facilities"),
    path("orders/facilities/new/", facilities.facility_new, name="facility_new"),
    path("orders/facilities/<uuid:facility_id>/", facilities.facility, name="facility"),
    path("orders/settings/", settings.order_settings, name="order_settings"),
    path("orders/records/<uuid:requirement_id>/", records.aps_timeline, name="aps_timeline"),
    path("orders/records/<uuid:requirement_id>/check/", records.aps_check, name="aps_check"),
    path(_ORDER, orders.order, name="order"),
    path(f"{_ORDER}do/<slug:act>/", orders.order_act, name="order_act"),
]
