-- Systems that prove themselves with access tokens of their agency's own provider. Each belongs to one provider of its
-- agency and to one client there; nobody else's token is ever theirs, whoever signed it.

-- What stands against the registration of one of them. The platform's own client at the provider is how people sign in, and no system;
-- and a client at an issuer that several agencies use belongs to one system at a time.
CREATE OR REPLACE FUNCTION machine_issuer_problem(the_agency uuid, the_content jsonb) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    vouching provider;
BEGIN
    SELECT p.* INTO vouching FROM provider p
    WHERE p.slug = the_content #>> '{issued_by,provider}' AND p.agency_id = the_agency AND p.closed_at IS NULL;
    RETURN CASE
        WHEN NOT is_issued(the_content) THEN NULL
        WHEN vouching.id IS NULL THEN 'no_such_provider'
        WHEN vouching.client_id = the_content #>> '{issued_by,client}' THEN 'platforms_client'
        WHEN EXISTS (
            SELECT FROM machine_client c JOIN provider p ON p.id = c.provider_id
            WHERE p.issuer = vouching.issuer AND c.issued_client = the_content #>> '{issued_by,client}' AND c.ended_at IS NULL
              AND daterange(c.valid_from, c.valid_until)
                  && daterange((the_content ->> 'from')::date, (the_content ->> 'until')::date)) THEN 'issued_client_taken'
    END;
END $$;

CREATE OR REPLACE FUNCTION issuer_vouches(the_client machine_client) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM provider p JOIN agency a ON a.id = p.agency_id AND a.on_platform
                   WHERE p.id = the_client.provider_id AND p.agency_id = the_client.agency_id AND p.closed_at IS NULL)
$$;

-- The one living client that a token with these claims can be of; none where two would fit, since guessing proves nothing.
CREATE OR REPLACE FUNCTION machine_issued_by(the_issuer text, the_client text, the_subject text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (array_agg(c.id))[1] FROM machine_client c JOIN provider p ON p.id = c.provider_id
    WHERE p.issuer = the_issuer AND c.issued_client = the_client AND c.issued_subject = the_subject
      AND issuer_vouches(c) AND machine_lives(c)
    HAVING count(*) = 1
$$;

-- For a token of the provider that was verified; the session never outlives the token.
CREATE OR REPLACE FUNCTION start_issued_session(
    the_client uuid, the_jti_hash bytea, remember_until timestamptz, token_until timestamptz, the_secret_hash bytea)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    client machine_client;
BEGIN
    UPDATE machine_client c SET last_token_at = moment()
    WHERE c.id = the_client AND machine_lives(c) AND issuer_vouches(c) RETURNING c.* INTO client;
    IF client.id IS NULL OR token_until <= moment() THEN
        RETURN 'unknown_client';
    END IF;
    RETURN begin_machine_session(client, the_jti_hash, remember_until, the_secret_hash, NULL,
                                 least(moment() + interval '10 minutes', token_until));
END $$;

-- A provider that is closed, or moved to other addresses, vouches for none of them any more: they end for ever, since what
-- has the same name elsewhere may be another system.
CREATE OR REPLACE FUNCTION end_issued_machines(the_provider uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT end_machine(c.agency_id, c.id) FROM machine_client c WHERE c.provider_id = the_provider AND c.ended_at IS NULL
$$;
