-- What the policies ask of each row they stand before. Functions, so that a table's policy is one word in each plan it comes
-- into, and what stands behind it is planned once a connection. LIMIT keeps each look into the grants a look into their
-- index: a plan that gathers all that an agency was granted first would cost a large one dearly. COST is what a plan
-- reckons with, also where nobody is asked because the whole is seen: told a high one, the server walks past indexes.
CREATE OR REPLACE FUNCTION kalka_granted(subject uuid, enough text[]) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS $$
DECLARE moment timestamptz := nullif(current_setting('kalka.now', TRUE), '')::timestamptz;
BEGIN
  PERFORM 1 FROM access_grant g WHERE g.subject_id = subject
    AND g.holder = ANY(string_to_array(current_setting('kalka.holders', TRUE), ',')) AND g.scope = ANY(enough)
    AND g.since <= moment AND (g.until IS NULL OR g.until > moment) LIMIT 1;
  RETURN FOUND;
END $$

CREATE OR REPLACE FUNCTION kalka_unwalled(subject uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS $$
BEGIN
  PERFORM 1 FROM access_wall w WHERE w.subject_id = subject
    AND w.user_id = nullif(current_setting('kalka.actor', TRUE), '')::bigint LIMIT 1;
  RETURN NOT FOUND;
END $$

CREATE OR REPLACE FUNCTION kalka_unheard(subject uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1 AS $$
BEGIN
  IF nullif(current_setting('kalka.actor', TRUE), '') IS NULL THEN RETURN FALSE; END IF;
  PERFORM 1 FROM access_grant g WHERE g.subject_id = subject LIMIT 1;
  RETURN NOT FOUND;
END $$
