-- The keys of a living machine client: a further one takes two administrators, because whoever holds it acts as the
-- client; one of them retires a key, and with it every session that it began. The others go on.

CREATE OR REPLACE FUNCTION key_counts(the_key machine_key) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT the_key.retired_at IS NULL AND the_key.valid_from <= london_today() AND the_key.valid_until > london_today()
$$;

-- What stands against a further key. It begins with its client at the earliest, never outlives it, and is a new one.
CREATE OR REPLACE FUNCTION machine_key_problem(the_agency uuid, the_content jsonb) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    client machine_client;
    until_day date;
BEGIN
    SELECT c.* INTO client FROM machine_client c
    WHERE c.id = (the_content ->> 'client')::uuid AND c.agency_id = the_agency AND c.ended_at IS NULL;
    until_day := coalesce((the_content ->> 'until')::date, client.valid_until);
    RETURN CASE
        WHEN client.id IS NULL THEN 'unknown'
        WHEN client.provider_id IS NOT NULL THEN 'proven_by_provider'
        WHEN until_day > client.valid_until OR until_day <= greatest((the_content ->> 'from')::date, client.valid_from)
            THEN 'key_outlives_client'
        WHEN (SELECT count(*) FROM machine_key k WHERE k.machine_client_id = client.id AND k.retired_at IS NULL
              AND k.valid_until > london_today()) >= 3 THEN 'too_many_keys'
        WHEN EXISTS (SELECT FROM machine_key k WHERE k.machine_client_id = client.id AND k.kid = the_content ->> 'kid')
            THEN 'kid_taken'
        WHEN EXISTS (SELECT FROM machine_key k WHERE k.thumbprint = the_content ->> 'thumbprint') THEN 'key_taken'
    END;
END $$;

CREATE OR REPLACE FUNCTION add_machine_key(the_content jsonb, the_proposal uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO machine_key (thumbprint, machine_client_id, kid, jwk, valid_from, valid_until, proposal_id)
    SELECT the_content ->> 'thumbprint', c.id, the_content ->> 'kid', the_content -> 'jwk',
           greatest((the_content ->> 'from')::date, c.valid_from), coalesce((the_content ->> 'until')::date, c.valid_until), the_proposal
    FROM machine_client c WHERE c.id = (the_content ->> 'client')::uuid
$$;

CREATE OR REPLACE FUNCTION may_retire_key(the_agency uuid, the_content jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM machine_client c JOIN machine_key k ON k.machine_client_id = c.id AND k.retired_at IS NULL
        WHERE c.id = (the_content ->> 'client')::uuid AND c.agency_id = the_agency AND c.ended_at IS NULL
          AND k.kid = the_content ->> 'kid')
$$;

-- The client's row is written first, as every beginning of a session writes it, so that no session with this key
-- begins unseen at the same moment.
CREATE OR REPLACE FUNCTION retire_machine_key(the_content jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    client uuid := (the_content ->> 'client')::uuid;
    retired text;
BEGIN
    UPDATE machine_client c SET last_token_at = c.last_token_at WHERE c.id = client;
    UPDATE machine_key k SET retired_at = moment()
    WHERE k.machine_client_id = client AND k.kid = the_content ->> 'kid' AND k.retired_at IS NULL
    RETURNING k.thumbprint INTO retired;
    UPDATE session SET ended_at = moment(), ended_because = 'key_retired' WHERE machine_key = retired AND ended_at IS NULL;
    RETURN client;
END $$;

-- A client's keys as the administrative ledger tells them: by thumbprint, which is what people compare.
CREATE OR REPLACE FUNCTION keys_told(the_client uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT string_agg(k.kid || ' ' || k.thumbprint || ' from ' || k.valid_from || ' until ' || k.valid_until
                     || CASE WHEN k.retired_at IS NULL THEN '' ELSE ', retired' END, '; ' ORDER BY k.valid_from, k.kid)
    FROM machine_key k WHERE k.machine_client_id = the_client
$$;
