DROP TRIGGER {table}_is_watched ON {table}
