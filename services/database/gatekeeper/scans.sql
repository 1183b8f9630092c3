-- The scan that a file did not have when it came, for the worker that has a scanner. It reads places, and nothing of records.

-- The next file that waits for a scan, of a record or of a draft. No row is held while the scanner reads: a draft can be sent
-- meanwhile. Unless the scanner says something, it waits ten minutes.
CREATE OR REPLACE FUNCTION next_unscanned() RETURNS TABLE (id uuid, place text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker scans' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    UPDATE attachment SET next_scan_at = moment() + interval '10 minutes'
    WHERE id = (SELECT a.id FROM attachment a
                WHERE a.scan = 'not_scanned' AND a.removed_at IS NULL AND a.next_scan_at <= moment()
                ORDER BY a.next_scan_at, a.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, place;
    IF NOT FOUND THEN
        RETURN QUERY
        UPDATE draft_file SET next_scan_at = moment() + interval '10 minutes'
        WHERE id = (SELECT f.id FROM draft_file f WHERE f.scan = 'not_scanned' AND f.next_scan_at <= moment()
                    ORDER BY f.next_scan_at, f.id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, place;
    END IF;
END $$;

-- What the scanner said of what lies in a place: a draft may have become a case since it was asked. Of an infected file the
-- agency's function is told that attached it, while it is on the case, or else whoever decides there; of one of a draft, its
-- keepers.
DROP FUNCTION IF EXISTS end_scan(uuid, text);
CREATE OR REPLACE FUNCTION end_scan(the_place text, the_scan text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker scans' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE attachment SET scan = the_scan
    WHERE place = the_place AND scan = 'not_scanned' AND removed_at IS NULL;
    IF FOUND AND the_scan = 'infected' THEN
        INSERT INTO outbox (kind, record_id, agency_id, function, session_id, created_at)
        SELECT 'infected_file', i.record_id, i.agency_id, i.function, my_session(), moment()
        FROM attachment a JOIN involvement i ON i.record_id = a.record_id AND i.until_at IS NULL
        WHERE a.place = the_place
          AND ((i.agency_id, i.function) = (a.agency_id, a.function) OR i.function = 'decision_maker')
        ORDER BY (i.agency_id, i.function) = (a.agency_id, a.function) DESC, i.from_at, i.id
        LIMIT 1;
    END IF;
    UPDATE draft_file SET scan = the_scan
    WHERE place = the_place AND scan = 'not_scanned';
    IF FOUND AND the_scan = 'infected' THEN
        INSERT INTO outbox (kind, agency_id, function, session_id, created_at)
        SELECT 'infected_file', d.agency_id, d.function, my_session(), moment()
        FROM draft_file f JOIN referral_draft d ON d.id = f.draft_id WHERE f.place = the_place;
    END IF;
END $$;
