-- How long a session may rest, how fresh a sign-in is, and what a provider said about its end.

ALTER TABLE session
    ADD COLUMN idle_limit interval CHECK (idle_limit > interval '0'), -- NULL: a service's, which may rest
    ADD COLUMN ended_because text;
-- Row security binds the owner as well, so that it finds no rows to change.
SET LOCAL ROLE concordat_gatekeeper;
UPDATE session SET idle_limit = interval '30 minutes'
WHERE ended_at IS NULL AND member_id IN (SELECT m.id FROM member m WHERE NOT m.is_service);
SET LOCAL ROLE concordat_owner;

-- Uses are added and never changed: two requests of one session at the same moment cannot get in each other's way.
CREATE TABLE session_use (
    session_id uuid NOT NULL REFERENCES session,
    used_at timestamptz NOT NULL
);
CREATE INDEX session_use_latest ON session_use (session_id, used_at DESC);
CREATE INDEX session_use_by_age ON session_use (used_at);

ALTER TABLE sign_in_flow ADD COLUMN step_up boolean NOT NULL DEFAULT false;
CREATE INDEX sign_in_flow_by_age ON sign_in_flow (expires_at);

-- The level a provider proves a step-up with. NULL: the time of the sign-in alone.
ALTER TABLE provider ADD COLUMN step_up_acr text CHECK (length(step_up_acr) BETWEEN 1 AND 255);

-- Logout tokens that were used, until they would be too old anyway.
CREATE TABLE logout_token (
    provider_id uuid NOT NULL REFERENCES provider,
    jti_hash bytea NOT NULL CHECK (length(jti_hash) = 32),
    forget_at timestamptz NOT NULL,
    PRIMARY KEY (provider_id, jti_hash)
);
CREATE INDEX logout_token_by_age ON logout_token (forget_at);
CREATE INDEX session_by_provider_session ON session (provider_session) WHERE ended_at IS NULL;

ALTER TABLE session_use ENABLE ROW LEVEL SECURITY;
ALTER TABLE session_use FORCE ROW LEVEL SECURITY;
ALTER TABLE logout_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE logout_token FORCE ROW LEVEL SECURITY;
GRANT ALL ON session_use, logout_token TO concordat_gatekeeper;
