-- Every topic with itself and the topics above it.
CREATE FUNCTION tracking_topics_above()
RETURNS TABLE (topic_id bigint, above_id bigint)
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE above (topic_id, above_id) AS (
        SELECT id, id FROM government_topic
        UNION
        SELECT above.topic_id, government_topic.parent_id
        FROM above JOIN government_topic ON government_topic.id = above.above_id
        WHERE government_topic.parent_id IS NOT NULL
    )
    SELECT topic_id, above_id FROM above
$$;

-- On whose timelines the lines of a published commitment stand, and since when we knew that they belong there.
--
-- A corrected initiative, ministry or speaker moves the lines from the moment of the correction. Filing under topics
-- and tags and the naming of supporting ministries are an index: refiling refiles the past with it.
CREATE FUNCTION tracking_commitment_subjects(ids bigint[])
RETURNS TABLE (commitment_id bigint, subject_kind text, subject_id bigint, known_from timestamptz, known_until timestamptz)
LANGUAGE plpgsql STABLE ROWS 1000 SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH published AS MATERIALIZED (
        SELECT id, recorded_at, initiative_id, lead_ministry_id, made_by_id
        FROM government_commitment
        WHERE recorded_at IS NOT NULL AND (ids IS NULL OR id = ANY (ids))
    ),
    initiatives AS MATERIALIZED (
        SELECT c.id AS commitment_id, greatest(c.recorded_at, h.known_from) AS known_from, h.known_until,
            CASE WHEN h.said ? 'initiative' THEN (h.said ->> 'initiative')::bigint ELSE c.initiative_id END AS id
        FROM published c LEFT JOIN tracking_history('commitment', ids, '{initiative}') h ON h.target_id = c.id
    ),
    ministries AS (
        SELECT c.id AS commitment_id, greatest(c.recorded_at, h.known_from) AS known_from, h.known_until,
            CASE WHEN h.said ? 'lead_ministry' THEN (h.said ->> 'lead_ministry')::bigint ELSE c.lead_ministry_id END AS id
        FROM published c LEFT JOIN tracking_history('commitment', ids, '{lead_ministry}') h ON h.target_id = c.id
    ),
    speakers AS (
        SELECT c.id AS commitment_id, greatest(c.recorded_at, h.known_from) AS known_from, h.known_until,
            CASE WHEN h.said ? 'made_by' THEN (h.said ->> 'made_by')::bigint ELSE c.made_by_id END AS membership_id
        FROM published c LEFT JOIN tracking_history('commitment', ids, '{made_by}') h ON h.target_id = c.id
    ),
    links (commitment_id, subject_kind, subject_id, known_from, known_until) AS (
        SELECT id, 'all', 0, recorded_at, NULL::timestamptz FROM published
        UNION ALL
        SELECT id, 'commitment', id, recorded_at, NULL FROM published
        UNION ALL
        SELECT commitment_id, 'initiative', id, known_from, known_until FROM initiatives
        UNION ALL
        SELECT commitment_id, 'ministry', id, known_from, known_until FROM ministries
        UNION ALL
        SELECT c.id, 'ministry', supporting.ministry_id, c.recorded_at, NULL
        FROM published c JOIN government_commitment_supporting_ministries supporting ON supporting.commitment_id = c.id
        UNION ALL
        SELECT s.commitment_id, 'official', m.official_id, s.known_from, s.known_until
        FROM speakers s JOIN government_membership m ON m.id = s.membership_id
        UNION ALL
        SELECT c.id, 'topic', above.above_id, c.recorded_at, NULL
        FROM published c
        JOIN government_commitment_topics filed ON filed.commitment_id = c.id
        JOIN tracking_topics_above() above ON above.topic_id = filed.topic_id
        UNION ALL
        SELECT i.commitment_id, 'topic', above.above_id, i.known_from, i.known_until
        FROM initiatives i
        JOIN government_initiative_topics filed ON filed.initiative_id = i.id
        JOIN tracking_topics_above() above ON above.topic_id = filed.topic_id
        UNION ALL
        SELECT c.id, 'tag', given.tag_id, greatest(c.recorded_at, note.recorded_at), note.deleted_at
        FROM published c
        JOIN tracking_annotation note ON note.commitment_id = c.id
        JOIN tracking_annotation_tags given ON given.annotation_id = note.id
        WHERE note.visibility = 'public' AND note.recorded_at IS NOT NULL
        UNION ALL
        SELECT c.id, 'tag', given.tag_id, greatest(c.recorded_at, note.recorded_at), note.deleted_at
        FROM published c
        JOIN tracking_annotation note ON note.about_commitment_id = c.id
        JOIN tracking_annotation_tags given ON given.annotation_id = note.id
        WHERE note.visibility = 'public' AND note.recorded_at IS NOT NULL
        UNION ALL
        SELECT i.commitment_id, 'tag', given.tag_id, greatest(i.known_from, note.recorded_at),
            least(i.known_until, note.deleted_at)
        FROM initiatives i
        JOIN tracking_annotation note ON note.initiative_id = i.id
        JOIN tracking_annotation_tags given ON given.annotation_id = note.id
        WHERE note.visibility = 'public' AND note.recorded_at IS NOT NULL
    )
    SELECT stretches.commitment_id, stretches.subject_kind, stretches.subject_id,
        lower(stretches.known), upper(stretches.known)
    FROM (
        SELECT commitment_id, subject_kind, subject_id, unnest(range_agg(tstzrange(known_from, known_until))) AS known
        FROM links
        WHERE subject_id IS NOT NULL AND (known_until IS NULL OR known_from < known_until)
        GROUP BY commitment_id, subject_kind, subject_id
    ) stretches;
END
$$;
