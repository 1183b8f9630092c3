-- A referral that is not valid is returned; what its first responder adds is read by whoever reads the account.

ALTER TABLE case_step_kind DROP CONSTRAINT case_step_kind_data_group_check;
ALTER TABLE case_step_kind ADD CONSTRAINT case_step_kind_data_group_check
    CHECK (data_group IN ('decisions', 'disqualification', 'account'));

ALTER TABLE case_step_kind NO FORCE ROW LEVEL SECURITY;  -- its policies are for those who work, not for this row
INSERT INTO case_step_kind (kind, act, data_group, notice, tells) VALUES
    ('returned', 'referral.return', 'decisions', 'referral_returned', ARRAY['referrer', 'safeguarding_lead']),
    ('information_added', 'referral.add', 'account', 'information_added', ARRAY['decision_maker']),
    ('completed', 'referral.add', 'decisions', 'referral_completed', ARRAY['decision_maker', 'safeguarding_lead']);
ALTER TABLE case_step_kind FORCE ROW LEVEL SECURITY;
