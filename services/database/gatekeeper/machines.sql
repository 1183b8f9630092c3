-- Systems of an agency. They prove themselves with a key that only they hold, get a session of ten minutes like a
-- person's, and may run the operations their agency listed and nothing else. The application role reads no table here.

-- Whether a client may be given a session now: neither ended nor out of its dates, and its agency still does this.
CREATE OR REPLACE FUNCTION machine_lives(the_client machine_client) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT the_client.ended_at IS NULL AND the_client.valid_from <= london_today()
       AND the_client.valid_until > london_today()
       AND EXISTS (SELECT FROM agency_function af
                   WHERE af.agency_id = the_client.agency_id AND af.function = the_client.function
                     AND af.valid_from <= london_today() AND (af.valid_until IS NULL OR af.valid_until > london_today()))
$$;

-- The public keys that may prove this client today; none for a client that may have no session.
CREATE OR REPLACE FUNCTION machine_keys(the_client uuid) RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT k.jwk || jsonb_build_object('kid', k.kid) FROM machine_client c
    JOIN machine_key k ON k.machine_client_id = c.id
    WHERE c.id = the_client AND machine_lives(c) AND key_counts(k)
$$;

-- A session for a client that has just proven itself. Its row is written, so that ending it at the same moment fails or
-- waits, and no session outlives the end. Twenty living sessions are enough for any system; one that asks for more is in a
-- loop, and its proof is not used up. For the gatekeeper's own use.
CREATE OR REPLACE FUNCTION begin_machine_session(
    client machine_client, proof_hash bytea, proof_until timestamptz, the_secret_hash bytea, proven_by text,
    ends_at timestamptz)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF (SELECT count(*) FROM session s WHERE s.member_id = client.member_id AND s.ended_at IS NULL
        AND s.expires_at > moment()) >= 20 THEN
        RETURN 'too_many';
    END IF;
    DELETE FROM machine_assertion WHERE machine_client_id = client.id AND expires_at < moment() - interval '1 hour';
    INSERT INTO machine_assertion (machine_client_id, jti_hash, expires_at)
    VALUES (client.id, proof_hash, proof_until) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'replayed';
    END IF;
    INSERT INTO session (secret_hash, member_id, agency_id, function, started_at, expires_at, machine_key)
    VALUES (the_secret_hash, client.member_id, client.agency_id, client.function, moment(), ends_at, proven_by);
    RETURN 'ok';
END $$;

-- For an assertion that was verified with one of the client's keys.
CREATE OR REPLACE FUNCTION start_machine_session(
    the_client uuid, the_kid text, the_jti_hash bytea, assertion_until timestamptz, the_secret_hash bytea)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    client machine_client;
    proven_by text;
BEGIN
    UPDATE machine_client c SET last_token_at = moment() WHERE c.id = the_client AND machine_lives(c) RETURNING c.* INTO client;
    SELECT k.thumbprint INTO proven_by FROM machine_key k
    WHERE k.machine_client_id = client.id AND k.kid = the_kid AND key_counts(k);
    IF client.id IS NULL OR proven_by IS NULL THEN
        RETURN 'unknown_client';
    END IF;
    RETURN begin_machine_session(client, the_jti_hash, assertion_until, the_secret_hash, proven_by,
                                 moment() + interval '10 minutes');
END $$;

-- What the machine in this session may run, by name; null where the session is no registered machine's.
CREATE OR REPLACE FUNCTION my_operations() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT c.operations FROM machine_client c WHERE c.member_id = my_member() $$;

-- The platform's own agency imports the messages of the public form, whoever sent them; any other agency its own.
CREATE OR REPLACE FUNCTION imports_for_everybody() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM agency_function af
        WHERE af.agency_id = my_agency() AND af.function IN ('platform_operation', 'platform_worker')
          AND af.valid_from <= london_today() AND (af.valid_until IS NULL OR af.valid_until > london_today()))
$$;

