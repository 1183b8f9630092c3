-- Sessions end for a reason that stays readable: who, when, how many and by what is a line of the administrative ledger.

-- For the gatekeeper's own use. One line for each person. Who signs out acts themselves; a provider speaks for its person;
-- an administrator who ends somebody's sessions is the one who acted.
CREATE OR REPLACE FUNCTION end_sessions(the_sessions uuid[], because text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    acting session := live_session();
    ended integer;
BEGIN
    WITH over AS (
        UPDATE session s SET ended_at = moment(), ended_because = because
        WHERE s.id = ANY (the_sessions) AND s.ended_at IS NULL RETURNING s.*
    ), lines AS (
        INSERT INTO administrative_record (at, session_id, member_id, actor_agency_id, function, agency_id, act, verdict,
                                           subject_id, after)
        SELECT DISTINCT ON (o.member_id) moment(), coalesce(acting.id, o.id), coalesce(acting.member_id, o.member_id),
               coalesce(acting.agency_id, o.agency_id), coalesce(acting.function, o.function), o.agency_id, 'session.end',
               'done', o.member_id,
               jsonb_build_object('sessions', count(*) OVER (PARTITION BY o.member_id), 'because', because)
        FROM over o ORDER BY o.member_id, o.started_at DESC, o.id
    )
    SELECT count(*) INTO ended FROM over;
    RETURN ended;
END $$;

CREATE OR REPLACE FUNCTION end_session(secret text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT end_sessions(ARRAY(
        SELECT s.id FROM session s
        WHERE s.secret_hash = sha256(convert_to(secret, 'UTF8')) AND s.ended_at IS NULL AND s.expires_at > moment()),
        'signed_out')
$$;

-- "Sign me out everywhere": every session of the asking person, this one too.
CREATE OR REPLACE FUNCTION end_my_sessions() RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT end_sessions(ARRAY(
        SELECT s.id FROM session s
        WHERE s.member_id = (SELECT my_member()) AND s.ended_at IS NULL AND s.expires_at > moment()),
        'signed_out_everywhere')
$$;

-- A provider ends the sessions of its own person, or the one session it names; each logout token counts once.
CREATE OR REPLACE FUNCTION end_provider_sessions(
    the_provider_id uuid, the_jti_hash bytea, remember_until timestamptz, the_subject text, the_provider_session text)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF the_subject IS NULL AND the_provider_session IS NULL THEN
        RAISE EXCEPTION 'a logout names a person or a session';
    END IF;
    INSERT INTO logout_token (provider_id, jti_hash, forget_at) VALUES (the_provider_id, the_jti_hash, remember_until)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    RETURN end_sessions(ARRAY(
        SELECT s.id FROM session s JOIN member m ON m.id = s.member_id
        WHERE m.provider_id = the_provider_id AND s.ended_at IS NULL AND s.expires_at > moment()
          AND (the_provider_session IS NULL OR s.provider_session = the_provider_session)
          AND (the_subject IS NULL OR m.subject = the_subject)),
        'provider_signed_out');
END $$;
