"""The database backend of the site: PostgreSQL 15 or newer, embedded or given.

With `EMBEDDED` in its settings, the server on that data folder is started by the first connection. Everything that asks
for parameters asks here: Django, the test runner, the job queue's worker.
"""

from typing import Any

import psycopg
from django.db.backends.postgresql import base, features

from policytracker.embedded_postgres import Cluster, connection_to
from policytracker.postgres_binaries import OLDEST_MAJOR


class DatabaseFeatures(features.DatabaseFeatures):
    minimum_database_version = (OLDEST_MAJOR,)


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's parameters. Raises CannotStart when the embedded server cannot run."""
        cluster: Cluster | None = self.settings_dict.get("EMBEDDED")
        if cluster is None:
            return super().get_connection_params()
        socket_folder = cluster.ensure_running()
        self.settings_dict.update(HOST=socket_folder, PORT=connection_to(socket_folder)["port"])
        if self.settings_dict["NAME"] == self.settings_dict["EMBEDDED_NAME"]:
            make_database(socket_folder, name=self.settings_dict["EMBEDDED_NAME"])
        return super().get_connection_params()


def make_database(socket_folder: str, *, name: str) -> None:
    """Make the database if it is not there. Two processes may try at once; one of them is told it exists."""
    with psycopg.connect(**connection_to(socket_folder), autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if there is None:
            try:
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
            except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                return
