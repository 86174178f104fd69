CREATE OR REPLACE FUNCTION core_reference_changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    INSERT INTO core_reference (id, token) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token;
    RETURN NULL;
END $$;

CREATE TRIGGER {table}_is_watched AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION core_reference_changed();

INSERT INTO core_reference (id, token) VALUES (1, gen_random_uuid()) ON CONFLICT (id) DO NOTHING;
