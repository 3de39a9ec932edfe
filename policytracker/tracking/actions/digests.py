"""Telling followers: notifications in the app and a mail in the outbox, in the transaction that notes both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policytracker.tracking.cadence import is_due
from policytracker.tracking.digests import Change, changes_for, page_of
from policytracker.tracking.mails import absolute, compose, one_line, unsubscribe_headers
from policytracker.tracking.models import Follow, MailMessage, Notification
from policytracker.tracking.moments import present

TITLE = 500  # code points of a change's title kept with its notification


@dataclass(frozen=True)
class Told:
    """How many followers were told, of how many changes."""

    followers: int
    changes: int


def send_digests(*, at: datetime) -> Told:
    """Tell every follower who is due what changed since they were last told. Run twice, the second tells nothing."""
    followers = changes = 0
    for pk in _due(at=at):
        told = tell(follow_id=pk, at=at)
        followers += bool(told)
        changes += told
    return Told(followers, changes)


def tell(*, follow_id: int, at: datetime) -> int:
    """Tell one follower; how many changes. Two workers at once: the second finds nothing left to tell."""
    with transaction.atomic():
        follow = Follow.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=follow_id).first()
        if follow is None or follow.told_until >= at:
            return 0
        with translation.override(_language(follow)):
            changes = _untold(follow, changes_for(follow, moment=present(now=at, zone=_zone(follow))))
            mail = _mail(follow, changes, at=at) if changes and follow.email else None
        if mail:
            mail.save()
        Notification.objects.bulk_create(_notifications(follow, changes, mail, at), ignore_conflicts=True)
        follow.told_until = at
        follow.save(update_fields=["told_until"])
    return len(changes)


def mark_read(*, notifications: Iterable[int], by: User, at: datetime) -> int:
    """Mark a user's own notifications as read; how many were unread."""
    mine = Notification.objects.filter(pk__in=list(notifications), follow__user=by, read_at__isnull=True)
    return mine.update(read_at=at)


def mark_unread(*, notifications: Iterable[int], by: User) -> int:
    """Keep a user's own notifications for later; how many were read."""
    mine = Notification.objects.filter(pk__in=list(notifications), follow__user=by, read_at__isnull=False)
    return mine.update(read_at=None)


def _due(*, at: datetime) -> list[int]:
    follows = Follow.objects.exclude(cadence=Follow.Cadence.OFF).select_related("user__preference", "subscriber")
    follows = follows.exclude(subscriber__confirmed_at__isnull=True, subscriber__isnull=False)
    return [
        follow.pk
        for follow in follows.iterator()
        if is_due(follow.cadence, told_until=follow.told_until, at=at, zone=_zone(follow))
    ]


def _zone(follow: Follow) -> ZoneInfo:
    preference = getattr(follow.user, "preference", None)
    return preference.zone if preference else ZoneInfo(settings.TIME_ZONE)


def _language(follow: Follow) -> str:
    preference = getattr(follow.user, "preference", None)
    language = follow.subscriber.language if follow.subscriber else (preference.language if preference else "")
    return language or settings.LANGUAGE_CODE


def _untold(follow: Follow, changes: list[Change]) -> list[Change]:
    told = set(follow.notifications.filter(key__in=[c.key for c in changes]).values_list("key", flat=True))
    return [change for change in changes if change.key not in told]


def _notifications(follow: Follow, changes: list[Change], mail: MailMessage | None, at: datetime) -> list[Notification]:
    return [
        Notification(
            follow=follow,
            key=change.key,
            kind=change.kind,
            source_id=change.source_id,
            title=one_line(change.title, TITLE),
            old_status=change.old_status,
            new_status=change.new_status,
            path=change.path,
            created_at=at,
            mail=mail,
        )
        for change in changes
    ]


def _mail(follow: Follow, changes: list[Change], *, at: datetime) -> MailMessage:
    return compose(
        name="follow_news",
        to=follow.email,
        subject=_subject(follow, changes),
        language=_language(follow),
        key=f"news:{follow.pk}:{at.isoformat()}",
        at=at,
        context={
            "what": follow,
            "follow": follow,
            "changes": [(change, absolute(change.path)) for change in changes],
            "page": absolute(page_of(follow.subject)) if follow.subject else "",
            "unsubscribe": absolute(reverse("desk:follow_unsubscribe", args=[follow.token])),
        },
        headers=unsubscribe_headers(follow),
    )


def _subject(follow: Follow, changes: list[Change]) -> str:
    if len(changes) == 1:
        return _("%(what)s: %(change)s") % {"what": follow, "change": changes[0].title}
    text = ngettext("%(what)s: %(n)d change", "%(what)s: %(n)d changes", len(changes))
    return text % {"what": follow, "n": len(changes)}
