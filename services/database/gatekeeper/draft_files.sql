-- Files of drafts: added to a draft that this operation looked at, taken over by the case that it becomes, or destroyed.

-- Null: this draft has as many as a case may get from one agency.
CREATE OR REPLACE FUNCTION add_draft_file(
    the_draft uuid, the_group text, the_kind text, the_size integer, the_place text, the_scan text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    added uuid;
BEGIN
    IF NOT is_my_draft(the_draft) THEN
        RAISE EXCEPTION 'not allowed to add to this draft' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM referral_draft d WHERE d.id = the_draft FOR UPDATE;  -- two that add at once get two numbers
    IF (SELECT count(*) FROM draft_file f WHERE f.draft_id = the_draft) >= 100 THEN
        RETURN NULL;
    END IF;
    INSERT INTO draft_file (draft_id, data_group, position, kind, size, place, scan, added_by, added_at)
    SELECT the_draft, the_group, coalesce(max(f.position), 0) + 1, the_kind, the_size, the_place, the_scan, my_member(),
           moment()
    FROM draft_file f WHERE f.draft_id = the_draft AND f.data_group = the_group
    RETURNING id INTO added;
    RETURN added;
END $$;

-- Whether this operation looked at a draft of the actor's own agency and function that has not run out.
CREATE OR REPLACE FUNCTION is_my_draft(the_draft uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM referral_draft d
                   WHERE d.id = the_draft AND d.agency_id = my_agency() AND d.function = my_function()
                     AND d.last_day >= london_today() AND d.id IN (SELECT * FROM admitted_items()))
$$;

-- The draft of a file, for its keepers.
CREATE OR REPLACE FUNCTION where_draft_file(the_file uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT d.id FROM draft_file f JOIN referral_draft d ON d.id = f.draft_id
    WHERE f.id = the_file AND d.agency_id = my_agency() AND d.function = my_function() AND d.last_day >= london_today()
$$;

CREATE OR REPLACE FUNCTION remove_draft_file(the_file uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM draft_file f WHERE f.id = the_file AND is_my_draft(f.draft_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not allowed to remove this file' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- The draft's files become the case's, in the groups that this operation may write there. What they hold stays where it is.
-- False, and nothing is done: with those that this agency attached there before they are more than it may.
DROP FUNCTION IF EXISTS take_over_draft_files(uuid, uuid);
CREATE OR REPLACE FUNCTION take_over_draft_files(the_draft uuid, the_record uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT is_my_draft(the_draft) OR EXISTS (
            SELECT FROM draft_file f WHERE f.draft_id = the_draft
              AND (the_record, f.data_group) NOT IN (SELECT w.record_id, w.data_group FROM writable() w)) THEN
        RAISE EXCEPTION 'not allowed to attach these' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (SELECT count(*) FROM draft_file f WHERE f.draft_id = the_draft)
       + (SELECT count(*) FROM attachment a WHERE a.record_id = the_record AND a.agency_id = my_agency()
          AND a.function = my_function() AND a.removed_at IS NULL) > 100 THEN
        RETURN false;
    END IF;
    INSERT INTO attachment (record_id, data_group, position, kind, size, place, scan, next_scan_at, agency_id, function,
                            added_by, added_at)
    SELECT the_record, f.data_group,
           (SELECT coalesce(max(a.position), 0) FROM attachment a
            WHERE a.record_id = the_record AND a.data_group = f.data_group)
           + row_number() OVER (PARTITION BY f.data_group ORDER BY f.position),
           f.kind, f.size, f.place, f.scan, f.next_scan_at, my_agency(), my_function(), f.added_by, f.added_at
    FROM draft_file f WHERE f.draft_id = the_draft;
    DELETE FROM draft_file f WHERE f.draft_id = the_draft;
    RETURN true;
END $$;

-- However a file's row goes, by hand, with its draft, or when that has run out: unless a case took it over, what it holds
-- is to be destroyed.
CREATE OR REPLACE FUNCTION let_go_of_draft_file() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO unneeded_place (place, since)
    SELECT OLD.place, moment() WHERE NOT EXISTS (SELECT FROM attachment a WHERE a.place = OLD.place)
    ON CONFLICT DO NOTHING;  -- it is to be destroyed already, and no draft stays for that
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER let_go AFTER DELETE ON draft_file FOR EACH ROW EXECUTE FUNCTION let_go_of_draft_file();

-- The next place to destroy; its row stays until that is done. For the worker.
CREATE OR REPLACE FUNCTION next_unneeded() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker destroys' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT u.place FROM unneeded_place u WHERE u.next_attempt_at <= moment()
                 ORDER BY u.next_attempt_at, u.since, u.place LIMIT 1;
END $$;

-- What lay there is destroyed; or it could not be, and is tried again in ten minutes.
CREATE OR REPLACE FUNCTION end_unneeded(the_place text, is_destroyed boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker destroys' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM unneeded_place WHERE place = the_place AND is_destroyed;
    UPDATE unneeded_place SET next_attempt_at = moment() + interval '10 minutes' WHERE place = the_place;
END $$;
