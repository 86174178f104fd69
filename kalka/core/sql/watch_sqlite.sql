-- No conflict clause in here: that of the statement that fires it (INSERT OR IGNORE) would take its place.
CREATE TRIGGER {table}_is_watched_{change} AFTER {change} ON {table}
BEGIN
    INSERT INTO core_reference (id, token)
    SELECT 1, '' WHERE NOT EXISTS (SELECT 1 FROM core_reference);
    UPDATE core_reference SET token = lower(hex(randomblob(16)));
END

INSERT OR IGNORE INTO core_reference (id, token) VALUES (1, lower(hex(randomblob(16))))
