-- The cases an actor may see, the newest grant first: what `access.visible` says, in one statement.
-- The part between the marks is repeated for each holder of the actor (post, organisation), so that each walks its own
-- index and stops at the limit. (The state is asked for as one boolean: PostgreSQL takes half of the rows for it, and
-- walks; of an equation it expects so few that it sorts all the actor sees.) A case seen through several grants stands once, at its newest.
SELECT grant_id, ref, kind, place, opened_on, subject_id, stage
FROM (
/*each holder*/
SELECT * FROM (SELECT * FROM (
    SELECT g.id AS grant_id, c.ref, c.kind, c.place, c.opened_on, c.subject_id,
           (SELECT s.stage FROM cases_stagechange s WHERE s.case_id = c.id ORDER BY s.number DESC LIMIT 1) AS stage
    FROM access_grant g
    JOIN cases_case c ON c.subject_id = g.subject_id
    WHERE g.holder = %(holder)s
      AND g.scope = 'file' AND g.since <= %(now)s AND (g.until IS NULL OR g.until > %(now)s)
      AND g.id < %(after)s
      AND NOT EXISTS (SELECT 1 FROM access_wall w WHERE w.user_id = %(user)s AND w.subject_id = g.subject_id)
      AND NOT EXISTS (
          SELECT 1 FROM access_grant n
          WHERE n.subject_id = g.subject_id AND n.id > g.id AND n.holder IN (%(holders)s)
            AND n.scope = 'file' AND n.since <= %(now)s AND (n.until IS NULL OR n.until > %(now)s))
) AS one
WHERE CASE WHEN %(closed)s = 2 THEN TRUE WHEN stage = 'closed' THEN %(closed)s = 1 ELSE %(closed)s = 0 END
ORDER BY grant_id DESC
LIMIT %(limit)s) AS own
/*end*/
) AS every
ORDER BY grant_id DESC
LIMIT %(limit)s
