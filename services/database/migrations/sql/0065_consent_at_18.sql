-- Whoever turns 18 is warned of once, and their answer is a step.
ALTER TABLE clock ADD COLUMN warned_at timestamptz;
CREATE INDEX clock_to_warn ON clock (due_on) WHERE kind = 'consent_at_18' AND ended_at IS NULL AND warned_at IS NULL;

ALTER TABLE case_step_kind NO FORCE ROW LEVEL SECURITY;  -- its owner adds kinds, and nobody else
INSERT INTO case_step_kind (kind, act, data_group, notice, tells)
SELECT k, 'consent.record', 'decisions', 'consent_at_18_recorded',
       ARRAY['decision_maker', 'referrer', 'safeguarding_lead', 'support_intake', 'guardian', 'representative']
FROM unnest(ARRAY['consent_at_18_given', 'consent_at_18_refused']) AS k;
ALTER TABLE case_step_kind FORCE ROW LEVEL SECURITY;
