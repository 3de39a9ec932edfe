"""The site for an ASGI server. The views are synchronous: prefer `policytracker.wsgi`, which is faster."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policytracker.settings")

application = get_asgi_application()

from policytracker.start_up import refuse_unsafe_settings  # noqa: E402 - needs the settings above

refuse_unsafe_settings()
