-- The doors of signing in and out: the application role reaches the tables behind them in no other way.
-- Nobody is known yet at most of them; what they need is a secret, or a token that was verified before.

-- Their columns or parameters changed; a function of another shape is another function, and the old one would stay.
DROP FUNCTION IF EXISTS sign_in_providers();
DROP FUNCTION IF EXISTS begin_sign_in(bytea, bytea, uuid, text, text, text);
DROP FUNCTION IF EXISTS take_sign_in(bytea, bytea, uuid);
DROP FUNCTION IF EXISTS start_session(uuid, text, bytea, timestamptz, text, text);
DROP FUNCTION IF EXISTS start_session(uuid, text, bytea, timestamptz, text, text, text, boolean);

CREATE OR REPLACE FUNCTION sign_in_providers() RETURNS TABLE (
    id uuid, slug text, name text, agency_id uuid, agency_name text, issuer text, client_id text, client_secret text,
    step_up_acr text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT p.id, p.slug, a.name, a.id, a.name, p.issuer, p.client_id, p.client_secret, p.step_up_acr
    FROM provider p JOIN agency a ON a.id = p.agency_id
    WHERE a.on_platform AND p.closed_at IS NULL ORDER BY a.name, p.slug
$$;

CREATE OR REPLACE FUNCTION begin_sign_in(
    the_state_hash bytea, the_browser_hash bytea, the_provider_id uuid, the_nonce text, the_verifier text,
    the_return_to text, is_step_up boolean)
RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO sign_in_flow (state_hash, browser_hash, provider_id, nonce, verifier, return_to, step_up, expires_at)
    VALUES (the_state_hash, the_browser_hash, the_provider_id, the_nonce, the_verifier, the_return_to, is_step_up,
            moment() + interval '10 minutes')
$$;

-- Single use: the row is gone with the first look, whoever looked from the right browser.
CREATE OR REPLACE FUNCTION take_sign_in(the_state_hash bytea, the_browser_hash bytea, the_provider_id uuid)
RETURNS TABLE (nonce text, verifier text, return_to text, step_up boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    DELETE FROM sign_in_flow f
    WHERE f.state_hash = the_state_hash AND f.browser_hash = the_browser_hash
      AND f.provider_id = the_provider_id AND f.expires_at > moment()
    RETURNING f.nonce, f.verifier, f.return_to, f.step_up
$$;

-- What a member may act as today; the longest held comes first.
CREATE OR REPLACE FUNCTION function_to_begin_in(the_member uuid, preferred text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT mf.function FROM member_function mf JOIN member m ON m.id = mf.member_id
    JOIN agency_function af ON af.agency_id = m.agency_id AND af.function = mf.function
    WHERE mf.member_id = the_member
      AND mf.valid_from <= london_today() AND (mf.valid_until IS NULL OR mf.valid_until > london_today())
      AND af.valid_from <= london_today() AND (af.valid_until IS NULL OR af.valid_until > london_today())
    ORDER BY mf.function IS NOT DISTINCT FROM preferred DESC, mf.valid_from, mf.function LIMIT 1
$$;

-- Whoever ends a function or a membership writes the member's row, and so does whoever begins to act in a function. Of two
-- at once one begins again and sees what the other did: no session outlives what it rests on, to live again when that is
-- given back.
CREATE OR REPLACE FUNCTION meet_at_the_door(the_member uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ UPDATE member SET version = version WHERE id = the_member $$;

-- A person is (provider, subject); the agency is the provider's, never a claim's. The session that the browser held
-- before ends with the same commit, so that nothing of it outlives a new sign-in. A step-up proves the same person
-- again and goes on in the function they act in.
CREATE OR REPLACE FUNCTION start_session(
    the_provider_id uuid, the_subject text, the_secret_hash bytea, auth_time timestamptz, the_acr text,
    the_provider_session text, the_former_secret text, is_step_up boolean, the_sealed_token bytea)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    who member;
    former session;
    acts_as text;
    made uuid;
BEGIN
    SELECT m.* INTO who FROM member m JOIN provider p ON p.id = m.provider_id AND p.agency_id = m.agency_id AND p.closed_at IS NULL
    WHERE m.provider_id = the_provider_id AND m.subject = the_subject;
    IF who.id IS NULL THEN
        RETURN 'unknown_person';
    END IF;
    -- Whoever has no function is answered as somebody unknown is: nothing is written for them, and they wait for nobody.
    IF NOT is_step_up AND function_to_begin_in(who.id, NULL) IS NULL THEN
        RETURN 'no_function';
    END IF;
    PERFORM meet_at_the_door(who.id);
    SELECT s.* INTO former FROM session s
    WHERE s.secret_hash = sha256(convert_to(the_former_secret, 'UTF8')) AND s.ended_at IS NULL;
    IF is_step_up AND former.member_id <> who.id THEN
        RETURN 'another_person';
    END IF;
    acts_as := function_to_begin_in(who.id, CASE WHEN is_step_up THEN former.function END);
    IF acts_as IS NULL THEN
        RETURN 'no_function';
    END IF;
    UPDATE session SET ended_at = moment(), ended_because = 'signed_in_again' WHERE id = former.id;
    -- A provider whose clock runs ahead makes nothing fresher than it is.
    INSERT INTO session (secret_hash, member_id, agency_id, function, started_at, expires_at, idle_limit,
                         authenticated_at, acr, provider_session)
    VALUES (the_secret_hash, who.id, who.agency_id, acts_as, moment(), moment() + interval '8 hours',
            interval '30 minutes', least(auth_time, moment()), the_acr, the_provider_session)
    RETURNING id INTO made;
    PERFORM rests_on_provider(made, the_sealed_token);
    RETURN 'ok';
END $$;

-- What signing in leaves behind; the worker removes it, so that no sign-in waits for another's old rows.
CREATE OR REPLACE FUNCTION forget_old_sign_ins() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    forgotten integer := 0;
    here integer;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker forgets';
    END IF;
    DELETE FROM sign_in_flow WHERE expires_at < moment() - interval '1 hour';
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    DELETE FROM logout_token WHERE forget_at < moment() - interval '1 hour';
    GET DIAGNOSTICS here = ROW_COUNT;
    forgotten := forgotten + here;
    DELETE FROM session_use WHERE used_at < moment() - interval '1 day';
    GET DIAGNOSTICS here = ROW_COUNT;
    RETURN forgotten + here;
END $$;
