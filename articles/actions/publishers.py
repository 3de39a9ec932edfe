"""Whose article it is."""

from django.db.models import Q
from django.utils.text import slugify

from articles.identity import host_of, sha
from articles.importing.documents import ArticleDraft
from articles.models import Publisher


def publisher_of(draft: ArticleDraft) -> Publisher | None:
    """Return the publisher of a draft: known by its site, else by its name; a new name makes a new publisher."""
    host = host_of(draft)
    return _by_host(host) or (_by_name(draft.publisher, host) if draft.publisher else None)


def _by_host(host: str) -> Publisher | None:
    """Find by domain; the nearest wins, so that a section's site may be a publisher of its own."""
    labels = host.split(".") if host else []
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    if not domains:
        return None
    wanted = Q()
    for domain in domains:
        wanted |= Q(domains__contains=[domain])
    found = list(Publisher.objects.filter(wanted))
    return min(found, key=lambda publisher: _distance(publisher, domains), default=None)


def _distance(publisher: Publisher, domains: list[str]) -> int:
    return min(index for index, domain in enumerate(domains) if domain in publisher.domains)


def _by_name(name: str, host: str) -> Publisher:
    name = " ".join(name.split())[:200]
    known = Publisher.objects.filter(Q(name__iexact=name) | Q(i18n__name_ko__iexact=name)).first()
    if known:
        return known
    slug = f"{slugify(name)[:70] or 'publisher'}"
    if Publisher.objects.filter(slug=slug).exists():
        slug = f"{slug}-{sha(name.encode())[:8]}"
    # Two workers may meet a new name at once: the unique name decides, and both go on with the one row.
    publisher, _ = Publisher.objects.get_or_create(
        name=name, defaults={"slug": slug, "domains": [host] if host else []}
    )
    return publisher
