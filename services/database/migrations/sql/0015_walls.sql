-- What stood when `migrate` was done: every wall by name, with a digest of its definition.
ALTER TABLE gatekeeper_version ADD COLUMN walls jsonb;
