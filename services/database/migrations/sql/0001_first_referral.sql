-- Agencies, people of agencies, records and everything that hangs on a record.
-- Row security is on from the first moment: a table without a policy answers nothing.

-- ── Agencies and their people ────────────────────────────────────────────────

CREATE TABLE agency (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    on_platform boolean NOT NULL DEFAULT false,
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from)
);

CREATE TABLE agency_function (
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    nations text[],
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    PRIMARY KEY (agency_id, function, valid_from)
);

CREATE TABLE provider (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    slug text NOT NULL UNIQUE,
    agency_id uuid NOT NULL REFERENCES agency,
    issuer text NOT NULL,
    client_id text NOT NULL,
    client_secret text,
    UNIQUE (issuer, client_id)
);

CREATE TABLE member (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    agency_id uuid NOT NULL REFERENCES agency,
    provider_id uuid REFERENCES provider,
    subject text,
    display_name text NOT NULL,
    is_service boolean NOT NULL DEFAULT false,
    UNIQUE (provider_id, subject),
    CHECK (is_service = (provider_id IS NULL AND subject IS NULL))
);

CREATE TABLE member_function (
    member_id uuid NOT NULL REFERENCES member,
    function text NOT NULL,
    access_level text NOT NULL CHECK (access_level IN ('practitioner', 'approver', 'administrator', 'service')),
    valid_from date NOT NULL,
    valid_until date CHECK (valid_until > valid_from),
    PRIMARY KEY (member_id, function, valid_from)
);

CREATE TABLE team (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    name text NOT NULL,
    is_intake boolean NOT NULL DEFAULT false,
    UNIQUE (agency_id, function, name)
);
CREATE UNIQUE INDEX team_one_intake ON team (agency_id, function) WHERE is_intake;

CREATE TABLE team_membership (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    team_id uuid NOT NULL REFERENCES team,
    member_id uuid NOT NULL REFERENCES member,
    standing text NOT NULL CHECK (standing IN ('member', 'manager')),
    from_at timestamptz NOT NULL,
    until_at timestamptz CHECK (until_at >= from_at)
);
CREATE INDEX team_membership_by_member ON team_membership (member_id, team_id);

-- ── Signing in ───────────────────────────────────────────────────────────────

CREATE TABLE sign_in_flow (
    state_hash bytea PRIMARY KEY,
    browser_hash bytea NOT NULL,
    provider_id uuid NOT NULL REFERENCES provider,
    nonce text NOT NULL,
    verifier text NOT NULL,
    return_to text NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE TABLE session (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    member_id uuid NOT NULL REFERENCES member,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    authenticated_at timestamptz,
    acr text,
    provider_session text
);
CREATE INDEX session_by_member ON session (member_id) WHERE ended_at IS NULL;

-- ── Records and who may touch them ───────────────────────────────────────────

CREATE TABLE person (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL
);

CREATE TABLE record (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('case', 'duty_to_notify')),
    reference text NOT NULL UNIQUE,
    person_id uuid REFERENCES person,
    opened_at timestamptz NOT NULL,
    restricted boolean NOT NULL DEFAULT false,
    access_version integer NOT NULL DEFAULT 1,
    CHECK ((kind = 'case') = (person_id IS NOT NULL))
);

CREATE TABLE involvement (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    record_kind text NOT NULL,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    relation text NOT NULL,
    purpose text NOT NULL CHECK (purpose <> ''),
    lawful_basis text NOT NULL CHECK (lawful_basis <> ''),
    source text NOT NULL CHECK (source <> ''),
    given_by uuid NOT NULL REFERENCES member,
    from_at timestamptz NOT NULL,
    until_at timestamptz CHECK (until_at >= from_at),
    next_due date,
    record_open boolean NOT NULL DEFAULT true
);
CREATE UNIQUE INDEX involvement_once ON involvement (record_id, agency_id, function, relation) WHERE until_at IS NULL;
CREATE INDEX involvement_worklist ON involvement
    (agency_id, function, record_kind, (coalesce(next_due, DATE '9999-12-31')), from_at, record_id) WHERE until_at IS NULL AND record_open;
CREATE INDEX involvement_newest ON involvement (agency_id, function, record_kind, from_at, record_id) WHERE until_at IS NULL AND record_open;

