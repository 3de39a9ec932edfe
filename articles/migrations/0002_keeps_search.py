"""What the trigger that keeps `Article.search` calls: a word of Hangul as its pairs of syllables."""

from django.db import migrations

BIGRAMS = """
CREATE FUNCTION hangul_bigrams(source text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT coalesce(string_agg(DISTINCT substr(run[1], i, 2), ' '), '')
    FROM regexp_matches(source, '[가-힣]{2,}', 'g') AS run,
         generate_series(1, char_length(run[1]) - 1) AS i
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(BIGRAMS, "DROP FUNCTION hangul_bigrams(text)"),
    ]
