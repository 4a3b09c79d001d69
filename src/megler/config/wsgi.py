"""The WSGI application that Granian serves."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "megler.config.settings")
application: Any = get_wsgi_application()
if settings.PROXIES:
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=settings.PROXIES)

from megler.quoting.actions.answers import compiling_from_the_first  # noqa: E402 - needs the settings

application = compiling_from_the_first(application)
