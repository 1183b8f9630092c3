-- Regime rows of days to come, each entered by two people. A row is never changed: an old case keeps its old rules.
CREATE TABLE entered_regime_row (
    row text PRIMARY KEY,
    valid_from date NOT NULL,
    content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object' AND content ->> 'row' = row
                                  AND (content ->> 'valid_from')::date = valid_from),
    proposal_id uuid NOT NULL UNIQUE REFERENCES administrative_proposal,
    entered_at timestamptz NOT NULL
);

ALTER TABLE entered_regime_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE entered_regime_row FORCE ROW LEVEL SECURITY;
GRANT ALL ON entered_regime_row TO concordat_gatekeeper;

DROP FUNCTION IF EXISTS enter(text);  -- it says which rows were entered as well
