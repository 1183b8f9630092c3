-- A team in which nobody works any more keeps nothing: its work is found by team.

ALTER TABLE team ADD COLUMN notice_ids uuid[] NOT NULL DEFAULT '{}';  -- that its work is nobody's, while that is so
CREATE INDEX assignment_by_team ON assignment (team_id) WHERE until_at IS NULL AND team_id IS NOT NULL;
CREATE INDEX action_charge_by_team ON action_charge (team_id) WHERE until_at IS NULL AND team_id IS NOT NULL;
CREATE INDEX team_membership_by_team ON team_membership (team_id);
