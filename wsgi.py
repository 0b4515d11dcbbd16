"""The WSGI application, for Granian or any other server: ``wsgi:app``."""

import os

from integration.app import create_app
from integration.kernel import logging, processes
from integration.kernel.settings import Settings, hide_secrets
from integration.runtime import build

if os.environ.get("FANFARE_DIE_WITH_PARENT"):
    # A killed Granian leaves its workers serving; ours follow it.
    processes.die_with_parent()

settings = Settings.from_env()
# Granian repeats the process environment in every request's environ.
hide_secrets()
logging.configure(settings.log_level, settings.log_format)
app = create_app(build(settings))
