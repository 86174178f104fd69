-- Whether somebody holds a post on a day whom no wall shuts out of a subject.
SELECT 1
FROM directory_post p
JOIN directory_holding h ON h.post_id = p.id AND h.since <= %(on)s AND (h.until IS NULL OR h.until >= %(on)s)
WHERE p.id = %(post)s AND p.since <= %(on)s AND (p.until IS NULL OR p.until >= %(on)s)
  AND NOT EXISTS (SELECT 1 FROM access_wall w WHERE w.subject_id = %(subject)s AND w.user_id = h.user_id)
LIMIT 1
