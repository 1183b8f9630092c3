-- Who is asking. The context of row security is the session's secret, never an agency id:
-- a forged agency yields nothing, and an ended session ends every read that starts after it.

CREATE OR REPLACE FUNCTION live_session() RETURNS session
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT s FROM session s
    JOIN member_function mf ON mf.member_id = s.member_id AND mf.function = s.function
    JOIN agency_function af ON af.agency_id = s.agency_id AND af.function = s.function
    WHERE s.secret_hash = sha256(convert_to(current_setting('concordat.session', true), 'UTF8'))
      AND s.ended_at IS NULL AND s.started_at <= moment() AND s.expires_at > moment()
      AND mf.valid_from <= london_today() AND (mf.valid_until IS NULL OR mf.valid_until > london_today())
      AND af.valid_from <= london_today() AND (af.valid_until IS NULL OR af.valid_until > london_today())
    LIMIT 1
$$;

CREATE OR REPLACE FUNCTION my_session() RETURNS uuid LANGUAGE sql STABLE
RETURN (live_session()).id;
CREATE OR REPLACE FUNCTION my_member() RETURNS uuid LANGUAGE sql STABLE
RETURN (live_session()).member_id;
CREATE OR REPLACE FUNCTION my_agency() RETURNS uuid LANGUAGE sql STABLE
RETURN (live_session()).agency_id;
CREATE OR REPLACE FUNCTION my_function() RETURNS text LANGUAGE sql STABLE
RETURN (live_session()).function;

-- The level is read live, so that a level taken away counts at once.
CREATE OR REPLACE FUNCTION my_access_level() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT mf.access_level FROM member_function mf
    WHERE mf.member_id = my_member() AND mf.function = my_function()
      AND mf.valid_from <= london_today() AND (mf.valid_until IS NULL OR mf.valid_until > london_today())
    ORDER BY mf.valid_from DESC LIMIT 1
$$;

-- The first statement of every operation. No row: no living session.
CREATE OR REPLACE FUNCTION enter(secret text) RETURNS TABLE (
    session_id uuid, member_id uuid, member_name text, agency_id uuid, agency_code text, agency_name text,
    function text, access_level text, entered_at timestamptz, policy_version text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM set_config('concordat.session', secret, true);
    RETURN QUERY
        SELECT s.id, m.id, m.display_name, a.id, a.code, a.name, s.function, my_access_level(), moment(), current_policy()
        FROM live_session() s
        JOIN member m ON m.id = s.member_id
        JOIN agency a ON a.id = s.agency_id
        WHERE s.id IS NOT NULL;
END $$;

CREATE OR REPLACE FUNCTION current_policy() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT version FROM policy_version ORDER BY sequence DESC LIMIT 1 $$;

-- ── The doors of sign-in: the application role reaches these tables through them only ──

CREATE OR REPLACE FUNCTION sign_in_providers() RETURNS TABLE (
    id uuid, slug text, name text, agency_id uuid, agency_name text, issuer text, client_id text, client_secret text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT p.id, p.slug, a.name, a.id, a.name, p.issuer, p.client_id, p.client_secret
    FROM provider p JOIN agency a ON a.id = p.agency_id
    WHERE a.on_platform ORDER BY a.name, p.slug
$$;

CREATE OR REPLACE FUNCTION begin_sign_in(
    the_state_hash bytea, the_browser_hash bytea, the_provider_id uuid, the_nonce text, the_verifier text, the_return_to text)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    DELETE FROM sign_in_flow WHERE expires_at < moment() - interval '1 hour';
    INSERT INTO sign_in_flow (state_hash, browser_hash, provider_id, nonce, verifier, return_to, expires_at)
    VALUES (the_state_hash, the_browser_hash, the_provider_id, the_nonce, the_verifier, the_return_to,
            moment() + interval '10 minutes')
$$;

-- Single use: the row is gone with the first look, whoever looked from the right browser.
CREATE OR REPLACE FUNCTION take_sign_in(the_state_hash bytea, the_browser_hash bytea, the_provider_id uuid)
RETURNS TABLE (nonce text, verifier text, return_to text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    DELETE FROM sign_in_flow f
    WHERE f.state_hash = the_state_hash AND f.browser_hash = the_browser_hash
      AND f.provider_id = the_provider_id AND f.expires_at > moment()
    RETURNING f.nonce, f.verifier, f.return_to
$$;

-- A person is (provider, subject); the agency is the provider's, never a claim's.
CREATE OR REPLACE FUNCTION start_session(
    the_provider_id uuid, the_subject text, the_secret_hash bytea, auth_time timestamptz, the_acr text,
    the_provider_session text)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    who member;
    acts_as text;
BEGIN
    SELECT m.* INTO who FROM member m JOIN provider p ON p.id = m.provider_id AND p.agency_id = m.agency_id
    WHERE m.provider_id = the_provider_id AND m.subject = the_subject;
    IF who.id IS NULL THEN
        RETURN 'unknown_person';
    END IF;
    SELECT mf.function INTO acts_as FROM member_function mf
    JOIN agency_function af ON af.agency_id = who.agency_id AND af.function = mf.function
    WHERE mf.member_id = who.id
      AND mf.valid_from <= london_today() AND (mf.valid_until IS NULL OR mf.valid_until > london_today())
      AND af.valid_from <= london_today() AND (af.valid_until IS NULL OR af.valid_until > london_today())
    ORDER BY mf.valid_from, mf.function LIMIT 1;
    IF acts_as IS NULL THEN
        RETURN 'no_function';
    END IF;
    INSERT INTO session (secret_hash, member_id, agency_id, function, started_at, expires_at,
                         authenticated_at, acr, provider_session)
    VALUES (the_secret_hash, who.id, who.agency_id, acts_as, moment(), moment() + interval '8 hours',
            auth_time, the_acr, the_provider_session);
    RETURN 'ok';
END $$;

CREATE OR REPLACE FUNCTION end_session(secret text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    UPDATE session SET ended_at = moment()
    WHERE secret_hash = sha256(convert_to(secret, 'UTF8')) AND ended_at IS NULL
$$;

-- What the signed-in person may act as (for `viewer`).
CREATE OR REPLACE FUNCTION my_functions() RETURNS TABLE (function text, access_level text, valid_from date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT mf.function, mf.access_level, mf.valid_from FROM member_function mf
    JOIN agency_function af ON af.agency_id = my_agency() AND af.function = mf.function
    WHERE mf.member_id = my_member()
      AND mf.valid_from <= london_today() AND (mf.valid_until IS NULL OR mf.valid_until > london_today())
      AND af.valid_from <= london_today() AND (af.valid_until IS NULL OR af.valid_until > london_today())
    ORDER BY mf.valid_from, mf.function
$$;
