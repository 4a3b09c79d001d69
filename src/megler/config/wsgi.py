"""The WSGI application that Granian serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "megler.config.settings")
application = get_wsgi_application()

from megler.quoting.actions.answers import keep_compiled  # noqa: E402 - needs the settings

keep_compiled()
if settings.PROXIES:
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=settings.PROXIES)
