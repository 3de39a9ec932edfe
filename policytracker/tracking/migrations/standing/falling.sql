-- The trigger of every table that a kept standing rests on: what changed falls, and is computed until it is kept anew.
-- Its argument is a query over `changed` that answers with commitments.
--
-- Whoever keeps a standing locks its commitment against `KEY SHARE` first, then computes: so no standing is kept while a
-- change of it is under way, and a change that comes later finds it and lets it fall.
CREATE FUNCTION tracking_standing_falls() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
BEGIN
    EXECUTE format(
        CASE TG_OP
        WHEN 'UPDATE' THEN 'WITH changed AS (SELECT * FROM before UNION ALL SELECT * FROM after) SELECT array_agg(DISTINCT id) FROM (%s) fallen (id)'
        ELSE 'SELECT array_agg(DISTINCT id) FROM (%s) fallen (id)' END,
        TG_ARGV[0]
    ) INTO ids;
    IF ids IS NOT NULL THEN
        PERFORM FROM government_commitment WHERE id = ANY (ids) ORDER BY id FOR KEY SHARE;
        -- In order, so that two writers who change several wait for each other, not both for ever.
        PERFORM FROM tracking_keptstanding WHERE commitment_id = ANY (ids) ORDER BY commitment_id FOR UPDATE;
        DELETE FROM tracking_keptstanding WHERE commitment_id = ANY (ids);
    END IF;
    RETURN NULL;
END
$$;
