-- A provider's client secret is kept sealed with a key that is not in the database. What stands from before is sealed by
-- `migrate` right after this; until then the constraint binds what is written only.

ALTER TABLE provider ADD CONSTRAINT provider_secret_sealed
    CHECK (client_secret IS NULL OR client_secret LIKE 'sealed:%') NOT VALID;
