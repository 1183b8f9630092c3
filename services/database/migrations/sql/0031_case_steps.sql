-- What happens to a referral beside its decisions: each step a row that is never changed. That there was one and on which
-- day is the summary; what it says is the detail.

CREATE TABLE case_step_kind (
    kind text PRIMARY KEY,
    act text NOT NULL,
    data_group text NOT NULL CHECK (data_group IN ('decisions', 'disqualification')),
    notice text NOT NULL,
    tells text[] NOT NULL  -- the relations of those who are told
);
INSERT INTO case_step_kind (kind, act, data_group, notice, tells)
SELECT k.kind, k.act, k.data_group, k.notice, CASE k.tells
    WHEN 'authority' THEN ARRAY['decision_maker']
    WHEN 'everybody' THEN ARRAY['referrer', 'safeguarding_lead', 'support_intake', 'support_provider', 'guardian',
                                'representative']
    WHEN 'police too' THEN ARRAY['referrer', 'safeguarding_lead', 'support_intake', 'support_provider', 'guardian',
                                 'representative', 'investigating_police']
    WHEN 'whoever protects' THEN ARRAY['referrer', 'support_intake', 'support_provider', 'representative',
                                       'investigating_police', 'own_case']
    WHEN 'age' THEN ARRAY['referrer', 'decision_maker', 'safeguarding_lead', 'guardian', 'representative'] END
FROM (VALUES
    ('extension_asked', 'extension.ask', 'decisions', 'extension_asked', 'authority'),
    ('recovery_extended', 'recovery.extend', 'decisions', 'recovery_extended', 'police too'),
    ('suspended', 'case.suspend', 'decisions', 'case_suspended', 'everybody'),
    ('resumed', 'case.suspend', 'decisions', 'case_resumed', 'everybody'),
    ('withdrawn', 'case.end', 'decisions', 'case_ended', 'police too'),
    ('ended', 'case.end', 'decisions', 'case_ended', 'police too'),
    ('transferred', 'case.transfer', 'decisions', 'case_transferred', 'police too'),
    ('revoked', 'decision.revoke', 'decisions', 'decision_revoked', 'police too'),
    ('age_doubted', 'age.doubt', 'decisions', 'age_in_doubt', 'age'),
    ('age_assessment_started', 'age.assess', 'decisions', 'age_assessed', 'age'),
    ('age_settled', 'age.assess', 'decisions', 'age_assessed', 'age'),
    ('disqualification_weighed', 'disqualification.decide', 'disqualification', 'disqualification_weighed',
     'whoever protects'),
    ('disqualified', 'disqualification.decide', 'disqualification', 'disqualification_decided', 'whoever protects'),
    ('not_disqualified', 'disqualification.decide', 'disqualification', 'disqualification_decided',
     'whoever protects'),
    ('reconsideration_asked', 'reconsideration.ask', 'decisions', 'reconsideration_asked', 'authority'),
    ('reconsideration_accepted', 'reconsideration.answer', 'decisions', 'reconsideration_answered', 'everybody'),
    ('reconsideration_refused', 'reconsideration.answer', 'decisions', 'reconsideration_answered', 'everybody'),
    ('review_claimed', 'review.record', 'decisions', 'review_recorded', 'everybody'),
    ('review_ended', 'review.record', 'decisions', 'review_recorded', 'everybody')
) AS k (kind, act, data_group, notice, tells);

CREATE TABLE case_step (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    record_id uuid NOT NULL REFERENCES record,
    ordinal integer NOT NULL CHECK (ordinal > 0),
    kind text NOT NULL REFERENCES case_step_kind,
    data_group text NOT NULL,
    happened_on date NOT NULL,
    agency_id uuid NOT NULL REFERENCES agency,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL REFERENCES member,
    UNIQUE (record_id, ordinal)
);

CREATE TABLE case_step_detail (
    step_id uuid PRIMARY KEY REFERENCES case_step,
    record_id uuid NOT NULL REFERENCES record,
    data_group text NOT NULL,
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object')
);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['case_step_kind', 'case_step', 'case_step_detail'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', guarded);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO concordat_gatekeeper', guarded);
    END LOOP;
END $$;
