"""`/healthz` says that the process lives, `/readyz` that it can serve. Machines ask them; neither tells secrets."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from policytracker.errors import RETRY_AFTER
from policytracker.postgres_binaries import CannotStart


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process answers, and say whether the database does: restarting us would not help it."""
    return JsonResponse({"status": "alive", "database": "ok" if _database_answers() else "away"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and has our schema, else 503 with what is missing."""
    if not _database_answers():
        return _not_ready("the database does not answer")
    if not _has_our_schema():
        return _not_ready("migrations are missing")
    return JsonResponse({"status": "ready"})


def _not_ready(reason: str) -> JsonResponse:
    return JsonResponse({"status": "not ready", "reason": reason}, status=503, headers={"Retry-After": RETRY_AFTER})


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, CannotStart):
        connection.close()
        return False
    return True


def _has_our_schema() -> bool:
    """Tell whether all migrations are applied. Once they are, they stay so for the life of the process."""
    try:
        return _migrated()
    except LookupError:
        return False


@cache
def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise LookupError  # not remembered: somebody may be migrating right now
    return True
