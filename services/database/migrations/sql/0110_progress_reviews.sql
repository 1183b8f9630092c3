-- The authority records a progress review, which ends the clock that waits for one. Nobody is told: whoever is named was
-- spoken with, and everybody who reads the decisions finds it there.
ALTER TABLE case_step_kind NO FORCE ROW LEVEL SECURITY;  -- its owner adds kinds, and nobody else
INSERT INTO case_step_kind (kind, act, data_group, notice, tells)
VALUES ('progress_reviewed', 'progress.review', 'decisions', 'decision_issued', '{}');
ALTER TABLE case_step_kind FORCE ROW LEVEL SECURITY;
