-- Who is asking. The context of row security is the session's secret, never an agency id:
-- a forged agency yields nothing, and an ended session ends every read that starts after it.
-- A person's session ends after eight hours, or after half an hour in which nobody used it; it rests while its provider
-- has to be asked again.

-- The session whose secret this transaction gave, unless it was ended or its day is over. What the ledger of this
-- transaction says of it was written while it was alive, and a transaction has one snapshot and one moment.
CREATE OR REPLACE FUNCTION named_session() RETURNS session
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    mine session;
BEGIN
    SELECT * INTO mine FROM session s
    WHERE s.secret_hash = sha256(convert_to(current_setting('concordat.session', true), 'UTF8'))
      AND s.ended_at IS NULL AND s.started_at <= moment() AND s.expires_at > moment();
    RETURN mine;
END $$;

-- The named session, if it lives. Every statement asks this several times, so it is PL/pgSQL, whose plans are kept for the
-- connection, and asks one table after another: a join of five takes longer to begin than all of them to read.
CREATE OR REPLACE FUNCTION live_session() RETURNS session
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    mine constant session := named_session();
BEGIN
    RETURN CASE WHEN mine.id IS NOT NULL AND in_use(mine) AND level_of(mine) IS NOT NULL THEN mine END;
END $$;

-- Whether somebody used a session lately and their provider stands by it. A service's has no such limit.
CREATE OR REPLACE FUNCTION in_use(s session) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    RETURN s.idle_limit IS NULL
        OR (s.started_at > moment() - s.idle_limit
            OR EXISTS (SELECT FROM session_use u WHERE u.session_id = s.id AND u.used_at > moment() - s.idle_limit))
           AND EXISTS (SELECT FROM session_validation v WHERE v.session_id = s.id AND v.good_until > moment());
END $$;

-- The level of a session's member in its function today; null where they or their agency do not hold it. It is read live,
-- so that a level taken away counts at once.
CREATE OR REPLACE FUNCTION level_of(s session) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    today constant date := london_today();
BEGIN
    RETURN (SELECT mf.access_level FROM member_function mf
            WHERE mf.member_id = s.member_id AND mf.function = s.function
              AND mf.valid_from <= today AND (mf.valid_until IS NULL OR mf.valid_until > today)
              AND EXISTS (SELECT FROM agency_function af WHERE af.agency_id = s.agency_id AND af.function = s.function
                          AND af.valid_from <= today AND (af.valid_until IS NULL OR af.valid_until > today))
            ORDER BY mf.valid_from DESC LIMIT 1);
END $$;

CREATE OR REPLACE FUNCTION my_session() RETURNS uuid LANGUAGE sql STABLE
RETURN (live_session()).id;
CREATE OR REPLACE FUNCTION my_member() RETURNS uuid LANGUAGE sql STABLE
RETURN (live_session()).member_id;
CREATE OR REPLACE FUNCTION my_agency() RETURNS uuid LANGUAGE sql STABLE
RETURN (live_session()).agency_id;
CREATE OR REPLACE FUNCTION my_function() RETURNS text LANGUAGE sql STABLE
RETURN (live_session()).function;

CREATE OR REPLACE FUNCTION my_access_level() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
RETURN level_of(live_session());

-- One small row in five minutes, and none of it ever waits: the row of the session itself is not written, nothing is
-- unique, and of several requests at the same moment one writes and the others go on.
CREATE OR REPLACE FUNCTION note_use(mine session) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    recently timestamptz := moment() - interval '5 minutes';
BEGIN
    IF mine.started_at > recently
       OR EXISTS (SELECT FROM session_use u WHERE u.session_id = mine.id AND u.used_at > recently) THEN
        RETURN;
    END IF;
    IF pg_try_advisory_xact_lock(hashtextextended(mine.id::text, 720514002)) THEN
        INSERT INTO session_use (session_id, used_at) VALUES (mine.id, moment());
    END IF;
END $$;

-- The first statement of every operation. No row: no living session. With it come the regime rows that were entered, so
-- that a whole operation goes by one edition of the law.
CREATE OR REPLACE FUNCTION enter(secret text) RETURNS TABLE (
    session_id uuid, member_id uuid, member_name text, agency_id uuid, agency_code text, agency_name text,
    function text, access_level text, entered_at timestamptz, policy_version text, regime_rows text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    mine session;
BEGIN
    PERFORM set_config('concordat.session', secret, true);
    mine := live_session();
    IF mine.idle_limit IS NOT NULL THEN
        PERFORM note_use(mine);
    END IF;
    RETURN QUERY
        SELECT mine.id, m.id, m.display_name, a.id, a.code, a.name, mine.function, level_of(mine), moment(),
               current_policy(), entered_regime_rows()
        FROM member m, agency a WHERE m.id = mine.member_id AND a.id = mine.agency_id;
END $$;

-- What lets the actor act, held until the commit: their place in the agency, this session, and the agency's function. Every
-- change of somebody's functions and teams counts their row on. Nobody waits for a reader, and writers share.
CREATE OR REPLACE FUNCTION hold_standing() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me constant session := live_session();
BEGIN
    PERFORM FROM member m WHERE m.id = me.member_id FOR SHARE;
    PERFORM FROM session s WHERE s.id = me.id FOR SHARE;
    PERFORM FROM agency_function af WHERE af.agency_id = me.agency_id AND af.function = me.function FOR SHARE;
END $$;

-- The beginning of writes that happen once, operation and key of each: what a key did before, if it did.
CREATE OR REPLACE FUNCTION begin_writes(asked jsonb[]) RETURNS TABLE (place bigint, input_hash bytea, outcome_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me constant uuid := my_member();
BEGIN
    PERFORM hold_standing();
    RETURN QUERY SELECT a.place, i.input_hash, i.outcome_id FROM unnest(asked) WITH ORDINALITY AS a (one, place)
    CROSS JOIN LATERAL (
        SELECT k.input_hash, k.outcome_id FROM idempotency k
        WHERE k.member_id = me AND k.operation = a.one ->> 'operation' AND k.key = a.one ->> 'key' LIMIT 1) i;
END $$;

CREATE OR REPLACE FUNCTION current_policy() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT version FROM policy_version ORDER BY sequence DESC LIMIT 1 $$;

-- How fresh the sign-in is. A provider that names a level for stepping up proves it with that level only.
CREATE OR REPLACE FUNCTION my_sign_in() RETURNS TABLE (authenticated_at timestamptz, fresh_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT s.authenticated_at,
           CASE WHEN p.step_up_acr IS NULL OR s.acr = p.step_up_acr THEN s.authenticated_at + interval '5 minutes' END
    FROM live_session() s JOIN member m ON m.id = s.member_id JOIN provider p ON p.id = m.provider_id
$$;

-- Sensitive acts ask this. A service has no sign-in, so it is never fresh.
CREATE OR REPLACE FUNCTION fresh_sign_in() RETURNS boolean
LANGUAGE sql STABLE
RETURN coalesce((SELECT i.fresh_until > moment() FROM my_sign_in() i), false);
