SELECT COUNT(CASE WHEN d.due_at < %(now)s THEN 1 END),
       COUNT(CASE WHEN d.due_at >= %(now)s AND d.due_at < %(tomorrow)s THEN 1 END),
       COUNT(*)
  FROM duties_duty d
 WHERE d.assignee_id = %(post)s
   AND d.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM access_wall w WHERE w.subject_id = d.subject_id AND w.user_id = %(user)s)
