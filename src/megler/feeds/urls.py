"""Addresses of carriers' files."""

from django.urls import path

from megler.feeds.pages import columns, files, sources, tray

urlpatterns = [
    path("feeds/", sources.feeds, name="feeds"),
    path("feeds/new/", sources.feed_new, name="feed_new"),
    path("feeds/changes/", files.feed_changes, name="feed_changes"),
    path("feeds/changes/settle/", files.feed_accept_many, name="feed_accept_many"),
    path("feeds/changes/<uuid:change_id>/<slug:act>/", files.feed_change, name="feed_change"),
    path("feeds/tray/", tray.feed_tray, name="feed_tray"),
    path("feeds/stale/", tray.feed_stale, name="feed_stale"),
    path("feeds/rows/<uuid:row_id>/", tray.feed_row, name="feed_row"),
    path("feeds/files/<uuid:file_id>/", files.feed_file, name="feed_file"),
    path("feeds/files/<uuid:file_id>/columns/", columns.feed_columns, name="feed_columns"),
    path("feeds/<uuid:source_id>/", sources.feed_source, name="feed_source"),
    path("feeds/<uuid:source_id>/files/", sources.feed_upload, name="feed_upload"),
    path("cases/<uuid:case_id>/carrier-said/", tray.case_feed, name="case_feed"),
]