CREATE TABLE involvement_scope (
    involvement_id uuid NOT NULL REFERENCES involvement,
    data_group text NOT NULL,
    item_id uuid,
    pinned_version integer CHECK (pinned_version > 0),
    recorded_at timestamptz NOT NULL
);
CREATE INDEX involvement_scope_by_involvement ON involvement_scope (involvement_id);

CREATE TABLE assignment (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    involvement_id uuid NOT NULL REFERENCES involvement,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    member_id uuid REFERENCES member,
    team_id uuid REFERENCES team,
    reason text NOT NULL CHECK (reason <> ''),
    given_by uuid NOT NULL REFERENCES member,
    from_at timestamptz NOT NULL,
    until_at timestamptz CHECK (until_at >= from_at),
    CHECK (num_nonnulls(member_id, team_id) = 1)
);
CREATE INDEX assignment_by_involvement ON assignment (involvement_id) WHERE until_at IS NULL;

-- How the actor stands to one record today; what the gatekeeper's functions hand to each other.
CREATE TYPE record_standing AS (
    record_id uuid, involvement_id uuid, relation text, purpose text, scoped boolean, scope text[], pins text[],
    classes text[]
);

CREATE TABLE access_bar (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    member_id uuid REFERENCES member,
    agency_id uuid REFERENCES agency,
    reason text NOT NULL CHECK (reason <> ''),
    given_by uuid REFERENCES member,
    from_at timestamptz NOT NULL,
    until_at timestamptz CHECK (until_at >= from_at),
    CHECK (num_nonnulls(member_id, agency_id) = 1)
);
CREATE INDEX access_bar_by_record ON access_bar (record_id);

CREATE TABLE lead_agency (
    record_id uuid NOT NULL REFERENCES record,
    from_at timestamptz NOT NULL,
    step integer NOT NULL CHECK (step > 0),
    agency_id uuid NOT NULL REFERENCES agency,
    because text NOT NULL CHECK (because <> ''),
    PRIMARY KEY (record_id, step)
);

-- ── What is in a record: append-only ─────────────────────────────────────────

CREATE TABLE case_fact (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    data_group text NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    note text,
    effective_from date NOT NULL,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL REFERENCES member,
    corrects uuid REFERENCES case_fact,
    CONSTRAINT case_fact_in_its_group CHECK ((kind, data_group) IN (  -- a fact changes classes: each has its own group
        ('stage', 'core'), ('nation', 'core'), ('age', 'identity'), ('age', 'duty_to_notify'),
        ('age_at_exploitation', 'identity'), ('current_town', 'contact'), ('current_region', 'contact'),
        ('cooperation', 'criminal_justice'), ('cooperation', 'duty_to_notify'), ('support_wanted', 'support_plan'),
        ('consent', 'referrer')))
);
CREATE INDEX case_fact_latest ON case_fact (record_id, kind, effective_from DESC, sequence DESC);

CREATE TABLE group_content (
    record_id uuid NOT NULL REFERENCES record,
    data_group text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL REFERENCES member,
    PRIMARY KEY (record_id, data_group, version)
);

CREATE TABLE group_summary (
    record_id uuid NOT NULL,
    data_group text NOT NULL,
    version integer NOT NULL,
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    PRIMARY KEY (record_id, data_group, version),
    FOREIGN KEY (record_id, data_group, version) REFERENCES group_content
);

CREATE TABLE referral (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL UNIQUE REFERENCES record,
    kind text NOT NULL CHECK (kind IN ('nrm', 'duty_to_notify')),
    organisation_code text NOT NULL,
    organisation_name text NOT NULL,
    nation text NOT NULL,
    channel text NOT NULL CHECK (channel IN ('online', 'email', 'fax', 'post')),
    form_version text NOT NULL,
    received_at timestamptz NOT NULL,
    source_agency_id uuid NOT NULL REFERENCES agency,
    external_id text,
    authority_row text,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL REFERENCES member,
    UNIQUE (source_agency_id, external_id),
    CHECK ((kind = 'nrm') = (authority_row IS NOT NULL))
);

