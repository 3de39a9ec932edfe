"""One timeline, kept by the database from the rows it tells of, on whichever path they are written.

The SQL stands in `timeline/`, in reading order. The triggers fire once a statement, not once a row, so that a bulk
load pays once. Nothing of it depends on column types by view or constraint: a later migration may alter them.
"""

from pathlib import Path

from django.db import migrations

from policytracker.database import functions

SQL = Path(__file__).parent / "timeline"
PARTS = ("history", "subjects", "promises", "deadlines", "offices", "reports", "keeping")

# table: (columns that matter, steps); see tracking_timeline_follow.
FOLLOWED = {
    "government_commitment": (
        "recorded_at,made_on,made_precision,due_on,due_precision,reversed_on,initiative_id,lead_ministry_id,made_by_id",
        ["id touch commitments"],
    ),
    "government_commitment_topics": (
        "commitment_id,topic_id",
        ["commitment_id own government_commitment", "commitment_id touch commitments"],
    ),
    "government_commitment_supporting_ministries": (
        "commitment_id,ministry_id",
        ["commitment_id own government_commitment", "commitment_id touch commitments"],
    ),
    "government_occurrence": (
        "recorded_at,commitment_id,due_on,due_precision",
        ["commitment_id own government_commitment", "commitment_id touch deadline"],
    ),
    "government_milestone": (
        "recorded_at,commitment_id,due_on,due_precision,reached_on,reached_recorded_at",
        ["commitment_id share government_commitment", "id touch milestone"],
    ),
    "government_initiative": (
        "recorded_at,lead_ministry_id,announced_on,started_on,started_precision,ended_on,ended_precision",
        ["id touch initiative"],
    ),
    "government_initiative_topics": (
        "initiative_id,topic_id",
        ["initiative_id alone everything", "initiative_id touch initiatives"],
    ),
    "government_membership": (
        "recorded_at,official_id,post_id,nominated_on,started_on,started_precision,ended_on,ended_precision",
        ["id touch memberships"],
    ),
    "government_post": ("ministry_id,is_head", ["id alone everything", "id touch posts"]),
    "government_ministry": (
        "recorded_at,country,founded_on,founded_precision,dissolved_on,dissolved_precision",
        ["id alone everything", "id touch ministries"],
    ),
    "government_succession": (
        "recorded_at,predecessor_id,successor_id,happened_on,happened_precision",
        ["predecessor_id own government_ministry", "predecessor_id touch organization"],
    ),
    "government_government": ("recorded_at,country,started_on,ended_on", ["id touch government"]),
    "government_topic": ("parent_id", ["id alone everything", "id touch topics"]),
    "articles_article": ("recorded_at,published_on,published_precision", ["id touch article"]),
    "tracking_mention": (
        "state,recorded_at,article_id,ministry_id,official_id,post_id,initiative_id,topic_id",
        ["article_id own articles_article", "article_id touch article"],
    ),
    "tracking_annotation": (
        "visibility,recorded_at,deleted_at,snapshot_id,initiative_id,commitment_id,about_commitment_id",
        [
            "id alone everything",
            "snapshot_id touch articles of snapshots",
            "initiative_id touch initiatives",
            "commitment_id touch commitments",
            "about_commitment_id touch commitments",
        ],
    ),
    "tracking_annotation_tags": (
        "annotation_id,tag_id",
        ["annotation_id touch annotations"],
    ),
    "tracking_statement": (
        "recorded_at,commitment_id,is_original,said_on,said_precision,membership_id,ministry_id",
        ["commitment_id share government_commitment", "id touch statement"],
    ),
    "tracking_evidence": (
        "recorded_at,commitment_id,dated_on",
        ["commitment_id share government_commitment", "id touch evidence"],
    ),
    "tracking_assessment": (
        "recorded_at,commitment_id,effective_from,supersedes_id",
        [
            "commitment_id share government_commitment",
            "supersedes_id own tracking_assessment",
            "id touch status",
            "supersedes_id touch status",
        ],
    ),
    "tracking_ruling": (
        "kind,assessment_id,recorded_at",
        ["assessment_id own tracking_assessment", "assessment_id touch status"],
    ),
    "tracking_deadlinechange": (
        "recorded_at,commitment_id,occurrence_id,happened_on,due_on,due_precision",
        ["commitment_id own government_commitment", "commitment_id touch terms of commitments"],
    ),
    "tracking_conditionchange": (
        "recorded_at,commitment_id,happened_on",
        ["commitment_id share government_commitment", "commitment_id touch terms"],
    ),
    "tracking_discontinuation": (
        "recorded_at,commitment_id,happened_on",
        ["commitment_id share government_commitment", "commitment_id touch terms"],
    ),
    "tracking_supersession": (
        "recorded_at,old_id,new_id,happened_on",
        [
            "old_id share government_commitment",
            "new_id share government_commitment",
            "old_id touch terms",
            "new_id touch terms",
        ],
    ),
    "tracking_event": ("recorded_at,happened_on,happened_precision", ["id touch event"]),
    "tracking_event_initiatives": (
        "event_id,initiative_id",
        ["event_id own tracking_event", "event_id touch event"],
    ),
    "tracking_event_ministries": ("event_id,ministry_id", ["event_id own tracking_event", "event_id touch event"]),
}

TRANSITIONS = {
    "INSERT": "REFERENCING NEW TABLE AS changed",
    "UPDATE": "REFERENCING OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "REFERENCING OLD TABLE AS changed",
}


def follow(table: str, columns: str, steps: list[str]) -> tuple[str, str]:
    """SQL that lets the timelines follow a table, and SQL that takes it back."""
    arguments = ", ".join(f"'{argument}'" for argument in [columns, *steps])
    made, dropped = [], []
    for event, transition in TRANSITIONS.items():
        name = f"timeline_follows_{event.lower()}"
        made.append(
            f"CREATE TRIGGER {name} AFTER {event} ON {table} {transition} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION tracking_timeline_follow({arguments});"
        )
        dropped.append(f"DROP TRIGGER {name} ON {table};")
    return "\n".join(made), "\n".join(dropped)


def written() -> str:
    """The SQL of the functions, then the triggers, then the lines of what is in the record already."""
    made = "\n".join((SQL / f"{part}.sql").read_text() for part in PARTS)
    triggers = "\n".join(follow(table, *plan)[0] for table, plan in FOLLOWED.items())
    corrections = (
        "CREATE TRIGGER timeline_follows_insert AFTER INSERT ON tracking_correction REFERENCING NEW TABLE AS changed "
        "FOR EACH STATEMENT EXECUTE FUNCTION tracking_timeline_follow_corrections();"
    )
    return "\n".join([made, triggers, corrections, "SELECT tracking_timeline_rebuild();"])


def taken_back() -> str:
    """The SQL that removes all of it, and the lines with it."""
    triggers = "\n".join(follow(table, *plan)[1] for table, plan in FOLLOWED.items())
    names = "|".join(["timeline_[a-z_]+", "lines_of_[a-z]+", "history", "topics_above", "commitment_subjects"])
    return "\n".join(
        [
            triggers,
            "DROP TRIGGER timeline_follows_insert ON tracking_correction;",
            functions.dropped(f"tracking_({names})"),
            "DROP TYPE tracking_line;",
            "TRUNCATE tracking_timelineevent;",
        ]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0003_makes_the_roles"),
        ("government", "0001_initial"),
        ("articles", "0001_initial"),
    ]

    operations = [migrations.RunSQL(written(), taken_back())]
