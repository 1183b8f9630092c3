-- Whom to reach at an agency. An agency on the platform keeps its own; for a body without an account a platform
-- administrator does. Rows are ended, never changed or deleted, so that yesterday's number can still be looked up.

CREATE OR REPLACE FUNCTION may_keep_contacts(the_agency uuid, the_function text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(bool_or(CASE
        WHEN a.id = me.agency_id AND a.on_platform THEN
            my_access_level() = 'administrator' OR my_access_level() = 'approver' AND me.function = the_function
        ELSE NOT a.on_platform AND me.function = 'platform_operation' AND my_access_level() = 'administrator'
        END), false)
    FROM live_session() me, agency a WHERE a.id = the_agency AND EXISTS (
        SELECT FROM agency_function f WHERE f.agency_id = a.id AND f.function = the_function
          AND f.valid_from <= london_today() AND (f.valid_until IS NULL OR f.valid_until > london_today()))
$$;

CREATE OR REPLACE FUNCTION require_keeper(the_agency uuid, the_function text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT may_keep_contacts(the_agency, the_function) THEN
        RAISE EXCEPTION 'not allowed to keep the contacts of this agency' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION record_contact_point(
    the_agency uuid, the_function text, the_kind text, the_hours text, the_nation text, the_name text, the_address text,
    from_day date, until_day date)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    made contact_point;
BEGIN
    PERFORM require_keeper(the_agency, the_function);
    INSERT INTO contact_point (agency_id, function, kind, hours, nation, name, address, valid_from, valid_until,
                               recorded_at, recorded_by)
    VALUES (the_agency, the_function, the_kind, the_hours, the_nation, the_name, the_address,
            coalesce(from_day, london_today()), until_day, moment(), my_member())
    RETURNING * INTO made;
    PERFORM write_administration('contact_point.record', 'done', the_agency, NULL, NULL, NULL, to_jsonb(made), NULL);
    RETURN made.id;
END $$;

-- It reaches nobody from today on.
CREATE OR REPLACE FUNCTION end_contact_point(the_point uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    former contact_point;
    ended contact_point;
BEGIN
    SELECT * INTO former FROM contact_point c WHERE c.id = the_point FOR UPDATE;
    PERFORM require_keeper(former.agency_id, former.function);
    UPDATE contact_point SET valid_until = greatest(valid_from, london_today()), ended_at = moment(), ended_by = my_member()
    WHERE id = the_point AND ended_at IS NULL RETURNING * INTO ended;
    PERFORM write_administration('contact_point.end', 'done', former.agency_id, NULL, NULL, to_jsonb(former),
                                 to_jsonb(ended), NULL)
    WHERE ended.id IS NOT NULL;
END $$;

CREATE OR REPLACE FUNCTION record_duty(
    the_agency uuid, the_function text, the_name text, the_telephone text, from_moment timestamptz,
    until_moment timestamptz)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    made duty_shift;
BEGIN
    PERFORM require_keeper(the_agency, the_function);
    INSERT INTO duty_shift (agency_id, function, name, telephone, from_at, until_at, recorded_at, recorded_by)
    VALUES (the_agency, the_function, the_name, the_telephone, from_moment, until_moment, moment(), my_member())
    RETURNING * INTO made;
    PERFORM write_administration('duty.record', 'done', the_agency, NULL, NULL, NULL, to_jsonb(made), NULL);
    RETURN made.id;
END $$;

-- Whoever was to be on duty is not, from now on.
CREATE OR REPLACE FUNCTION end_duty(the_shift uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    former duty_shift;
    ended duty_shift;
BEGIN
    SELECT * INTO former FROM duty_shift d WHERE d.id = the_shift FOR UPDATE;
    PERFORM require_keeper(former.agency_id, former.function);
    UPDATE duty_shift SET until_at = greatest(from_at, least(until_at, moment())), ended_at = moment(), ended_by = my_member()
    WHERE id = the_shift AND ended_at IS NULL RETURNING * INTO ended;
    PERFORM write_administration('duty.end', 'done', former.agency_id, NULL, NULL, to_jsonb(former), to_jsonb(ended), NULL)
    WHERE ended.id IS NOT NULL;
END $$;
