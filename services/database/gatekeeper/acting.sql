-- In which function one acts. Switching needs no new sign-in and rotates nothing: the session stays, its function moves,
-- and every read that starts after it counts under the new one.

DROP FUNCTION IF EXISTS my_functions();  -- my_standing() says more

CREATE OR REPLACE FUNCTION period_state(the_from date, the_until date) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN the_until <= greatest(the_from, london_today()) THEN 'ended'
                WHEN the_from > london_today() THEN 'to_come' ELSE 'live' END
$$;

-- Every function of the signed-in person or their agency, and what is missing of those they cannot act in today.
CREATE OR REPLACE FUNCTION my_standing()
RETURNS TABLE (function text, access_level text, valid_from date, valid_until date, missing text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH me AS MATERIALIZED (SELECT * FROM live_session()),
    held AS (
        SELECT DISTINCT ON (mf.function) mf.*, period_state(mf.valid_from, mf.valid_until) AS state
        FROM me JOIN member_function mf ON mf.member_id = me.member_id
        ORDER BY mf.function, array_position(ARRAY['live', 'to_come', 'ended'], period_state(mf.valid_from, mf.valid_until)),
                 mf.valid_until DESC, mf.valid_from DESC
    ), done AS (
        SELECT DISTINCT ON (af.function) af.*, period_state(af.valid_from, af.valid_until) AS state
        FROM me JOIN agency_function af ON af.agency_id = me.agency_id
        ORDER BY af.function, array_position(ARRAY['live', 'to_come', 'ended'], period_state(af.valid_from, af.valid_until)),
                 af.valid_until DESC, af.valid_from DESC
    )
    SELECT d.function, h.access_level, greatest(h.valid_from, d.valid_from), least(h.valid_until, d.valid_until),
           CASE WHEN d.state = 'ended' THEN 'agency_ended' WHEN d.state = 'to_come' THEN 'agency_not_begun'
                WHEN h.function IS NULL THEN 'not_yours' WHEN h.state = 'to_come' THEN 'not_begun'
                WHEN h.state = 'ended' THEN 'ended' END
    FROM done d LEFT JOIN held h ON h.function = d.function
    WHERE h.function IS NOT NULL OR d.state <> 'ended'
    ORDER BY h.valid_from, d.function
$$;

-- Null, or why not. A function that is not the person's own is answered like one that the agency does not have.
CREATE OR REPLACE FUNCTION act_as(the_function text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
BEGIN
    IF me.id IS NULL THEN
        RAISE EXCEPTION 'no living session' USING ERRCODE = 'invalid_authorization_specification';
    END IF;
    PERFORM meet_at_the_door(me.member_id);
    IF NOT EXISTS (
        SELECT FROM member_function mf JOIN agency_function af ON af.agency_id = me.agency_id AND af.function = mf.function
        WHERE mf.member_id = me.member_id AND mf.function = the_function AND mf.access_level <> 'service'
          AND is_live(mf.valid_from, mf.valid_until) AND is_live(af.valid_from, af.valid_until)) THEN
        RETURN 'not_yours_today';
    END IF;
    PERFORM write_administration('session.act_as', 'done', me.agency_id, me.member_id, NULL,
                                 jsonb_build_object('function', me.function), jsonb_build_object('function', the_function), NULL);
    UPDATE session SET function = the_function WHERE id = me.id;
    RETURN NULL;
END $$;

-- The signed-in person's own training.
CREATE OR REPLACE FUNCTION my_training() RETURNS TABLE (kind text, completed_on date, expires_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT t.kind, t.completed_on, t.expires_on FROM training t WHERE t.member_id = my_member()
    ORDER BY t.completed_on DESC, t.id
$$;
