-- Files of records: rows that are read like the group they belong to. What the files hold lies elsewhere, sealed.

-- Null: this agency has attached as many as it may. A removed one keeps its number, and makes room for another. Numbers count
-- within a group and the limit counts one's own, so that neither tells how many files there are that one may not see.
CREATE OR REPLACE FUNCTION add_attachment(
    the_record uuid, the_group text, the_kind text, the_size integer, the_place text, the_scan text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    added uuid;
BEGIN
    IF NOT EXISTS (SELECT FROM writable() w WHERE w.record_id = the_record AND w.data_group = the_group) THEN
        RAISE EXCEPTION 'not allowed to attach to this group' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (SELECT count(*) FROM attachment a WHERE a.record_id = the_record AND a.agency_id = my_agency()
        AND a.function = my_function() AND a.removed_at IS NULL) >= 100 THEN
        RETURN NULL;
    END IF;
    INSERT INTO attachment (record_id, data_group, position, kind, size, place, scan, agency_id, function, added_by,
                            added_at)
    SELECT the_record, the_group, coalesce(max(a.position), 0) + 1, the_kind, the_size, the_place, the_scan, my_agency(),
           my_function(), my_member(), moment()
    FROM attachment a WHERE a.record_id = the_record AND a.data_group = the_group
    RETURNING id INTO added;
    RETURN added;
END $$;

-- The record and group of a file, for whoever may know of the record at all.
CREATE OR REPLACE FUNCTION where_attachment(the_attachment uuid) RETURNS TABLE (record_id uuid, data_group text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT a.record_id, a.data_group FROM attachment a
    WHERE a.id = the_attachment AND a.removed_at IS NULL AND known_to_me(a.record_id)
$$;

-- Why a file stays where it is; null: it may be removed. It stays as soon as the case has moved on with it, which everybody
-- knows who knows the case: what somebody is about to decide, and on what, tells nobody anything here.
CREATE OR REPLACE FUNCTION why_file_stays(the_attachment uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN (array_agg(f.value ORDER BY f.sequence DESC))[1] = 'closed' THEN 'ended'
                WHEN a.added_at <= min(f.recorded_at) FILTER (WHERE f.value = 'awaiting_reasonable_grounds') THEN 'sent'
                WHEN a.added_at <= max(f.recorded_at) FILTER (WHERE f.value <> 'concern') THEN 'moved_on' END
    FROM attachment a JOIN case_fact f ON f.record_id = a.record_id AND f.kind = 'stage'
    WHERE a.id = the_attachment GROUP BY a.id
$$;

-- The agency's function that attached it removes it; the row stays without what it stood for. Not null: nothing was done, and
-- why.
DROP FUNCTION IF EXISTS remove_attachment(uuid);
CREATE OR REPLACE FUNCTION remove_attachment(the_attachment uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM attachment a JOIN writable() w ON w.record_id = a.record_id AND w.data_group = a.data_group
                   WHERE a.id = the_attachment AND a.removed_at IS NULL
                     AND a.agency_id = my_agency() AND a.function = my_function()) THEN
        RAISE EXCEPTION 'not allowed to remove this attachment' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE attachment SET removed_by = my_member(), removed_at = moment()
    WHERE id = the_attachment AND why_file_stays(the_attachment) IS NULL;
    RETURN CASE WHEN NOT FOUND THEN why_file_stays(the_attachment) END;
END $$;

-- Every place that a row needs, for the worker that destroys what no row needs. Nobody else gets an empty answer: it would
-- destroy everything.
CREATE OR REPLACE FUNCTION needed_places() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker sweeps' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT a.place FROM attachment a WHERE a.removed_at IS NULL UNION ALL SELECT f.place FROM draft_file f;
END $$;

-- What a file holds lies in another place from now on, sealed anew; the place before is destroyed once nobody can still be
-- reading there. For the worker. False: no row needs it any more.
CREATE OR REPLACE FUNCTION move_file(the_place text, to_place text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker moves files' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE attachment SET place = to_place WHERE place = the_place AND removed_at IS NULL;
    IF NOT FOUND THEN
        UPDATE draft_file SET place = to_place WHERE place = the_place;
    END IF;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO unneeded_place (place, since, next_attempt_at)
    VALUES (the_place, moment(), moment() + interval '10 minutes') ON CONFLICT DO NOTHING;
    RETURN true;
END $$;
