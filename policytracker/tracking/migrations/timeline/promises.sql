-- One line of a timeline, as the record says it should stand.
CREATE TYPE tracking_line AS (
    subject_kind text,
    subject_id bigint,
    source_id bigint,
    variant text,
    happened_on date,
    "precision" text,
    holds_from date,
    holds_until date,
    recorded_at timestamptz,
    retired_at timestamptz
);

-- Each `tracking_lines_of_<kind>` answers the lines of the given sources, of all when NULL is given.

CREATE FUNCTION tracking_lines_of_commitment(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH made AS (
        SELECT c.id, greatest(c.recorded_at, h.known_from) AS known_from, h.known_until,
            CASE WHEN h.said ? 'made_on' THEN (h.said ->> 'made_on')::date ELSE c.made_on END AS made_on,
            coalesce(h.said ->> 'made_precision', c.made_precision) AS made_precision
        FROM government_commitment c
        LEFT JOIN tracking_history('commitment', ids, '{made_on,made_precision}') h ON h.target_id = c.id
        WHERE c.recorded_at IS NOT NULL AND (ids IS NULL OR c.id = ANY (ids))
    )
    SELECT s.subject_kind, s.subject_id, m.id, '', m.made_on, m.made_precision::text, m.made_on, NULL::date,
        greatest(m.known_from, s.known_from), least(m.known_until, s.known_until)
    FROM made m JOIN tracking_commitment_subjects(ids) s ON s.commitment_id = m.id
    WHERE greatest(m.known_from, s.known_from) < coalesce(least(m.known_until, s.known_until), 'infinity');
END
$$;

-- Restatements: the first statement is told by the commitment's own line.
CREATE FUNCTION tracking_lines_of_statement(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    of_commitments bigint[];
BEGIN
    IF ids IS NOT NULL THEN
        of_commitments := ARRAY (SELECT DISTINCT commitment_id FROM tracking_statement WHERE id = ANY (ids));
    END IF;
    RETURN QUERY
    WITH said AS MATERIALIZED (
        SELECT t.id, t.commitment_id, t.membership_id, t.ministry_id,
            greatest(t.recorded_at, h.known_from) AS known_from, h.known_until,
            CASE WHEN h.said ? 'said_on' THEN (h.said ->> 'said_on')::date ELSE t.said_on END AS said_on,
            coalesce(h.said ->> 'said_precision', t.said_precision) AS said_precision
        FROM tracking_statement t
        LEFT JOIN tracking_history('statement', ids, '{said_on,said_precision}') h ON h.target_id = t.id
        WHERE t.recorded_at IS NOT NULL AND NOT t.is_original AND (ids IS NULL OR t.id = ANY (ids))
    ),
    speakers AS (
        SELECT said.id, 'official' AS subject_kind, m.official_id AS subject_id
        FROM said JOIN government_membership m ON m.id = said.membership_id
        UNION
        SELECT id, 'ministry', ministry_id FROM said WHERE ministry_id IS NOT NULL
    ),
    -- Who spoke hears of it from the day the commitment itself is public, as everybody does.
    subjects AS (
        SELECT s.commitment_id, said.id, s.subject_kind, s.subject_id, s.known_from, s.known_until
        FROM said JOIN tracking_commitment_subjects(of_commitments) s ON s.commitment_id = said.commitment_id
        UNION ALL
        SELECT said.commitment_id, said.id, p.subject_kind, p.subject_id, c.recorded_at, NULL
        FROM said
        JOIN speakers p ON p.id = said.id
        JOIN government_commitment c ON c.id = said.commitment_id AND c.recorded_at IS NOT NULL
    ),
    known AS (
        SELECT s.subject_kind, s.subject_id, said.id, said.said_on, said.said_precision,
            unnest(range_agg(tstzrange(
                greatest(said.known_from, s.known_from), least(said.known_until, s.known_until)
            ))) AS stretch
        FROM said JOIN subjects s ON s.id = said.id
        WHERE greatest(said.known_from, s.known_from)
            < coalesce(least(said.known_until, s.known_until), 'infinity')
        GROUP BY s.subject_kind, s.subject_id, said.id, said.said_on, said.said_precision
    )
    SELECT k.subject_kind, k.subject_id, k.id, '', k.said_on, k.said_precision::text, k.said_on, NULL::date,
        lower(k.stretch), upper(k.stretch)
    FROM known k;
END
$$;

CREATE FUNCTION tracking_lines_of_evidence(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    of_commitments bigint[];
BEGIN
    IF ids IS NOT NULL THEN
        of_commitments := ARRAY (SELECT DISTINCT commitment_id FROM tracking_evidence WHERE id = ANY (ids));
    END IF;
    RETURN QUERY
    SELECT s.subject_kind, s.subject_id, e.id, '', e.dated_on, 'day', e.dated_on, NULL::date,
        greatest(e.recorded_at, s.known_from), s.known_until
    FROM tracking_evidence e
    JOIN tracking_commitment_subjects(of_commitments) s ON s.commitment_id = e.commitment_id
    WHERE e.recorded_at IS NOT NULL AND (ids IS NULL OR e.id = ANY (ids))
        AND greatest(e.recorded_at, s.known_from) < coalesce(s.known_until, 'infinity');
END
$$;

-- A status holds on the clock of what we knew until it is withdrawn or replaced.
CREATE FUNCTION tracking_lines_of_status(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    of_commitments bigint[];
BEGIN
    IF ids IS NOT NULL THEN
        of_commitments := ARRAY (SELECT DISTINCT commitment_id FROM tracking_assessment WHERE id = ANY (ids));
    END IF;
    RETURN QUERY
    WITH withdrawn AS (
        SELECT assessment_id, min(recorded_at) AS retired_at
        FROM tracking_ruling
        WHERE kind = 'withdrawn' AND (ids IS NULL OR assessment_id = ANY (ids))
        GROUP BY assessment_id
    ),
    replaced AS (
        SELECT supersedes_id, min(recorded_at) AS retired_at
        FROM tracking_assessment
        WHERE supersedes_id IS NOT NULL AND recorded_at IS NOT NULL AND (ids IS NULL OR supersedes_id = ANY (ids))
        GROUP BY supersedes_id
    ),
    judged AS (
        SELECT a.id, a.commitment_id, a.effective_from, a.recorded_at,
            least(w.retired_at, r.retired_at) AS retired_at
        FROM tracking_assessment a
        LEFT JOIN withdrawn w ON w.assessment_id = a.id
        LEFT JOIN replaced r ON r.supersedes_id = a.id
        WHERE a.recorded_at IS NOT NULL AND (ids IS NULL OR a.id = ANY (ids))
    )
    SELECT s.subject_kind, s.subject_id, j.id, '', j.effective_from, 'day', j.effective_from, NULL::date,
        greatest(j.recorded_at, s.known_from), least(j.retired_at, s.known_until)
    FROM judged j JOIN tracking_commitment_subjects(of_commitments) s ON s.commitment_id = j.commitment_id
    WHERE greatest(j.recorded_at, s.known_from) < coalesce(least(j.retired_at, s.known_until), 'infinity');
END
$$;

-- A step is told twice: on the day it is due, which is known from the promise on, and on the day it was reached.
CREATE FUNCTION tracking_lines_of_milestone(ids bigint[]) RETURNS SETOF tracking_line
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    of_commitments bigint[];
BEGIN
    IF ids IS NOT NULL THEN
        of_commitments := ARRAY (SELECT DISTINCT commitment_id FROM government_milestone WHERE id = ANY (ids));
    END IF;
    RETURN QUERY
    WITH steps AS (
        SELECT m.id, m.commitment_id, 'due' AS variant,
            CASE WHEN h.said ? 'due_on' THEN (h.said ->> 'due_on')::date ELSE m.due_on END AS happened_on,
            coalesce(h.said ->> 'due_precision', m.due_precision) AS exactness,
            c.made_on AS holds_from,
            greatest(m.recorded_at, h.known_from) AS known_from, h.known_until
        FROM government_milestone m
        JOIN government_commitment c ON c.id = m.commitment_id
        LEFT JOIN tracking_history('milestone', ids, '{due_on,due_precision}') h ON h.target_id = m.id
        WHERE m.recorded_at IS NOT NULL AND (ids IS NULL OR m.id = ANY (ids))
        UNION ALL
        SELECT m.id, m.commitment_id, 'reached',
            CASE WHEN h.said ? 'reached_on' THEN (h.said ->> 'reached_on')::date ELSE m.reached_on END,
            'day', NULL,
            greatest(m.recorded_at, m.reached_recorded_at, h.known_from), h.known_until
        FROM government_milestone m
        LEFT JOIN tracking_history('milestone', ids, '{reached_on}') h ON h.target_id = m.id
        WHERE m.recorded_at IS NOT NULL AND (ids IS NULL OR m.id = ANY (ids))
    )
    SELECT s.subject_kind, s.subject_id, t.id, t.variant, t.happened_on, t.exactness::text,
        least(t.holds_from, t.happened_on), NULL::date,
        greatest(t.known_from, s.known_from), least(t.known_until, s.known_until)
    FROM steps t JOIN tracking_commitment_subjects(of_commitments) s ON s.commitment_id = t.commitment_id
    WHERE t.happened_on IS NOT NULL
        AND greatest(t.known_from, s.known_from) < coalesce(least(t.known_until, s.known_until), 'infinity');
END
$$;
