"""Everything that changes what was reported. Each action says when, and who where a person asked for it."""

from .storing import Source, Stored, announce, record_addresses, store_article, store_draft

__all__ = ["Source", "Stored", "announce", "record_addresses", "store_article", "store_draft"]
