"""SQL functions that PostgreSQL lacks: a value as the JSON text that SQLite writes, and the tally's trigger.

Texts must be equal to the last byte, whichever store wrote them.  PostgreSQL's own conversions depend on
settings and cannot be used in a generated column; these do not, as every connection sets what they read.
"""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION icosa_text(text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$BEGIN RETURN to_json($1)::text; END$$;

CREATE OR REPLACE FUNCTION icosa_list(text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$BEGIN RETURN array_to_json($1)::text; END$$;

CREATE OR REPLACE FUNCTION icosa_moment(timestamptz) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$BEGIN RETURN to_char($1 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'); END$$;

CREATE OR REPLACE FUNCTION icosa_day(date) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$BEGIN RETURN to_char($1, 'YYYY-MM-DD'); END$$;

-- A whole number below 2^53 plain; of any other as few digits as bring it back.
CREATE OR REPLACE FUNCTION icosa_number(x double precision) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$DECLARE
  shortest numeric;
  digits text;
  ten integer;  -- the power of ten of the first digit
BEGIN
  IF x = trunc(x) AND abs(x) < 9007199254740992 THEN
    RETURN (x::bigint)::text;
  END IF;
  shortest := abs((x::text)::numeric);
  digits := ltrim(replace(shortest::text, '.', ''), '0');
  IF shortest >= 1 THEN
    ten := length(trunc(shortest)::text) - 1;
  ELSE
    ten := length(digits) - scale(shortest) - 1;
  END IF;
  digits := rtrim(digits, '0');
  IF ten < -4 OR ten > 16 THEN
    digits := left(digits, 1) || '.' || coalesce(nullif(substr(digits, 2), ''), '0')
      || 'e' || CASE WHEN ten < 0 THEN '-' ELSE '+' END || lpad(abs(ten)::text, greatest(2, length(abs(ten)::text)), '0');
  ELSIF ten < 0 THEN
    digits := '0.' || repeat('0', -ten - 1) || digits;
  ELSIF length(digits) <= ten + 1 THEN
    digits := rpad(digits, ten + 1, '0') || '.0';
  ELSE
    digits := left(digits, ten + 1) || '.' || substr(digits, ten + 2);
  END IF;
  RETURN CASE WHEN x < 0 THEN '-' ELSE '' END || digits;
END$$;

-- Counts what a statement did: its rows are icosa_old before it and icosa_new after.  Arguments: the object, and
-- "positioned" where its records have a position.  The ends only ever go outwards, so those of rows that moved are looked at
-- beside those that the same rows had: no row is looked for in the other table, and a statement takes as long for each row
-- as for the first.  What is written record by record pays for each statement in here, so there are few.
CREATE OR REPLACE FUNCTION icosa_count() RETURNS trigger LANGUAGE plpgsql AS
$$DECLARE
  change bigint;
  lowest double precision;
  highest double precision;
  counts boolean;
BEGIN
  IF TG_OP = 'INSERT' AND TG_NARGS > 1 THEN
    UPDATE icosa_tally_part SET live = live + n.alive, first = least(first, n.low), last = greatest(last, n.high)
      FROM (SELECT count(*) FILTER (WHERE "deletedAt" IS NULL) AS alive, min("position") AS low, max("position") AS high FROM icosa_new) n
      WHERE object = TG_ARGV[0] AND part = pg_backend_pid() % 16 AND (n.alive > 0 OR n.low IS NOT NULL);
  ELSIF TG_OP = 'UPDATE' AND TG_NARGS > 1 THEN  -- most change nothing that is counted
    SELECT n.alive - o.alive, n.low, n.high,
        n.alive <> o.alive OR n.low < coalesce(o.low, 'infinity') OR n.high > coalesce(o.high, '-infinity')
      INTO change, lowest, highest, counts
      FROM (SELECT count(*) FILTER (WHERE "deletedAt" IS NULL) AS alive, min("position") AS low, max("position") AS high FROM icosa_new) n,
        (SELECT count(*) FILTER (WHERE "deletedAt" IS NULL) AS alive, min("position") AS low, max("position") AS high FROM icosa_old) o;
    IF counts THEN
      UPDATE icosa_tally_part SET live = live + change, first = least(first, lowest), last = greatest(last, highest)
        WHERE object = TG_ARGV[0] AND part = pg_backend_pid() % 16;
    END IF;
  ELSIF TG_OP = 'DELETE' THEN
    UPDATE icosa_tally_part SET live = live - o.alive
      FROM (SELECT count(*) FILTER (WHERE "deletedAt" IS NULL) AS alive FROM icosa_old) o
      WHERE object = TG_ARGV[0] AND part = pg_backend_pid() % 16 AND o.alive > 0;
  ELSIF TG_OP = 'INSERT' THEN
    UPDATE icosa_tally_part SET live = live + n.alive
      FROM (SELECT count(*) FILTER (WHERE "deletedAt" IS NULL) AS alive FROM icosa_new) n
      WHERE object = TG_ARGV[0] AND part = pg_backend_pid() % 16 AND n.alive > 0;
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE icosa_tally_part SET live = live + n.alive - o.alive
      FROM (SELECT count(*) FILTER (WHERE "deletedAt" IS NULL) AS alive FROM icosa_new) n,
        (SELECT count(*) FILTER (WHERE "deletedAt" IS NULL) AS alive FROM icosa_old) o
      WHERE object = TG_ARGV[0] AND part = pg_backend_pid() % 16 AND n.alive <> o.alive;
  ELSE  -- TRUNCATE: nobody else has a row of this table that is not committed
    UPDATE icosa_tally_part SET live = 0, first = NULL, last = NULL WHERE object = TG_ARGV[0];
  END IF;
  RETURN NULL;
END$$;
"""

PARTS = 16
"""How many lines an object's tally has.  A connection writes to one of them, so that those who write at the
same time seldom wait for each other's commit."""

FORGET_KEY = """
CREATE OR REPLACE FUNCTION icosa_forget_key() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM icosa_key;
  ELSE
    DELETE FROM icosa_key WHERE api_key_id = OLD."id";
  END IF;
  RETURN NULL;
END$$
"""

LOWER = """
CREATE OR REPLACE FUNCTION icosa_lower(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$SELECT lower($1 COLLATE {collation})$$;
"""
"""Lower case in every script.  ICU's root collation folds as Unicode says; a server that was built without
ICU folds as its database's locale does."""
