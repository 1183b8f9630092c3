-- Refused looks, and the notices that tell a governance officer of them: one for many.

CREATE TABLE refusal_alert (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agency,
    function text NOT NULL,
    member_id uuid NOT NULL REFERENCES member,
    rule text NOT NULL CHECK (rule <> ''),
    from_at timestamptz NOT NULL,
    gathers_until timestamptz NOT NULL CHECK (gathers_until > from_at)
);
CREATE INDEX refusal_alert_by_member ON refusal_alert (member_id, gathers_until);

-- Written in the commit of the refusal, so that no refusal is lost; the worker gathers.
CREATE TABLE refused_look (
    access_record_id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES agency,
    member_id uuid NOT NULL REFERENCES member,
    at timestamptz NOT NULL,
    alert_id uuid REFERENCES refusal_alert
);
CREATE INDEX refused_look_waiting ON refused_look (at) WHERE alert_id IS NULL;
CREATE INDEX refused_look_by_alert ON refused_look (alert_id);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['refusal_alert', 'refused_look'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT ALL ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;
