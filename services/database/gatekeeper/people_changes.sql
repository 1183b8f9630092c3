-- The bare changes, for functions that have checked who asks and what stands against them.

CREATE OR REPLACE FUNCTION london_midnight(the_day date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT the_day::timestamp AT TIME ZONE 'Europe/London' $$;

CREATE OR REPLACE FUNCTION add_member(the_agency uuid, the_content jsonb, the_level text, the_proposal uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    made uuid;
BEGIN
    INSERT INTO member (agency_id, provider_id, subject, display_name)
    SELECT p.agency_id, p.id, the_content ->> 'subject', the_content ->> 'name' FROM provider p
    WHERE p.slug = the_content ->> 'provider' AND p.agency_id = the_agency
    RETURNING member.id INTO made;
    PERFORM give_function(made, the_content, the_level, the_proposal);
    RETURN made;
END $$;

CREATE OR REPLACE FUNCTION give_function(the_member uuid, the_content jsonb, the_level text, the_proposal uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO member_function (member_id, function, access_level, valid_from, valid_until, proposal_id)
    VALUES (the_member, the_content ->> 'function', the_level, (the_content ->> 'from')::date,
            (the_content ->> 'until')::date, the_proposal)
$$;

-- Ends what is held now or later. Without a day it ends at this moment; a row that had not begun never does.
CREATE OR REPLACE FUNCTION end_function(the_member uuid, the_function text, on_day date) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    UPDATE member_function mf SET valid_until = greatest(mf.valid_from, coalesce(on_day, london_today())),
        ended_at = CASE WHEN on_day IS NULL OR on_day <= greatest(mf.valid_from, london_today()) THEN moment() END
    WHERE mf.member_id = the_member AND mf.function = the_function
      AND (mf.valid_until IS NULL OR mf.valid_until > greatest(mf.valid_from, coalesce(on_day, london_today())));
    -- A session in it would come to life again if the function were given again.
    UPDATE session SET ended_at = moment(), ended_because = 'function_ended'
    WHERE member_id = the_member AND function = the_function AND ended_at IS NULL
      AND coalesce(on_day, london_today()) <= london_today()
$$;

-- What was done under an agency's function that ends today ends with it, for everybody, and meets whoever signs in now.
CREATE OR REPLACE FUNCTION end_sessions_in(the_agency uuid, the_function text, on_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF coalesce(on_day, london_today()) > london_today() THEN
        RETURN;
    END IF;
    PERFORM meet_at_the_door(m.id) FROM member m WHERE m.agency_id = the_agency
        AND EXISTS (SELECT FROM member_function mf WHERE mf.member_id = m.id AND mf.function = the_function);
    UPDATE session SET ended_at = moment(), ended_because = 'function_ended'
    WHERE agency_id = the_agency AND function = the_function AND ended_at IS NULL;
END $$;

-- The same function at another level from this moment until it would have ended anyway.
CREATE OR REPLACE FUNCTION change_level(the_member uuid, the_function text, the_level text, the_proposal uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    former member_function;
BEGIN
    SELECT mf.* INTO former FROM member_function mf WHERE mf.member_id = the_member AND mf.function = the_function
      AND is_live(mf.valid_from, mf.valid_until);
    UPDATE member_function mf SET valid_until = london_today(), ended_at = moment() WHERE mf.id = former.id;
    INSERT INTO member_function (member_id, function, access_level, valid_from, valid_until, proposal_id)
    VALUES (the_member, the_function, the_level, london_today(), former.valid_until, the_proposal);
END $$;

CREATE OR REPLACE FUNCTION onboard_agency(the_content jsonb, the_proposal uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    made uuid;
BEGIN
    INSERT INTO agency (code, name, on_platform, valid_from)
    VALUES (the_content ->> 'code', the_content ->> 'name', true, (the_content ->> 'from')::date)
    ON CONFLICT (code) DO UPDATE SET on_platform = true RETURNING agency.id INTO made;
    INSERT INTO agency_function (agency_id, function, valid_from, proposal_id)
    SELECT made, wanted, (the_content ->> 'from')::date, the_proposal
    FROM jsonb_array_elements_text(the_content -> 'functions') wanted
    WHERE NOT EXISTS (SELECT FROM agency_function af WHERE af.agency_id = made AND af.function = wanted
                      AND (af.valid_until IS NULL OR af.valid_until > (the_content ->> 'from')::date));
END $$;

-- What a proposal says, done. The person it made, if it made one.
CREATE OR REPLACE FUNCTION apply_change(the_act text, the_agency uuid, the_content jsonb, the_proposal uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    about uuid := (the_content ->> 'member')::uuid;
BEGIN
    CASE the_act
        WHEN 'member.add' THEN RETURN add_member(the_agency, the_content, the_content ->> 'access_level', the_proposal);
        WHEN 'administrator.appoint' THEN RETURN add_member(the_agency, the_content, 'administrator', the_proposal);
        WHEN 'function.give' THEN
            PERFORM give_function(about, the_content, the_content ->> 'access_level', the_proposal);
        WHEN 'level.change' THEN
            PERFORM change_level(about, the_content ->> 'function', the_content ->> 'access_level', the_proposal);
            IF the_content ->> 'access_level' = 'administrator' THEN  -- who administers sees no record any more
                PERFORM close_charge_gate(about), hand_over(about, '[]', the_content ->> 'function', my_member());
            END IF;
        WHEN 'team.join' THEN
            INSERT INTO team_membership (team_id, member_id, standing, from_at, until_at)
            VALUES ((the_content ->> 'team')::uuid, about, the_content ->> 'standing',
                    greatest(moment(), london_midnight((the_content ->> 'from')::date)),
                    london_midnight((the_content ->> 'until')::date));
        WHEN 'machine_client.register' THEN RETURN register_machine(the_agency, the_content, the_proposal);
        WHEN 'end.cancel' THEN PERFORM cancel_end(about, the_content ->> 'function');
        WHEN 'machine_key.add' THEN PERFORM add_machine_key(the_content, the_proposal);
        WHEN 'agency.onboard' THEN PERFORM onboard_agency(the_content, the_proposal);
        WHEN 'agency_function.give' THEN
            INSERT INTO agency_function (agency_id, function, nations, valid_from, valid_until, proposal_id)
            VALUES (the_agency, the_content ->> 'function',
                    (SELECT array_agg(n) FROM jsonb_array_elements_text(
                        nullif(the_content -> 'nations', 'null')) n),
                    (the_content ->> 'from')::date, (the_content ->> 'until')::date, the_proposal);
        WHEN 'provider.register' THEN
            INSERT INTO provider (slug, agency_id, issuer, client_id)
            VALUES (the_content ->> 'slug', the_agency, the_content ->> 'issuer', the_content ->> 'client_id');
        WHEN 'provider.change' THEN PERFORM change_provider(the_agency, the_content);
        WHEN 'regime_row.enter' THEN PERFORM enter_regime_row(the_content, the_proposal);
    END CASE;
    RETURN about;
END $$;

-- What one administrator does alone, done. The thing it made, if it made one.
CREATE OR REPLACE FUNCTION apply_single(the_act text, the_agency uuid, the_content jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    about uuid := (the_content ->> 'member')::uuid;
    made uuid;
BEGIN
    CASE the_act
        WHEN 'function.end' THEN PERFORM end_one_function(about, the_content, the_content ->> 'reason');
        WHEN 'level.lower' THEN PERFORM change_level(about, the_content ->> 'function', 'practitioner', NULL);
        WHEN 'team.leave' THEN
            PERFORM close_charge_gate(about), hand_over(about, '[]', NULL, my_member(), (the_content ->> 'team')::uuid);
            UPDATE team_membership tm SET until_at = greatest(tm.from_at, moment())
            WHERE tm.team_id = (the_content ->> 'team')::uuid AND tm.member_id = about
              AND (tm.until_at IS NULL OR tm.until_at > moment());
        WHEN 'agency_function.end' THEN
            UPDATE agency_function af
            SET valid_until = greatest(af.valid_from, coalesce((the_content ->> 'on')::date, london_today())),
                ended_at = CASE WHEN coalesce((the_content ->> 'on')::date, london_today())
                                     <= greatest(af.valid_from, london_today()) THEN moment() END
            WHERE af.agency_id = the_agency AND af.function = the_content ->> 'function' AND (af.valid_until IS NULL
                  OR af.valid_until > greatest(af.valid_from, coalesce((the_content ->> 'on')::date, london_today())));
            PERFORM end_sessions_in(the_agency, the_content ->> 'function', (the_content ->> 'on')::date);
            PERFORM warn_of_agency_function(the_agency, the_content);
        WHEN 'training.record' THEN
            INSERT INTO training (member_id, kind, completed_on, expires_on, recorded_at, recorded_by)
            VALUES (about, the_content ->> 'kind', (the_content ->> 'completed_on')::date,
                    (the_content ->> 'expires_on')::date, moment(), my_member());
        WHEN 'email.set' THEN UPDATE member m SET email = the_content ->> 'email' WHERE m.id = about;
        WHEN 'machine_client.end' THEN made := end_machine(the_agency, (the_content ->> 'client')::uuid);
        WHEN 'machine_key.retire' THEN made := retire_machine_key(the_content);
        WHEN 'provider.close' THEN made := close_provider(the_agency, the_content ->> 'slug');
        WHEN 'provider_secret.set' THEN
            UPDATE provider p SET client_secret = the_content ->> 'secret'
            WHERE p.slug = the_content ->> 'slug' AND p.agency_id = the_agency RETURNING p.id INTO made;
        WHEN 'team.create' THEN
            INSERT INTO team (agency_id, function, name, is_intake)
            SELECT the_agency, the_content ->> 'function', the_content ->> 'name', NOT EXISTS (
                SELECT FROM team t WHERE t.agency_id = the_agency AND t.function = the_content ->> 'function' AND t.is_intake)
            RETURNING team.id INTO made;
    END CASE;
    RETURN made;
END $$;
