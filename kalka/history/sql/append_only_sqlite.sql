CREATE TRIGGER history_event_is_not_changed BEFORE UPDATE ON history_event
BEGIN SELECT RAISE(ABORT, 'history is only ever appended to'); END;

CREATE TRIGGER history_event_is_not_removed BEFORE DELETE ON history_event
BEGIN SELECT RAISE(ABORT, 'history is only ever appended to'); END;
