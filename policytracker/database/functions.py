"""SQL for migrations that take functions of the database back, or put them back as an earlier file has them."""

DROPPED = """
DO $$
DECLARE
    made regprocedure;
BEGIN
    FOR made IN SELECT oid FROM pg_proc
        WHERE pronamespace = current_schema::regnamespace AND proname ~ '^(%s)$'
    LOOP
        EXECUTE 'DROP FUNCTION ' || made || ' CASCADE';
    END LOOP;
END $$;
"""


def dropped(names: str) -> str:
    """SQL that drops every function whose whole name matches the expression, and the triggers that call it."""
    return DROPPED % names


def put_back(file: str, *names: str) -> str:
    """SQL that makes these functions (all, when none is named) what the text of a file of SQL says they are.

    Raises ValueError when the file does not make one of them.
    """
    made = "\n".join(_function(file, name) for name in names) if names else file
    return made.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def _function(file: str, name: str) -> str:
    start = file.index(f"CREATE FUNCTION {name}(")
    return file[start : file.index("\n$$;", start) + len("\n$$;")]
