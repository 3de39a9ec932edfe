"""Copies of a text are found through the index of fingerprints, whatever the planner believes of them.

Of arrays whose elements hardly ever repeat it has no statistics: it takes a quarter of all articles for copies of any
text and reads the whole table. Within this function it may not.
"""

from django.db import migrations

ALIKE = """
CREATE FUNCTION articles_alike(prints bigint[], probes integer, share double precision, me bigint, most integer)
RETURNS TABLE (id bigint, shingles bigint[])
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY
    SELECT likely.id, likely.shingles
    FROM articles_article AS likely,
         LATERAL (SELECT count(*) AS common FROM unnest(likely.shingles) AS one WHERE one = ANY (prints)) AS counted
    WHERE likely.shingles && prints[1:probes] AND likely.id <> me
      AND counted.common >= share * greatest(cardinality(likely.shingles), cardinality(prints))
    ORDER BY counted.common DESC, likely.id
    LIMIT most;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_keeps_snapshots")]

    operations = [
        migrations.RunSQL(ALIKE, "DROP FUNCTION articles_alike(bigint[], integer, double precision, bigint, integer)"),
    ]