CREATE TABLE decision (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    kind text NOT NULL CHECK (kind IN ('reasonable_grounds', 'conclusive_grounds')),
    outcome text NOT NULL CHECK (outcome IN ('positive', 'negative')),
    issued_on date NOT NULL,
    authority_id uuid NOT NULL REFERENCES agency,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL REFERENCES member
);
CREATE INDEX decision_by_record ON decision (record_id, issued_on);

CREATE TABLE clock (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    kind text NOT NULL,
    form text NOT NULL CHECK (form IN ('target', 'minimum', 'limit', 'expiry', 'open')),
    awaits text NOT NULL,
    awaits_agency_id uuid NOT NULL REFERENCES agency,
    starts_on date NOT NULL,
    due_on date,
    proof jsonb NOT NULL,
    regime_row text,
    recorded_at timestamptz NOT NULL,
    ended_at timestamptz,
    CHECK ((form = 'open') = (due_on IS NULL))
);
CREATE INDEX clock_by_record ON clock (record_id) WHERE ended_at IS NULL;

-- ── The ledger, notices, and once-only writes ────────────────────────────────

CREATE TABLE access_record (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    at timestamptz NOT NULL,
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    session_id uuid NOT NULL REFERENCES session,
    member_id uuid NOT NULL REFERENCES member,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    access_level text NOT NULL,
    act text NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('viewed', 'disclosed', 'refused')),
    record_id uuid,
    involvements uuid[] NOT NULL DEFAULT '{}',
    relations text[] NOT NULL DEFAULT '{}',
    classes text[] NOT NULL DEFAULT '{}',
    purposes text[] NOT NULL DEFAULT '{}',
    groups text[] NOT NULL DEFAULT '{}',
    summaries text[] NOT NULL DEFAULT '{}',
    pins text[] NOT NULL DEFAULT '{}',
    writes text[] NOT NULL DEFAULT '{}',
    refused text[] NOT NULL DEFAULT '{}',
    rules text[] NOT NULL DEFAULT '{}',
    policy_version text
);
CREATE INDEX access_record_by_transaction ON access_record (transaction, session_id);
CREATE INDEX access_record_by_record ON access_record (record_id, at);

CREATE TABLE outbox (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL,
    record_id uuid REFERENCES record,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    about_agency_id uuid REFERENCES agency,
    session_id uuid NOT NULL REFERENCES session,
    created_at timestamptz NOT NULL,
    delivered_at timestamptz
);
CREATE INDEX outbox_waiting ON outbox (created_at, id) WHERE delivered_at IS NULL;

CREATE TABLE notice (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    record_id uuid REFERENCES record,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    about_agency_id uuid REFERENCES agency,
    created_at timestamptz NOT NULL
);
CREATE INDEX notice_inbox ON notice (agency_id, function, created_at DESC, id DESC);

CREATE TABLE idempotency (
    member_id uuid NOT NULL REFERENCES member,
    operation text NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 8 AND 200),
    input_hash bytea NOT NULL CHECK (length(input_hash) = 32),
    outcome_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (member_id, operation, key)
);

-- ── Policy, kept for ever ────────────────────────────────────────────────────

CREATE TABLE policy_version (
    version text PRIMARY KEY,
    loaded_at timestamptz NOT NULL,
    sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE
);

CREATE TABLE policy_grant (
    policy_version text NOT NULL REFERENCES policy_version,
    function text NOT NULL,
    relation text NOT NULL,
    case_class text NOT NULL,
    access_level text NOT NULL,
    data_group text NOT NULL,
    action text NOT NULL,
    effect text NOT NULL CHECK (effect IN ('allow', 'deny')),
    rule text NOT NULL,
    PRIMARY KEY (policy_version, function, relation, access_level, action, data_group, case_class, rule)
);

CREATE TABLE gatekeeper_version (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    digest text NOT NULL
);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY[
        'member', 'member_function', 'team', 'team_membership', 'sign_in_flow', 'session', 'provider', 'person',
        'record', 'involvement', 'involvement_scope', 'assignment', 'access_bar', 'lead_agency', 'case_fact',
        'group_content', 'group_summary', 'referral', 'decision', 'clock', 'access_record', 'outbox', 'notice',
        'idempotency'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
    END LOOP;
END $$;

GRANT ALL ON ALL TABLES IN SCHEMA public TO concordat_gatekeeper;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO concordat_gatekeeper;
