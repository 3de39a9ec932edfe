"""When a follower is told. Pure: moments and zones in, moments out."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DELIVERY = time(7, 0)  # local time of daily and weekly mails
MONDAY = 0


def last_delivery(cadence: str, *, at: datetime, zone: ZoneInfo) -> datetime | None:
    """The latest moment up to `at` on which a follower of that cadence is told; None where they are never.

    "at_once" is `at` itself; "daily" is the last 07:00 in `zone`, "weekly" the last Monday's.
    """
    if cadence == "off":
        return None
    if cadence == "at_once":
        return at
    local = at.astimezone(zone)
    today = datetime.combine(local.date(), DELIVERY, zone)
    latest = today if today <= local else datetime.combine(local.date() - timedelta(days=1), DELIVERY, zone)
    if cadence == "weekly":
        monday = latest.date() - timedelta(days=(latest.weekday() - MONDAY) % 7)
        latest = datetime.combine(monday, DELIVERY, zone)
    return latest


def is_due(cadence: str, *, told_until: datetime, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a delivery has come since the follower was last told."""
    delivery = last_delivery(cadence, at=at, zone=zone)
    return delivery is not None and told_until < delivery