-- Whose forms this session takes in; no row: nobody's.
CREATE OR REPLACE FUNCTION importing() RETURNS TABLE (for_everybody boolean, own_code text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT imports_for_everybody(), (SELECT a.code FROM agency a WHERE a.id = my_agency())
    WHERE coalesce('referral.import' = ANY (my_operations()), true)
$$;

-- Messages that arrive, organisation and external_id of each: whether this session takes in the organisation's, and the
-- record that this agency's form of the same external id made, whoever sends it again.
CREATE OR REPLACE FUNCTION arrivals(asked jsonb[]) RETURNS TABLE (place bigint, may boolean, reference text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH me AS MATERIALIZED (
        SELECT my_agency() AS agency, may_begin('referral.import') OR may_begin('referral.submit') AS may_know
    ), takes AS MATERIALIZED (SELECT * FROM importing())
    SELECT a.place,
           EXISTS (SELECT FROM takes t WHERE t.for_everybody OR t.own_code = a.one ->> 'organisation'), r.reference
    FROM me, unnest(asked) WITH ORDINALITY AS a (one, place)
    LEFT JOIN LATERAL (  -- one look into the index for each, however many forms there are
        SELECT r.reference FROM referral f JOIN record r ON r.id = f.record_id
        WHERE f.source_agency_id = (SELECT agency FROM me WHERE may_know) AND f.external_id = a.one ->> 'external_id'
        LIMIT 1) r ON true
$$;

-- ── Administered by the agency itself: proposed by one administrator and approved by another, ended by one ────

-- Whether it proves itself with tokens of the agency's provider instead of keys of its own.
CREATE OR REPLACE FUNCTION is_issued(the_content jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT coalesce(jsonb_typeof(the_content -> 'issued_by') = 'object', false) $$;

-- What stands against a registration. Never more than the agency has today, and never one of the platform's functions.
CREATE OR REPLACE FUNCTION machine_problem(the_agency uuid, the_content jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN coalesce(the_content ->> 'function' IN ('platform_operation', 'platform_worker'), true) THEN 'not_for_agencies'
        WHEN NOT EXISTS (SELECT FROM agency_function af
                         WHERE af.agency_id = the_agency AND af.function = the_content ->> 'function'
                           AND af.valid_from <= london_today()
                           AND (af.valid_until IS NULL OR af.valid_until > london_today())) THEN 'agency_has_no_such_function'
        WHEN coalesce((the_content ->> 'until')::date > (the_content ->> 'from')::date + 731, true)
             OR coalesce(jsonb_array_length(the_content -> 'keys') NOT BETWEEN
                         CASE WHEN is_issued(the_content) THEN 0 ELSE 1 END AND
                         CASE WHEN is_issued(the_content) THEN 0 ELSE 3 END, true) THEN 'unfit_machine'
        WHEN EXISTS (SELECT FROM machine_key k JOIN jsonb_array_elements(the_content -> 'keys') offered
                     ON k.thumbprint = offered ->> 'thumbprint') THEN 'key_taken'
    END
$$;

-- The client with a service member of its own; the member's id. For the gatekeeper's own use, after the checks.
CREATE OR REPLACE FUNCTION register_machine(the_agency uuid, the_content jsonb, the_proposal uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    machine uuid;
    made uuid;
BEGIN
    INSERT INTO member (agency_id, display_name, is_service) VALUES (the_agency, the_content ->> 'name', true)
    RETURNING member.id INTO machine;
    PERFORM give_function(machine, the_content, 'service', the_proposal);
    INSERT INTO machine_client (agency_id, member_id, name, purpose, function, operations, valid_from, valid_until,
                                registered_at, proposal_id, provider_id, issued_client, issued_subject)
    VALUES (the_agency, machine, the_content ->> 'name', the_content ->> 'purpose', the_content ->> 'function',
            ARRAY(SELECT jsonb_array_elements_text(the_content -> 'operations')), (the_content ->> 'from')::date,
            (the_content ->> 'until')::date, moment(), the_proposal,
            (SELECT p.id FROM provider p WHERE p.slug = the_content #>> '{issued_by,provider}' AND p.agency_id = the_agency),
            the_content #>> '{issued_by,client}', the_content #>> '{issued_by,subject}')
    RETURNING machine_client.id INTO made;
    INSERT INTO machine_key (thumbprint, machine_client_id, kid, jwk, valid_from, valid_until, proposal_id)
    SELECT k ->> 'thumbprint', made, k ->> 'kid', k -> 'jwk', (k ->> 'from')::date, (k ->> 'until')::date, the_proposal
    FROM jsonb_array_elements(the_content -> 'keys') k;
    RETURN machine;
END $$;

-- The end of a client is the end of its sessions, at once and for ever.
CREATE OR REPLACE FUNCTION end_machine(the_agency uuid, the_client uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    client machine_client;
BEGIN
    UPDATE machine_client c SET ended_at = moment() WHERE c.id = the_client AND c.agency_id = the_agency AND c.ended_at IS NULL
    RETURNING c.* INTO client;
    PERFORM end_function(client.member_id, client.function, NULL);
    UPDATE session SET ended_at = moment() WHERE member_id = client.member_id AND ended_at IS NULL;
    RETURN client.id;
END $$;

-- Every client that the administrator's agency ever had, the newest first, with the names and dates of its keys.
DROP FUNCTION IF EXISTS machine_clients();
CREATE OR REPLACE FUNCTION machine_clients() RETURNS TABLE (
    id uuid, name text, purpose text, function text, operations text[], valid_from date, valid_until date,
    registered_at timestamptz, last_token_at timestamptz, ended_at timestamptz, is_live boolean, keys jsonb, issued_by jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT c.id, c.name, c.purpose, c.function, c.operations, c.valid_from, c.valid_until, c.registered_at,
           c.last_token_at, c.ended_at, machine_lives(c),
           (SELECT coalesce(jsonb_agg(jsonb_build_object('kid', k.kid, 'thumbprint', k.thumbprint, 'valid_from', k.valid_from,
                                                'valid_until', k.valid_until, 'retired_at', k.retired_at)
                             ORDER BY k.valid_from, k.kid), '[]')
            FROM machine_key k WHERE k.machine_client_id = c.id),
           (SELECT jsonb_build_object('provider', p.slug, 'issuer', p.issuer, 'client_id', c.issued_client,
                                      'subject', c.issued_subject)
            FROM provider p WHERE p.id = c.provider_id)
    FROM machine_client c WHERE my_access_level() = 'administrator' AND c.agency_id = my_agency()
    ORDER BY c.registered_at DESC, c.id
$$;
