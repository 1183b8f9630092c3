-- A session rests on what its provider last said of its person: how long that counts, and what it is asked again with.

-- Lengths that somebody decided, each with where it comes from.
CREATE TABLE session_rule (
    name text PRIMARY KEY CHECK (name IN ('ask_provider_again', 'provider_away')),
    lasts interval NOT NULL CHECK (lasts > interval '0'),
    source text NOT NULL CHECK (source <> ''),
    status text NOT NULL CHECK (status IN ('found', 'unverified', 'assumption'))
);
INSERT INTO session_rule (name, lasts, source, status) VALUES
    ('ask_provider_again', '15 minutes',
     'OWASP ASVS 5.0, 7.4.2: sessions end when an account is disabled. It names no time; this one is the platform''s.',
     'assumption'),
    ('provider_away', '30 minutes',
     'The platform''s own: how long work goes on while a provider that was asked again does not answer.', 'assumption');

-- One row for each session of a person. Its row is apart from the session's, which every request reads.
CREATE TABLE session_validation (
    session_id uuid PRIMARY KEY REFERENCES session,
    sealed_token bytea CHECK (octet_length(sealed_token) <= 8192),  -- NULL: the provider gave nothing to ask again with
    validated_at timestamptz NOT NULL,
    good_until timestamptz NOT NULL,
    asking_until timestamptz
);

ALTER TABLE provider ADD COLUMN closed_at timestamptz;

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['session_rule', 'session_validation'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;
