"""What a database is made of, in the words of its own catalogue: two schemas are the same when these lines are."""

from django.db import connection

MADE = """
WITH ours AS (SELECT current_schema::regnamespace AS schema)
SELECT format('column %s.%s %s %s %s %s', t.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN 'not null' END, pg_get_expr(d.adbin, d.adrelid), concat(a.attidentity, a.attgenerated))
FROM pg_class t JOIN ours ON t.relnamespace = schema
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
WHERE t.relkind NOT IN ('i', 'I')
UNION ALL
SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint JOIN ours ON connamespace = schema
UNION ALL
SELECT format('index %s', pg_get_indexdef(i.indexrelid))
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN ours ON t.relnamespace = schema
UNION ALL
SELECT format('trigger %s %s', pg_get_triggerdef(g.oid), g.tgenabled)
FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid JOIN ours ON t.relnamespace = schema WHERE NOT g.tgisinternal
UNION ALL
SELECT format('function %s', pg_get_functiondef(f.oid))
FROM pg_proc f JOIN ours ON f.pronamespace = schema
WHERE f.prokind = 'f' AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = f.oid AND e.deptype = 'e')
UNION ALL
SELECT format('comment on %s.%s %s', c.objoid::regclass, c.objsubid, c.description)
FROM pg_description c JOIN pg_class t ON t.oid = c.objoid AND c.classoid = 'pg_class'::regclass JOIN ours ON t.relnamespace = schema
UNION ALL
SELECT format('extension %s', extname) FROM pg_extension
"""


def catalogue() -> set[str]:
    """One line for each column, constraint, index, trigger, function and comment of the schema, and each extension."""
    with connection.cursor() as cursor:
        cursor.execute(MADE)
        return {line for (line,) in cursor.fetchall()}
