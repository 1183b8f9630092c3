-- Machine clients: an agency's own system, registered by its administrator, with public keys and a list of operations.

CREATE TABLE machine_client (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    agency_id uuid NOT NULL REFERENCES agency,
    member_id uuid NOT NULL UNIQUE REFERENCES member,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    purpose text NOT NULL CHECK (length(purpose) BETWEEN 1 AND 500),
    function text NOT NULL,
    operations text[] NOT NULL CHECK (cardinality(operations) BETWEEN 1 AND 32),
    valid_from date NOT NULL,
    valid_until date NOT NULL CHECK (valid_until > valid_from AND valid_until <= valid_from + 731),
    registered_at timestamptz NOT NULL,
    proposal_id uuid NOT NULL REFERENCES administrative_proposal,
    last_token_at timestamptz,
    ended_at timestamptz CHECK (ended_at >= registered_at)
);
CREATE INDEX machine_client_by_agency ON machine_client (agency_id, registered_at);

-- One key belongs to one client for ever: whoever holds it acts as that client only.
CREATE TABLE machine_key (
    thumbprint text PRIMARY KEY,
    machine_client_id uuid NOT NULL REFERENCES machine_client,
    kid text NOT NULL CHECK (length(kid) BETWEEN 1 AND 100),
    jwk jsonb NOT NULL CHECK (jsonb_typeof(jwk) = 'object'),
    valid_from date NOT NULL,
    valid_until date NOT NULL CHECK (valid_until > valid_from),
    UNIQUE (machine_client_id, kid)
);

-- Assertions that were used up, until they could no longer be used anyway.
CREATE TABLE machine_assertion (
    machine_client_id uuid NOT NULL REFERENCES machine_client,
    jti_hash bytea NOT NULL CHECK (length(jti_hash) = 32),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (machine_client_id, jti_hash)
);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['machine_client', 'machine_key', 'machine_assertion'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;
