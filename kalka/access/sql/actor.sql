-- Who stands behind a session's token, in one question: session, user, the user's own key, and the post acted in.
-- The post the session names comes first; a post that is no longer held, or not yet, never comes.
-- And, so that nobody has to ask for it, which reference data is in force (core.memory); how many sessions of the same
-- person are newer; whether a recovery of the account was asked for that the person has not seen.
SELECT s.id, s.user_id, s.stage, s.seen_at, s.ends_at, s.ended_at, s.post_id, s.scopes,
       u.active, u.subject_id, u.name, k.wrapped,
       (SELECT token FROM core_reference WHERE id = 1),
       s.started_at, s.confirmed_at,
       (SELECT count(*) FROM accounts_session n
        WHERE n.user_id = s.user_id AND n.ended_at IS NULL AND n.id > s.id AND n.stage = 'full'),
       EXISTS (SELECT 1 FROM accounts_recovery r WHERE r.user_id = s.user_id AND r.seen_at IS NULL),
       p.id, p.role, p.organisation_id, p.place, p.leads
FROM accounts_session s
JOIN accounts_user u ON u.id = s.user_id
LEFT JOIN vault_subjectkey k ON k.subject_id = u.subject_id AND k.klass = 'own'
LEFT JOIN directory_holding h ON h.user_id = u.id AND h.since <= %(today)s AND (h.until IS NULL OR h.until >= %(today)s)
LEFT JOIN directory_post p ON p.id = h.post_id AND p.since <= %(today)s AND (p.until IS NULL OR p.until >= %(today)s)
WHERE s.token = %(token)s
ORDER BY CASE WHEN p.id = s.post_id THEN 0 WHEN p.id IS NOT NULL THEN 1 ELSE 2 END, p.id
LIMIT 1
