"""The site for a WSGI server: `granian --interface wsgi policytracker.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policytracker.settings")

application = get_wsgi_application()

from policytracker.start_up import refuse_unsafe_settings  # noqa: E402 - needs the settings above

refuse_unsafe_settings()
