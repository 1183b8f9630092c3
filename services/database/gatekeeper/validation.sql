-- A provider is asked again whether it still knows its person. What it said last counts for as long as session_rule says;
-- then the session answers nothing until it has been asked. Nobody but the holder of the session's secret can ask: the
-- token for it is sealed with that secret, of which we have the hash only.

CREATE OR REPLACE FUNCTION rule_lasts(the_name text) RETURNS interval
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT r.lasts FROM session_rule r WHERE r.name = the_name $$;

-- What a new session begins with; for the gatekeeper's own use.
CREATE OR REPLACE FUNCTION rests_on_provider(the_session uuid, the_sealed_token bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO session_validation (session_id, sealed_token, validated_at, good_until)
    VALUES (the_session, the_sealed_token, moment(), moment() + rule_lasts('ask_provider_again'))
$$;

-- Whether the session with this secret would live if its provider were asked again.
CREATE OR REPLACE FUNCTION awaits_validation(secret text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM session s JOIN session_validation v ON v.session_id = s.id
        WHERE s.secret_hash = sha256(convert_to(secret, 'UTF8')) AND s.ended_at IS NULL AND s.expires_at > moment()
          AND v.good_until <= moment())
$$;

-- One process asks at a time, so that no token is used twice; whoever finds no row waits for what it hears.
CREATE OR REPLACE FUNCTION begin_validation(the_secret_hash bytea)
RETURNS TABLE (session_id uuid, provider text, subject text, sealed_token bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    UPDATE session_validation v SET asking_until = moment() + interval '30 seconds'
    FROM session s JOIN member m ON m.id = s.member_id JOIN provider p ON p.id = m.provider_id
    WHERE v.session_id = s.id AND s.secret_hash = the_secret_hash AND s.ended_at IS NULL AND s.expires_at > moment()
      AND v.good_until <= moment() AND (v.asking_until IS NULL OR v.asking_until <= moment())
    RETURNING s.id, p.slug, m.subject, v.sealed_token
$$;

CREATE OR REPLACE FUNCTION validation_under_way(the_secret_hash bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM session s JOIN session_validation v ON v.session_id = s.id
        WHERE s.secret_hash = the_secret_hash AND s.ended_at IS NULL AND v.good_until <= moment() AND v.asking_until > moment())
$$;

-- The provider still knows its person; it may have given another token for the next time.
CREATE OR REPLACE FUNCTION confirm_session(the_session uuid, the_sealed_token bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    UPDATE session_validation v
    SET validated_at = moment(), good_until = moment() + rule_lasts('ask_provider_again'), asking_until = NULL,
        sealed_token = coalesce(the_sealed_token, v.sealed_token)
    WHERE v.session_id = the_session
$$;

-- The provider did not answer: a minute more, and none after the grace. Then nothing is answered until it says yes.
CREATE OR REPLACE FUNCTION excuse_session(the_session uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    UPDATE session_validation v
    SET asking_until = NULL,
        good_until = least(moment() + interval '1 minute',
                           v.validated_at + rule_lasts('ask_provider_again') + rule_lasts('provider_away'))
    WHERE v.session_id = the_session
$$;

-- The provider no longer vouches for its person, or there is nothing to ask it with.
CREATE OR REPLACE FUNCTION end_unconfirmed_session(the_session uuid, because text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT end_sessions(ARRAY[the_session], because) $$;
