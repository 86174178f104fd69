SELECT d.id, d.subject_id, d.kind, d.assignee_id, d.due_at, d.basis, d.level, d.about, d.escalations, d.recorded_at,
       CASE WHEN d.at_once OR d.kind IN ({first}) THEN -1
            WHEN d.due_at IS NULL THEN 2
            WHEN d.due_at < %(now)s THEN 0
            WHEN d.due_at < %(tomorrow)s THEN 1
            WHEN d.due_at < %(week)s THEN 3
            ELSE 4 END AS part,
       COUNT(*) OVER () AS whole
  FROM duties_duty d
 WHERE d.assignee_id = %(post)s
   AND d.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM access_wall w WHERE w.subject_id = d.subject_id AND w.user_id = %(user)s)
 ORDER BY part, d.due_at, d.id
 LIMIT %(most)s OFFSET %(before)s
