-- An agency's identity provider: who may change it, and what ends when it changes. Whoever answers for a provider's
-- addresses can become any of its people, so that moving them takes two of the platform's administrators; closing it, or
-- putting in the secret that it gave anew, gives nobody more.

-- Acts on what signs people in ask for a sign-in of the last five minutes.
CREATE OR REPLACE FUNCTION freshness_problem(the_act text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN the_act IN ('provider.register', 'provider.change', 'provider_secret.set',
                                  'regime_row.enter') AND NOT fresh_sign_in()
                THEN 'stale_sign_in' END
$$;

-- An administrator closes or re-keys a provider of their own agency; the platform's do it for any.
CREATE OR REPLACE FUNCTION agency_of_provider_act(the_agency uuid) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN the_agency IS NULL OR the_agency = my_agency() THEN my_agency()
                WHEN my_access_level() = 'administrator' AND my_function() = 'platform_operation' THEN the_agency END
$$;

CREATE OR REPLACE FUNCTION provider_problem(the_act text, the_agency uuid, the_content jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN p.id IS NULL THEN 'unknown'
        WHEN the_act <> 'provider.change' AND p.closed_at IS NOT NULL THEN 'not_held'
        WHEN the_act = 'provider.change' AND EXISTS (
            SELECT FROM provider o WHERE o.id <> p.id
              AND (o.issuer, o.client_id) = (coalesce(the_content ->> 'issuer', p.issuer),
                                             coalesce(the_content ->> 'client_id', p.client_id))) THEN 'added_already'
    END
    FROM (SELECT the_content ->> 'slug' AS slug) asked
    LEFT JOIN provider p ON p.slug = asked.slug AND p.agency_id = the_agency
$$;

-- Every session that began through it is over, and whoever signs in at this moment begins again. Only the session of who
-- does this lasts to the end of the act: from the next moment on its provider is asked, and does not vouch.
CREATE OR REPLACE FUNCTION end_provider(the_provider uuid, because text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM meet_at_the_door(m.id) FROM member m WHERE m.provider_id = the_provider;
    PERFORM end_issued_machines(the_provider);
    PERFORM end_sessions(ARRAY(
        SELECT s.id FROM session s JOIN member m ON m.id = s.member_id
        WHERE m.provider_id = the_provider AND s.ended_at IS NULL AND s.expires_at > moment()
          AND s.id IS DISTINCT FROM my_session()), because);
    UPDATE session_validation v SET sealed_token = NULL, good_until = moment() + interval '1 microsecond'
    FROM session s JOIN member m ON m.id = s.member_id
    WHERE v.session_id = s.id AND m.provider_id = the_provider AND s.id = my_session();
END $$;

CREATE OR REPLACE FUNCTION close_provider(the_agency uuid, the_slug text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    closed uuid;
BEGIN
    UPDATE provider p SET closed_at = moment() WHERE p.slug = the_slug AND p.agency_id = the_agency AND p.closed_at IS NULL
    RETURNING p.id INTO closed;
    PERFORM end_provider(closed, 'provider_closed');
    RETURN closed;
END $$;

-- Another issuer, client id or level; what is left out stays. A closed provider is open again.
CREATE OR REPLACE FUNCTION change_provider(the_agency uuid, the_content jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    changed uuid;
BEGIN
    UPDATE provider p SET issuer = coalesce(the_content ->> 'issuer', p.issuer),
        client_id = coalesce(the_content ->> 'client_id', p.client_id),
        step_up_acr = coalesce(the_content ->> 'step_up_acr', p.step_up_acr), closed_at = NULL
    WHERE p.slug = the_content ->> 'slug' AND p.agency_id = the_agency RETURNING p.id INTO changed;
    PERFORM end_provider(changed, 'provider_changed');
END $$;
