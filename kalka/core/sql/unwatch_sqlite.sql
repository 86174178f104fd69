DROP TRIGGER {table}_is_watched_{change}
