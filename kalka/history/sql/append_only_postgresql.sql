CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'history is only ever appended to'; END $$;

CREATE TRIGGER history_event_is_not_changed BEFORE UPDATE OR DELETE ON history_event
FOR EACH ROW EXECUTE FUNCTION history_is_append_only();
