"""The admin of what was promised and by whom."""

from . import commitments, initiatives, officials, organizations

__all__ = ["commitments", "initiatives", "officials", "organizations"]
