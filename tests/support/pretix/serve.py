"""Runs in pretix's environment: a new shop in a folder, served until standard input ends.

The first line it prints is JSON: ``port`` and the merchant's ``token``.
"""

import json
import os
import sys
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

# ruff: noqa: PLC0415 - Django is configured before anything of pretix is imported.

CONFIG = """\
[pretix]
url=http://127.0.0.1:{port}
currency=USD
datadir={folder}
registration=off
allow_http_to_private_networks=true
[django]
secret=only-for-tests-0123456789-0123456789-0123456789-012
[database]
backend=sqlite3
name={folder}/db.sqlite3
"""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def seed() -> str:
    """Make an organizer with one event in sale, and return a token that may do all."""
    from datetime import timedelta

    from django.utils.timezone import now
    from django_scopes import scopes_disabled
    from pretix.base.models import Event, Organizer

    with scopes_disabled():
        organizer = Organizer.objects.create(name="Org", slug="org")
        team = organizer.teams.create(
            name="All",
            all_events=True,
            all_event_permissions=True,
            all_organizer_permissions=True,
        )
        for slug in ("launch", "other"):
            event = Event.objects.create(
                organizer=organizer,
                name="The Launch",
                slug=slug,
                currency="USD",
                date_from=now() + timedelta(days=30),
                plugins="pretix.plugins.manualpayment",
            )
            event.live = True
            event.save()
        return team.tokens.create(name="fanfare").token


def main(folder: Path) -> None:
    server = Server(("127.0.0.1", 0), QuietHandler)
    config = folder / "pretix.cfg"
    config.write_text(CONFIG.format(port=server.server_port, folder=folder))
    os.environ["PRETIX_CONFIG_FILE"] = str(config)
    os.environ["DJANGO_SETTINGS_MODULE"] = "shop_settings"

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    token = seed()

    from pretix.wsgi import application

    server.set_app(application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(json.dumps({"port": server.server_port, "token": token}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
