"""`manage.py db status|stop|psql|dump`: the database that the site uses, seen from a shell."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from policytracker.embedded_postgres import Cluster
from policytracker.postgres_binaries import CannotStart, find_binaries


class Command(BaseCommand):
    help = "Shows, stops, opens or dumps the database that the site uses."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("status", help="which database, and whether it runs")
        actions.add_parser("stop", help="end the embedded server")
        actions.add_parser("psql", help="open PostgreSQL's own shell").add_argument("words", nargs="*")
        dump = actions.add_parser("dump", help="write a backup that pg_restore reads")
        dump.add_argument("file", help="where to; - for standard output")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            getattr(self, action)(**options)
        except CannotStart as error:
            raise CommandError(str(error)) from None

    @property
    def cluster(self) -> Cluster | None:
        return connection.settings_dict.get("EMBEDDED")

    def status(self, **options: Any) -> None:
        if self.cluster is None:
            with connection.cursor():
                version = ".".join(map(str, connection.get_database_version()))
            host = connection.settings_dict["HOST"] or "local socket"
            self.stdout.write(
                f"DATABASE_URL: PostgreSQL {version} on {host}, database {connection.settings_dict['NAME']}"
            )
            return
        socket = self.cluster.address()
        state = f"running, socket in {socket}" if socket else "not running"
        major = self.cluster.major()
        made = f"made by PostgreSQL {major}" if major else "not made yet"
        self.stdout.write(f"Embedded PostgreSQL: {state}\nData folder: {self.cluster.data} ({made})")

    def stop(self, **options: Any) -> None:
        if self.cluster is None:
            raise CommandError("DATABASE_URL is set: that server is not ours to stop.")
        self.stdout.write("Stopped." if self.cluster.stop() else "The embedded PostgreSQL was not running.")

    def psql(self, words: list[str], **options: Any) -> None:
        self._become("psql", words)

    def dump(self, file: str, **options: Any) -> None:
        # Read into a temporary name: an interrupted dump must not look like a backup.
        if file == "-":
            self._become("pg_dump", ["--format=custom"])
        target, unfinished = Path(file), Path(file + ".unfinished")
        path, words, environment = self._call("pg_dump", ["--format=custom", f"--file={unfinished}"])
        if subprocess.run([path, *words[1:]], env=environment, check=False).returncode != 0:
            unfinished.unlink(missing_ok=True)
            raise CommandError("pg_dump failed; nothing was written.")
        unfinished.replace(target)
        self.stdout.write(f"Wrote {target} ({target.stat().st_size:,} bytes).")

    def _become(self, program: str, args: list[str]) -> None:
        self.stdout.flush()
        sys.stderr.flush()
        os.execve(*self._call(program, args))  # noqa: S606 - found by find_binaries, arguments are a list

    def _call(self, program: str, args: list[str]) -> tuple[str, list[str], dict[str, str]]:
        """Return path, arguments and environment of a client program for this database."""
        params = connection.get_connection_params()
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
        given = {variable: str(params[key]) for key, variable in names.items() if params.get(key)}
        if "sslmode" in params:
            given["PGSSLMODE"] = str(params["sslmode"])
        major = self.cluster.major() if self.cluster else None
        path = find_binaries(data_major=major).path(program)
        return path, [path, *args], os.environ | given
