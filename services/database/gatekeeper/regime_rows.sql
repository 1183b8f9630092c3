-- Rows of the law for days to come. What was done today was done by the rules of today, so a row begins tomorrow at the
-- earliest: counted from the day of the second person, not from that of the first.

CREATE OR REPLACE FUNCTION entered_regime_rows() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT jsonb_agg(r.content ORDER BY r.valid_from, r.row)::text FROM entered_regime_row r $$;

CREATE OR REPLACE FUNCTION regime_row_problem(the_content jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN the_content ->> 'row' IS NULL THEN 'unknown'
                WHEN coalesce((the_content ->> 'valid_from')::date <= london_today(), true) THEN 'begins_too_soon'
                WHEN EXISTS (SELECT FROM entered_regime_row r WHERE r.row = the_content ->> 'row') THEN 'added_already' END
$$;

CREATE OR REPLACE FUNCTION enter_regime_row(the_content jsonb, the_proposal uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO entered_regime_row (row, valid_from, content, proposal_id, entered_at)
    VALUES (the_content ->> 'row', (the_content ->> 'valid_from')::date, the_content, the_proposal, moment())
$$;

-- The last wall: nobody enters a row by itself, into the past, or another than was proposed.
CREATE OR REPLACE FUNCTION guard_regime_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.valid_from <= london_today() OR NOT EXISTS (
            SELECT FROM administrative_proposal p
            WHERE p.id = NEW.proposal_id AND p.act = 'regime_row.enter' AND p.content = NEW.content
              AND p.proposed_by <> my_member()) THEN
        RAISE EXCEPTION 'a regime row begins on a day to come and takes two people' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard_regime_row BEFORE INSERT ON entered_regime_row
FOR EACH ROW EXECUTE FUNCTION guard_regime_row();
CREATE OR REPLACE TRIGGER never_changed BEFORE UPDATE OR DELETE ON entered_regime_row
FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Every rule of a day to come that was or may yet be entered, for the administrators of the platform. Each row is what was
-- proposed: nothing is entered otherwise.
CREATE OR REPLACE FUNCTION regime_rows_in_sight()
RETURNS TABLE (proposal_id uuid, content jsonb, reason text, proposed_by text, proposed_at timestamptz,
               expires_at timestamptz, confirmed_by text, confirmed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT p.id, p.content, p.reason, b.display_name, p.proposed_at, p.expires_at, d.display_name, r.entered_at
    FROM administrative_proposal p JOIN member b ON b.id = p.proposed_by
    LEFT JOIN entered_regime_row r ON r.proposal_id = p.id LEFT JOIN member d ON d.id = p.decided_by AND r.row IS NOT NULL
    WHERE operates_platform() AND p.act = 'regime_row.enter'
      AND (r.row IS NOT NULL OR p.outcome IS NULL AND p.expires_at > moment())
    ORDER BY p.content ->> 'valid_from', p.content ->> 'row', p.proposed_at, p.id
$$;
