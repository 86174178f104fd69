-- The policies of one table. What {seen} and {made} mean stands in kalka.access.guarding. The parts in brackets of their
-- own are asked once a statement.
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY

ALTER TABLE {table} FORCE ROW LEVEL SECURITY

DROP POLICY IF EXISTS kalka_read ON {table}

DROP POLICY IF EXISTS kalka_change ON {table}

DROP POLICY IF EXISTS kalka_remove ON {table}

DROP POLICY IF EXISTS kalka_make ON {table}

CREATE POLICY kalka_read ON {table} FOR SELECT USING ({seen})

CREATE POLICY kalka_change ON {table} FOR UPDATE USING ({seen})

CREATE POLICY kalka_remove ON {table} FOR DELETE USING ({seen})

CREATE POLICY kalka_make ON {table} FOR INSERT WITH CHECK ({made})
