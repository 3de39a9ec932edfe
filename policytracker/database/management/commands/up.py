"""`manage.py up`: the whole site on this machine, until Ctrl-C. `make run` calls it."""

import asyncio
import errno
import signal
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from policytracker.embedded_postgres import Cluster
from policytracker.postgres_binaries import CannotStart
from policytracker.start_up import DEMO_ACCOUNTS, refuse_unsafe_settings
from policytracker.supervisor import GaveUp, Supervisor

READY_SECONDS = 60


class Command(BaseCommand):
    help = "Starts database, worker and web server, and ends them on Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument("--workers", type=int, default=2, help="web server processes (default: %(default)s)")

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        self.refuse_taken_port(host, port)
        # Python leaves SIGINT ignored when a shell started us in the background.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        cluster: Cluster | None = connection.settings_dict.get("EMBEDDED")
        ours = cluster if cluster and not cluster.address() else None
        try:
            if ours:
                self.say("Starting the embedded PostgreSQL …")
            connection.ensure_connection()
            self.prepare()
            self.serve(host, port, workers)
        except (CannotStart, GaveUp, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            raise CommandError("Interrupted before the site was ready.", returncode=130) from None
        finally:
            if ours and ours.address():
                self.end_database(ours)

    def refuse_taken_port(self, host: str, port: int) -> None:
        try:
            asyncio.run(_listen_for_a_moment(host, port))
        except OverflowError:
            raise CommandError(f"There is no port {port}: choose one from 1024 to 65535.") from None
        except PermissionError:
            raise CommandError(f"Port {port} needs root. Choose one above 1023: make run PORT=8001") from None
        except OSError as error:
            reason = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            raise CommandError(
                f"Port {port} on {host} {reason}. Stop what uses it, or choose another: make run PORT={port + 1}"
            ) from None

    def prepare(self) -> None:
        refuse_unsafe_settings()
        self.say("Bringing the database up to date …")
        call_command("migrate", interactive=False, stdout=self.stdout)
        if settings.DEBUG and not self.has_demo():
            self.say("Loading the demo record …")
            call_command("load_demo", stdout=self.stdout)
        connection.close()

    def has_demo(self) -> bool:
        """Tell whether the demo record is there with its sign-ins; it is loaded whole or not at all."""
        users = get_user_model().objects.filter(username__in=DEMO_ACCOUNTS)
        return len([user for user in users if user.has_usable_password()]) == len(DEMO_ACCOUNTS)

    def serve(self, host: str, port: int, workers: int) -> None:
        python = [sys.executable, "-W", "ignore::DeprecationWarning"]
        server = [
            *python, "-m", "granian", "--interface", "wsgi", "policytracker.wsgi:application", "--no-ws",
            "--host", host, "--port", str(port), "--log-level", "error",
            # Each thread keeps a database connection, and PostgreSQL allows 100 by default.
            "--workers", str(workers), "--blocking-threads", "8", "--backpressure", "64",
        ]  # fmt: skip
        with Supervisor(self.say) as supervisor:
            supervisor.start("web server", server)
            supervisor.start("worker", [*python, "manage.py", "procrastinate", "worker"])
            if self.wait_until_ready(supervisor, host, port):
                self.say_welcome(host, port)
            supervisor.watch()
            self.say("Stopping …")
        self.say("Stopped.")

    def wait_until_ready(self, supervisor: Supervisor, host: str, port: int) -> bool:
        """Wait for the first good answer. Returns False when asked to stop meanwhile, raises GaveUp when none comes."""
        end = time.monotonic() + READY_SECONDS
        while not supervisor.stopping:
            supervisor.check()
            if asyncio.run(_answers(host, port)):
                return True
            if time.monotonic() > end:
                raise GaveUp(f"The web server did not become ready within {READY_SECONDS} seconds.")
            time.sleep(0.1)
        return False

    def say_welcome(self, host: str, port: int) -> None:
        self.say(f"\n{settings.SITE_NAME} is ready: http://{host}:{port}/")
        if settings.DEBUG:
            self.say(f"Sign in at http://{host}:{port}/accounts/login/ as")
            for name in DEMO_ACCOUNTS:
                self.say(f"    {name:10} password {name}-demo")
        self.say("Ctrl-C ends it.\n")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def end_database(self, cluster: Cluster) -> None:
        """End the server that we started, unless somebody else has begun to use it."""
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            others = cursor.fetchone()[0]
        connection.close()
        if others:
            self.say(f"The database stays up for {others} other connection(s); `make stop` ends it.")
        else:
            cluster.stop()


async def _listen_for_a_moment(host: str, port: int) -> None:
    """Raise OSError when nobody can listen there. The server itself shares ports and would not tell."""
    server = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port, reuse_port=False)
    server.close()
    await server.wait_closed()


async def _answers(host: str, port: int) -> bool:
    """Ask our own server whether it is ready."""
    try:
        reader, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    try:
        return b" 200 " in await asyncio.wait_for(reader.readline(), 10)
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()
