-- What the application's role may do. The record and the history are only ever added to, and the tables are not its own.
GRANT USAGE ON SCHEMA public TO {role}

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}

GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}

REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}

REVOKE UPDATE, DELETE ON core_auditentry, core_auditseal, core_auditkey, core_auditcheckpoint, history_event FROM {role}
