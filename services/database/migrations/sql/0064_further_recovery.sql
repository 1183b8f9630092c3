-- A positive decision that an earlier one covers begins no recovery period by itself; an approver may grant a further one.
ALTER TABLE case_step_kind NO FORCE ROW LEVEL SECURITY;  -- its owner adds kinds, and nobody else
INSERT INTO case_step_kind (kind, act, data_group, notice, tells)
SELECT k.kind, k.act, 'decisions', k.notice, (SELECT t.tells FROM case_step_kind t WHERE t.kind = 'recovery_extended')
FROM (VALUES
    ('further_recovery_granted', 'recovery.decide_further', 'further_recovery_decided'),
    ('further_recovery_refused', 'recovery.decide_further', 'further_recovery_decided')
) AS k (kind, act, notice);
INSERT INTO case_step_kind (kind, act, data_group, notice, tells)  -- the decision itself tells that there is one
VALUES ('covered_before', 'decision.issue', 'decisions', 'decision_issued', '{}');
ALTER TABLE case_step_kind FORCE ROW LEVEL SECURITY;
