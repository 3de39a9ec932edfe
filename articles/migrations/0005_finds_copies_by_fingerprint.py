"""Copies of a text are found through its smallest hashes, each a row of an index that gives the newest articles first.

The index of whole fingerprints had to be read for all articles that share any run of words with a text, and sites end
each of theirs with the same ones: the more articles there were, the longer every import took. Here a hash that many
share costs no more than one that few do.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

FILLED = """
INSERT INTO articles_fingerprint (print, article_id)
SELECT DISTINCT one, article.id FROM articles_article AS article, unnest(article.shingles[1:24]) AS one
"""
ALIKE = """
CREATE FUNCTION articles_alike(prints bigint[], share double precision, me bigint, most integer)
RETURNS TABLE (id bigint, shingles bigint[])
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY
    SELECT likely.id, likely.shingles
    FROM (
        SELECT kept.article_id
        FROM unnest(prints[1:24]) AS one,
             LATERAL (SELECT article_id FROM articles_fingerprint WHERE print = one ORDER BY article_id DESC LIMIT 20) AS kept
        WHERE kept.article_id <> me
        GROUP BY kept.article_id
        HAVING count(*) >= least(2, cardinality(prints))
        ORDER BY count(*) DESC, kept.article_id LIMIT 20
    ) AS candidate
    JOIN articles_article AS likely ON likely.id = candidate.article_id,
         LATERAL (SELECT count(*) AS common FROM unnest(likely.shingles) AS one WHERE one = ANY (prints)) AS counted
    WHERE counted.common >= share * greatest(cardinality(likely.shingles), cardinality(prints))
    ORDER BY counted.common DESC, likely.id
    LIMIT most;
END
$$
"""
DROPPED = "DROP FUNCTION articles_alike(bigint[], double precision, bigint, integer)"


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_finds_copies_by_index")]

    operations = [
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                ("pk", models.CompositePrimaryKey("print", "article", blank=True, editable=False, primary_key=True, serialize=False)),
                ("print", models.BigIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="fingerprints",
                        to="articles.article",
                    ),
                ),
            ],
            options={"verbose_name": "fingerprint", "verbose_name_plural": "fingerprints"},
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='keeps_fingerprints', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF TG_OP <> 'INSERT' THEN\n        DELETE FROM articles_fingerprint WHERE article_id = OLD.id AND print = ANY (OLD.shingles[1:24]);\n    END IF;\n    IF TG_OP <> 'DELETE' THEN\n        INSERT INTO articles_fingerprint (print, article_id)\n        SELECT DISTINCT one, NEW.id FROM unnest(NEW.shingles[1:24]) AS one;\n    END IF;\n    RETURN NULL;\n", hash='b645ab4bf61e2c51695ec150c9514fa360e0f28d', operation='INSERT OR UPDATE OF "shingles" OR DELETE', pgid='pgtrigger_keeps_fingerprints_7444a', table='articles_article', when='AFTER')),
        ),
        migrations.RunSQL(ALIKE, DROPPED),
        migrations.RemoveIndex(model_name="article", name="article_shingles"),
    ]
