"""What analysts conclude. One noun a file; all of them importable from here."""

from .annotations import Addressee, Annotation, AnnotationRevision
from .assessments import Assessment, AssessmentEvidence, ReviewRemark, Ruling
from .candidates import Candidate
from .closing import ClosingRound
from .corrections import Correction
from .deadlines import ConditionChange, DeadlineChange, Discontinuation, Supersession
from .events import Event, TimelineEvent
from .evidence import Evidence
from .follows import Follow, MailMessage, Notification, Subscriber
from .invitations import Invitation
from .kept_standings import KeptStanding
from .mentions import Mention
from .preferences import Preference
from .problems import ProblemReport
from .ratings import BlindRating
from .readings import MachineReading
from .rubrics import Rubric, RubricStatus
from .set_aside import SetAside
from .statements import Statement
from .submissions import Submission
from .tags import FormerTagAddress, Tag
from .tokens import ApiToken

__all__ = [
    "Addressee",
    "Annotation",
    "AnnotationRevision",
    "ApiToken",
    "Assessment",
    "AssessmentEvidence",
    "BlindRating",
    "Candidate",
    "ClosingRound",
    "ConditionChange",
    "Correction",
    "DeadlineChange",
    "Discontinuation",
    "Event",
    "Evidence",
    "Follow",
    "FormerTagAddress",
    "Invitation",
    "KeptStanding",
    "MachineReading",
    "MailMessage",
    "Mention",
    "Notification",
    "Preference",
    "ProblemReport",
    "ReviewRemark",
    "Rubric",
    "RubricStatus",
    "Ruling",
    "SetAside",
    "Statement",
    "Submission",
    "Subscriber",
    "Supersession",
    "Tag",
    "TimelineEvent",
]
