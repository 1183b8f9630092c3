-- What may be said of people and agencies at all, asked when a change is proposed and once more when it is approved.
-- Each answer is null or the code of the one thing that stands against it; the words are the service's.

CREATE OR REPLACE FUNCTION is_live(the_from date, the_until date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT the_from <= london_today() AND (the_until IS NULL OR the_until > london_today()) $$;

-- Administering is a thing one acts as: a practitioner elsewhere in the agency switches to it first.
CREATE OR REPLACE FUNCTION is_administrator(the_member uuid, the_agency uuid, the_function text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM member m JOIN member_function mf ON mf.member_id = m.id
        JOIN agency_function af ON af.agency_id = m.agency_id AND af.function = mf.function
        WHERE m.id = the_member AND (the_agency IS NULL OR m.agency_id = the_agency) AND mf.access_level = 'administrator'
          AND (the_function IS NULL OR mf.function = the_function)
          AND is_live(mf.valid_from, mf.valid_until) AND is_live(af.valid_from, af.valid_until))
$$;

CREATE OR REPLACE FUNCTION operates_platform() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT coalesce(my_access_level() = 'administrator' AND my_function() = 'platform_operation', false) $$;

-- Acts on agencies themselves; everything else is an agency's own.
CREATE OR REPLACE FUNCTION is_of_platform(the_act text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT the_act IN ('agency.onboard', 'agency_function.give', 'agency_function.end', 'provider.register', 'provider.change',
                       'administrator.appoint', 'regime_row.enter')
$$;

CREATE OR REPLACE FUNCTION caller_problem(the_act text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN coalesce(my_access_level() <> 'administrator', true) THEN 'not_an_administrator'
                WHEN is_of_platform(the_act) AND NOT operates_platform() THEN 'not_a_platform_administrator' END
$$;

CREATE OR REPLACE FUNCTION period_problem(the_from date, the_until date) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN the_from IS NULL OR the_from < london_today() THEN 'begins_in_the_past'
                WHEN the_until <= the_from THEN 'ends_before_it_begins' END
$$;

CREATE OR REPLACE FUNCTION incompatible_with(the_member uuid, the_function text, the_from date, the_until date)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM incompatible_pair p JOIN member_function mf ON mf.member_id = the_member
             AND (mf.function, the_function) IN ((p.one, p.other), (p.other, p.one))
        WHERE p.kind = 'functions_of_one_person'
          AND daterange(mf.valid_from, mf.valid_until) && daterange(the_from, the_until))
$$;

-- One of the agency's functions for a person who has none of it in that time and nothing that forbids it.
CREATE OR REPLACE FUNCTION function_problem(
    the_member uuid, the_agency uuid, the_function text, the_level text, the_from date, the_until date)
RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN the_function IN ('platform_worker', 'referral_import')
             OR coalesce(the_level NOT IN ('practitioner', 'approver', 'administrator'), true) THEN 'not_for_people'
        WHEN NOT EXISTS (SELECT FROM agency_function af WHERE af.agency_id = the_agency AND af.function = the_function
                         AND af.valid_from <= the_from AND (af.valid_until IS NULL OR af.valid_until > the_from))
            THEN 'agency_has_no_such_function'
        WHEN EXISTS (SELECT FROM member_function mf WHERE mf.member_id = the_member AND mf.function = the_function
                     AND daterange(mf.valid_from, mf.valid_until) && daterange(the_from, the_until)) THEN 'held_already'
        WHEN incompatible_with(the_member, the_function, the_from, the_until) THEN 'incompatible'
    END
$$;

-- A new person: a subject of one of the agency's own providers, whom nobody added yet.
CREATE OR REPLACE FUNCTION newcomer_problem(the_agency uuid, the_content jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM provider p WHERE p.slug = the_content ->> 'provider' AND p.agency_id = the_agency
                         AND p.closed_at IS NULL) THEN 'no_such_provider'
        WHEN EXISTS (SELECT FROM member m JOIN provider p ON p.id = m.provider_id
                     WHERE p.slug = the_content ->> 'provider' AND m.subject = the_content ->> 'subject')
            THEN 'added_already'
        ELSE function_problem(NULL, the_agency, the_content ->> 'function', the_content ->> 'access_level',
                              (the_content ->> 'from')::date, (the_content ->> 'until')::date)
    END
$$;

-- Only the level moves; a practitioner's rise and every step to or from administrator widens something.
CREATE OR REPLACE FUNCTION level_problem(the_member uuid, the_function text, the_level text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN the_level NOT IN ('practitioner', 'approver', 'administrator') THEN 'not_for_people'
        WHEN NOT EXISTS (SELECT FROM member_function mf WHERE mf.member_id = the_member AND mf.function = the_function
                         AND is_live(mf.valid_from, mf.valid_until)) THEN 'not_held'
        WHEN EXISTS (SELECT FROM member_function mf WHERE mf.member_id = the_member AND mf.function = the_function
                     AND is_live(mf.valid_from, mf.valid_until) AND mf.access_level = the_level) THEN 'held_already'
    END
$$;

CREATE OR REPLACE FUNCTION team_problem(the_team uuid, the_member uuid, the_agency uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM team t WHERE t.id = the_team AND t.agency_id = the_agency) THEN 'unknown'
        WHEN NOT EXISTS (SELECT FROM team t JOIN member_function mf ON mf.function = t.function
                         WHERE t.id = the_team AND mf.member_id = the_member
                           AND (mf.valid_until IS NULL OR mf.valid_until > london_today())) THEN 'not_held'
        WHEN EXISTS (SELECT FROM team_membership tm WHERE tm.team_id = the_team AND tm.member_id = the_member
                     AND (tm.until_at IS NULL OR tm.until_at > moment())) THEN 'held_already'
    END
$$;

CREATE OR REPLACE FUNCTION platform_problem(the_act text, the_agency uuid, the_content jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN the_act <> 'agency.onboard' AND NOT EXISTS (SELECT FROM agency a WHERE a.id = the_agency AND a.on_platform)
            THEN 'unknown'
        WHEN the_act = 'agency.onboard' AND EXISTS (
            SELECT FROM agency a WHERE a.code = the_content ->> 'code' AND a.on_platform) THEN 'added_already'
        WHEN the_content ->> 'function' IN ('platform_operation', 'platform_worker')
             OR the_content -> 'functions' ?| ARRAY['platform_operation', 'platform_worker']
            THEN 'not_for_agencies'
        WHEN the_act = 'agency_function.give' AND EXISTS (
            SELECT FROM agency_function af WHERE af.agency_id = the_agency AND af.function = the_content ->> 'function'
              AND (daterange(af.valid_from, af.valid_until)
                       && daterange((the_content ->> 'from')::date, (the_content ->> 'until')::date)
                   OR af.valid_from = (the_content ->> 'from')::date)) THEN 'held_already'
        WHEN the_act = 'provider.register' AND EXISTS (
            SELECT FROM provider p WHERE p.slug = the_content ->> 'slug'
              OR (p.issuer, p.client_id) = (the_content ->> 'issuer', the_content ->> 'client_id')) THEN 'added_already'
        WHEN the_act = 'provider.change' THEN provider_problem(the_act, the_agency, the_content)
        WHEN the_act = 'administrator.appoint' AND (  -- the first two, and never more than two
            SELECT count(DISTINCT m.id) FROM member m JOIN member_function mf ON mf.member_id = m.id
            WHERE m.agency_id = the_agency AND mf.access_level = 'administrator'
              AND (mf.valid_until IS NULL OR mf.valid_until > london_today())) >= 2
            THEN 'administered_already'
        WHEN the_act = 'administrator.appoint' THEN newcomer_problem(the_agency, the_content)
    END
$$;

-- Everything that can stand against a change, whoever asks; `by_whom` is the proposer, who is never its subject.
CREATE OR REPLACE FUNCTION change_problem(the_act text, the_agency uuid, the_content jsonb, by_whom uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    about uuid := (the_content ->> 'member')::uuid;
BEGIN
    IF about IS NOT NULL AND NOT EXISTS (
            SELECT FROM member m WHERE m.id = about AND m.agency_id = the_agency AND NOT m.is_service) THEN
        RETURN 'unknown';
    ELSIF about = by_whom THEN
        RETURN 'for_yourself';
    ELSIF the_act = 'function.give' AND ends_soon(about, the_content ->> 'function')
          OR the_act = 'team.join' AND ends_soon(about, '') THEN
        RETURN 'ends_soon';
    ELSIF the_act = 'end.cancel' THEN
        RETURN CASE WHEN NOT EXISTS (
            SELECT FROM planned_end p WHERE p.member_id = about AND p.function IS NOT DISTINCT FROM the_content ->> 'function'
              AND p.settled_at IS NULL AND p.ends_on > london_today()) THEN 'not_held' END;
    ELSIF the_content ? 'from' AND period_problem((the_content ->> 'from')::date, (the_content ->> 'until')::date)
            IS NOT NULL THEN
        RETURN period_problem((the_content ->> 'from')::date, (the_content ->> 'until')::date);
    END IF;
    RETURN CASE the_act
        WHEN 'member.add' THEN newcomer_problem(the_agency, the_content)
        WHEN 'function.give' THEN function_problem(about, the_agency, the_content ->> 'function',
            the_content ->> 'access_level', (the_content ->> 'from')::date, (the_content ->> 'until')::date)
        WHEN 'level.change' THEN coalesce(
            level_problem(about, the_content ->> 'function', the_content ->> 'access_level'),
            CASE WHEN the_content ->> 'access_level' = 'administrator' AND EXISTS (
                SELECT FROM successor_problems(about, '[]', the_content ->> 'function')) THEN 'work_in_hand' END)
        WHEN 'team.join' THEN team_problem((the_content ->> 'team')::uuid, about, the_agency)
        WHEN 'machine_client.register' THEN
            coalesce(machine_problem(the_agency, the_content), machine_issuer_problem(the_agency, the_content))
        WHEN 'machine_key.add' THEN machine_key_problem(the_agency, the_content)
        WHEN 'regime_row.enter' THEN regime_row_problem(the_content)
        ELSE platform_problem(the_act, the_agency, the_content)
    END;
END $$;

-- ── The last wall: whatever writes these rows, by whichever way ──────────────────────────────────────────────

-- Two rows of one person written at once meet in the member's row, so that the second is judged with the first.
CREATE OR REPLACE FUNCTION guard_member_function() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE member SET version = version + 1 WHERE id = NEW.member_id;
    IF incompatible_with(NEW.member_id, NEW.function, NEW.valid_from, NEW.valid_until) THEN
        RAISE EXCEPTION 'one person may never hold these functions together' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM member_function mf
               WHERE mf.member_id = NEW.member_id AND mf.function = NEW.function AND mf.id <> NEW.id
                 AND daterange(mf.valid_from, mf.valid_until) && daterange(NEW.valid_from, NEW.valid_until)) THEN
        RAISE EXCEPTION 'this function is held already in that time' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;

-- To note that a row has run out changes nothing that is judged here.
CREATE OR REPLACE TRIGGER guard_member_function BEFORE INSERT
OR UPDATE OF member_id, function, access_level, valid_from, valid_until, ended_at ON member_function
FOR EACH ROW EXECUTE FUNCTION guard_member_function();

-- A place in a team is a way to records: whoever writes with it meets its end in the member's row.
CREATE OR REPLACE FUNCTION guard_team_membership() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE member SET version = version + 1 WHERE id = NEW.member_id;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER guard_team_membership BEFORE INSERT OR UPDATE ON team_membership
FOR EACH ROW EXECUTE FUNCTION guard_team_membership();

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$ BEGIN RAISE EXCEPTION 'nothing here is ever changed' USING ERRCODE = 'insufficient_privilege'; END $$;

CREATE OR REPLACE TRIGGER never_changed BEFORE UPDATE OR DELETE ON administrative_record
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER never_changed BEFORE UPDATE OR DELETE ON training
FOR EACH ROW EXECUTE FUNCTION refuse_change();
