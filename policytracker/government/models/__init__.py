"""What was promised, and by whom. One noun a file; all of them importable from here."""

from .addresses import FormerAddress
from .aliases import Alias
from .commitments import Commitment, Criterion, Milestone, Occurrence
from .governments import Government
from .initiatives import Initiative
from .ministries import Identifier, Ministry, MinistryName, Succession
from .officials import Membership, Official, Post
from .precision import Precision
from .records import Recorded, RecordedQuerySet
from .topics import Topic

__all__ = [
    "Alias",
    "Commitment",
    "Criterion",
    "FormerAddress",
    "Government",
    "Identifier",
    "Initiative",
    "Membership",
    "Milestone",
    "Ministry",
    "MinistryName",
    "Occurrence",
    "Official",
    "Post",
    "Precision",
    "Recorded",
    "RecordedQuerySet",
    "Succession",
    "Topic",
]
