-- What happens next is kept as steps of a case, in the groups in which it is told.
ALTER TABLE case_step_kind DROP CONSTRAINT case_step_kind_data_group_check;
ALTER TABLE case_step_kind ADD CONSTRAINT case_step_kind_data_group_check CHECK (
    data_group IN ('decisions', 'disqualification', 'account', 'wishes', 'leave', 'immigration', 'criminal_justice'));

ALTER TABLE case_step_kind NO FORCE ROW LEVEL SECURITY;  -- its owner adds kinds, and nobody else
INSERT INTO case_step_kind (kind, act, data_group, notice, tells)
SELECT k.kind, k.act, k.data_group, 'what_next_recorded', CASE k.data_group
    WHEN 'wishes' THEN ARRAY['decision_maker', 'support_intake', 'support_provider', 'guardian', 'representative']
    WHEN 'leave' THEN ARRAY['support_intake', 'support_provider', 'safeguarding_lead', 'guardian', 'representative',
                            'own_case']
    WHEN 'immigration' THEN ARRAY['guardian', 'representative', 'own_case']
    WHEN 'criminal_justice' THEN ARRAY['decision_maker', 'representative']
    ELSE ARRAY['referrer', 'safeguarding_lead', 'guardian', 'representative', 'investigating_police'] END
FROM (VALUES
    ('wish_recorded', 'wish.record', 'wishes'),
    ('return_arranged', 'wish.record', 'wishes'),
    ('solicitor_referred', 'wish.record', 'wishes'),
    ('compensation_sought', 'wish.record', 'wishes'),
    ('leave_considered', 'leave.decide', 'leave'),
    ('leave_granted', 'leave.decide', 'leave'),
    ('leave_extended', 'leave.decide', 'leave'),
    ('leave_refused', 'leave.decide', 'leave'),
    ('asylum_claimed', 'status.record', 'immigration'),
    ('temporary_admission', 'status.record', 'immigration'),
    ('leave_held', 'status.record', 'immigration'),
    ('cooperation_confirmed', 'cooperation.record', 'criminal_justice'),
    ('cooperation_ended', 'cooperation.record', 'criminal_justice'),
    ('referred_on', 'case.refer_on', 'decisions')
) AS k (kind, act, data_group);
ALTER TABLE case_step_kind FORCE ROW LEVEL SECURITY;
