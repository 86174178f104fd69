-- The cases an actor may see, the newest grant first: what `access.visible` says, in one statement. The part between the
-- marks is repeated for each holder of the actor (post, organisation), so that each walks its own index and stops at
-- {most}: "walked" is fenced off, and what is asked of each row of it stands in a CASE, so that no plan can begin by
-- joining and sorting all the actor sees. A case seen through several grants stands once, at its newest. The walk to open
-- cases goes down an index without the grants of closed ones; a grant newer than the closing is not marked, so each case
-- is asked as well.
-- Numbers and words in braces are ours and part of the statement: a plan must know how soon it may stop.
WITH seen AS MATERIALIZED (
/*each holder*/
SELECT * FROM (
    SELECT walked.grant_id, walked.subject_id
    FROM (
        SELECT g.id AS grant_id, g.subject_id
        FROM access_grant g
        WHERE g.holder = %(holder)s AND NOT g.of_report{narrowed} AND g.id < %(after)s
          AND g.scope = 'file' AND g.since <= %(now)s AND (g.until IS NULL OR g.until > %(now)s)
        ORDER BY g.id DESC
        {fence}
    ) AS walked
    WHERE CASE
        WHEN walked.subject_id IN (SELECT w.subject_id FROM access_wall w WHERE w.user_id = %(user)s) THEN FALSE
        WHEN NOT COALESCE((
            SELECT {wanted}
            FROM cases_case c WHERE c.subject_id = walked.subject_id
        ), FALSE) THEN FALSE
        ELSE NOT EXISTS (
            SELECT 1 FROM access_grant n
            WHERE n.subject_id = walked.subject_id AND n.id > walked.grant_id AND n.holder IN (%(holders)s)
              AND n.scope = 'file' AND n.since <= %(now)s AND (n.until IS NULL OR n.until > %(now)s))
        END
    ORDER BY walked.grant_id DESC
    LIMIT {most}) AS own
/*end*/
ORDER BY grant_id DESC
LIMIT {most}
)
SELECT page.grant_id, c.ref, c.kind, c.place, c.opened_on, c.subject_id,
       (SELECT t.stage FROM cases_stagechange t WHERE t.case_id = c.id ORDER BY t.number DESC LIMIT 1) AS stage,
       (SELECT COUNT(*) FROM seen) AS counted
FROM (SELECT * FROM seen ORDER BY grant_id DESC LIMIT {limit}) AS page
JOIN cases_case c ON c.subject_id = page.subject_id
ORDER BY page.grant_id DESC
