-- Giving access to records. The application role cannot write involvements, assignments, bars or leads; these functions
-- check the giver first. Every change of access updates the record's access version, so that a writer holding an older
-- snapshot fails and starts again.

CREATE OR REPLACE FUNCTION change_of_access(the_record uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ UPDATE record SET access_version = access_version + 1 WHERE id = the_record $$;

-- The bare rows, for functions that have checked the giver: record, agency, function, relation, purpose, lawful_basis and
-- source of each; what is there already stays. An opener reads what it recorded and no more: its scope begins with the
-- core, and each version it writes is pinned to it (see record_groups).
CREATE OR REPLACE FUNCTION add_involvements(asked jsonb[], giver uuid) RETURNS TABLE (place bigint, involvement_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    -- Asked before the row has a day that the giver may not see: the database's own error would show it.
    IF EXISTS (SELECT FROM unnest(asked) one,
                           unnest('{record,agency,function,relation,purpose,lawful_basis,source}'::text[]) part
               WHERE coalesce(one ->> part, '') = '') THEN
        RAISE EXCEPTION 'an involvement says all of this' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
    WITH wanted AS MATERIALIZED (
        SELECT a.place, o.* FROM unnest(asked) WITH ORDINALITY AS a (one, place), jsonb_to_record(a.one)
            AS o (record uuid, agency uuid, function text, relation text, purpose text, lawful_basis text, source text)
    ), there AS MATERIALIZED (
        SELECT w.place, i.id FROM wanted w CROSS JOIN LATERAL (
            SELECT i.id FROM involvement i
            WHERE i.record_id = w.record AND i.agency_id = w.agency AND i.function = w.function
              AND i.relation = w.relation AND i.until_at IS NULL LIMIT 1) i
    ), made AS (
        INSERT INTO involvement (record_id, record_kind, agency_id, function, relation, purpose, lawful_basis, source,
                                 given_by, from_at, next_due)
        SELECT DISTINCT ON (w.record, w.agency, w.function, w.relation)
               w.record, (SELECT r.kind FROM record r WHERE r.id = w.record), w.agency, w.function, w.relation,
               w.purpose, w.lawful_basis, w.source, giver, moment(),
               -- whoever only attends a meeting sees no clocks, not even by the order of a list
               (SELECT min(due_on) FROM clock c
                WHERE c.record_id = w.record AND c.ended_at IS NULL AND w.relation <> 'attendee')
        FROM wanted w WHERE w.place NOT IN (SELECT t.place FROM there t)
        ORDER BY w.record, w.agency, w.function, w.relation, w.place
        RETURNING id, record_id, agency_id, function, relation
    ), scoped AS (
        INSERT INTO involvement_scope (involvement_id, data_group, recorded_at)
        SELECT m.id, g, moment() FROM made m, unnest(ARRAY['core', 'clocks', 'information_requests']) g
        WHERE m.relation = 'opener'
    ), moved AS (
        UPDATE record SET access_version = access_version + 1 WHERE id IN (SELECT m.record_id FROM made m)
    )
    SELECT t.place, t.id FROM there t
    UNION ALL
    SELECT w.place, m.id FROM made m
    JOIN wanted w ON (w.record, w.agency, w.function, w.relation) = (m.record_id, m.agency_id, m.function, m.relation);
END $$;

CREATE OR REPLACE FUNCTION add_involvement(
    the_record uuid, the_agency uuid, the_function text, the_relation text, the_purpose text, the_lawful_basis text,
    the_source text, giver uuid)
RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT involvement_id FROM add_involvements(ARRAY[jsonb_build_object(
        'record', the_record, 'agency', the_agency, 'function', the_function, 'relation', the_relation,
        'purpose', the_purpose, 'lawful_basis', the_lawful_basis, 'source', the_source)], giver)
$$;

-- Give agencies' functions a relation to a record: record, agency, function, relation, purpose, lawful_basis and source
-- of each, all or none. The giver must be doing an act on each record in this transaction, and the policy must let their
-- relation give each of these. New involvements go to the agency's intake team.
CREATE OR REPLACE FUNCTION involve(asked jsonb[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    giver constant uuid := my_member();
    acts_on constant uuid[] := ARRAY(SELECT records_of(asked) INTERSECT SELECT acted_on());
    given constant text[] := ARRAY(
        SELECT c.record_id || ' ' || c.action FROM cells(ARRAY(SELECT s FROM standing(acts_on) s)) c
        WHERE c.data_group = 'core' AND c.allowed);
    involved uuid[];
BEGIN
    IF EXISTS (SELECT FROM unnest(asked) one
               WHERE coalesce((one ->> 'record') || ' involve.' || (one ->> 'relation') <> ALL (given), true)) THEN
        RAISE EXCEPTION 'not allowed to involve' USING ERRCODE = 'insufficient_privilege';
    END IF;
    involved := ARRAY(SELECT v.involvement_id FROM add_involvements(asked, giver) v);
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, team_id, reason, given_by, from_at)
    SELECT i.record_id, i.id, i.agency_id, i.function, t.id, 'New to the agency: intake team', giver, moment()
    FROM involvement i JOIN team t ON t.agency_id = i.agency_id AND t.function = i.function AND t.is_intake
    WHERE i.id = ANY (involved)
      -- not by `until_at IS NULL`, which would let a plan made for an empty table walk through every open assignment
      AND NOT coalesce((SELECT bool_or(a.until_at IS NULL) FROM assignment a WHERE a.involvement_id = i.id), false);
END $$;

-- The records of what is asked, each once.
CREATE OR REPLACE FUNCTION records_of(asked jsonb[]) RETURNS SETOF uuid
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT DISTINCT (one ->> 'record')::uuid FROM unnest(asked) one $$;

-- The actor's own agency and function takes another relation because of what it does (an opener that refers).
CREATE OR REPLACE FUNCTION become(the_record uuid, the_relation text, the_purpose text, the_lawful_basis text, the_source text)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    involved uuid;
BEGIN
    IF NOT doing(the_record, NULL) OR NOT may(the_record, 'core', 'involve.' || the_relation) THEN
        RAISE EXCEPTION 'not allowed to involve' USING ERRCODE = 'insufficient_privilege';
    END IF;
    involved := add_involvement(the_record, me.agency_id, me.function, the_relation, the_purpose, the_lawful_basis,
                                the_source, me.member_id);
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
    SELECT the_record, involved, me.agency_id, me.function, me.member_id, 'Did the act', me.member_id, moment()
    WHERE NOT EXISTS (SELECT FROM assignment a WHERE a.involvement_id = involved AND a.until_at IS NULL);
    RETURN involved;
END $$;

-- The actor's own involvement in these records ends; `until` is set once.
CREATE OR REPLACE FUNCTION end_own_involvement(the_records uuid[], the_relation text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT unnest(the_records) EXCEPT SELECT acted_on()) THEN
        RAISE EXCEPTION 'not doing anything here' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE involvement SET until_at = moment()
    WHERE record_id = ANY (the_records) AND agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
      AND relation = the_relation AND until_at IS NULL;
    PERFORM change_of_access(the_record) FROM unnest(the_records) the_record;
END $$;

-- The platform's importer joins the concern a message belongs to. No row: no such concern.
CREATE OR REPLACE FUNCTION join_concern(the_reference text, the_purpose text, the_lawful_basis text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    the_record uuid;
    involved uuid;
BEGIN
    IF me.id IS NULL OR NOT may_begin('referral.import') OR NOT imports_for_everybody() THEN
        RAISE EXCEPTION 'not allowed to import' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT r.id INTO the_record FROM record r
    WHERE r.reference = upper(the_reference) AND r.kind = 'case' AND NOT EXISTS (SELECT FROM referral f WHERE f.record_id = r.id);
    IF the_record IS NOT NULL THEN
        involved := add_involvement(the_record, me.agency_id, me.function, 'importer', the_purpose, the_lawful_basis,
                                    'referral.import', me.member_id);
        INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
        VALUES (the_record, involved, me.agency_id, me.function, me.member_id, 'Imports a message', me.member_id, moment());
    END IF;
    RETURN the_record;
END $$;

-- Another agency leads from now on: record, agency and because of each; nothing happens where it leads already.
CREATE OR REPLACE FUNCTION hand_lead(asked jsonb[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    acts_on constant uuid[] := ARRAY(SELECT records_of(asked) INTERSECT SELECT acted_on());
    given constant uuid[] := ARRAY(
        SELECT c.record_id FROM cells(ARRAY(SELECT s FROM standing(acts_on) s)) c
        WHERE c.data_group = 'core' AND c.action = 'lead.change' AND c.allowed);
BEGIN
    IF EXISTS (SELECT FROM records_of(asked) record WHERE coalesce(record <> ALL (given), true)) THEN
        RAISE EXCEPTION 'not allowed to hand over the lead' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO lead_agency (record_id, from_at, step, agency_id, because)
    SELECT DISTINCT ON (o.record) o.record, moment(),
           1 + coalesce((SELECT max(l.step) FROM lead_agency l WHERE l.record_id = o.record), 0), o.agency, o.because
    FROM unnest(asked) one, jsonb_to_record(one) AS o (record uuid, agency uuid, because text)
    WHERE NOT leads(o.record, o.agency) ORDER BY o.record, o.agency;
END $$;

-- To whom a record can be given: people who act in this function today, in the actor's own agency. An administrator
-- would not see it.
CREATE OR REPLACE FUNCTION my_colleagues() RETURNS TABLE (id uuid, display_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT m.id, m.display_name FROM member m
    WHERE m.agency_id = my_agency() AND NOT m.is_service AND EXISTS (
        SELECT FROM member_function mf WHERE mf.member_id = m.id AND mf.function = my_function() AND mf.access_level <> 'administrator'
          AND mf.valid_from <= london_today() AND (mf.valid_until IS NULL OR mf.valid_until > london_today()))
    ORDER BY m.display_name, m.id
$$;

-- Need to know inside an agency. A colleague may add themselves only, with a reason; nobody reaches into another agency
-- or function, and nothing is taken from anybody unless somebody else has it then.
CREATE OR REPLACE FUNCTION assign(the_record uuid, the_member uuid, the_team uuid, the_reason text, replacing boolean)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    mine record;
BEGIN
    IF NOT doing(the_record, 'case.assign') THEN
        RAISE EXCEPTION 'not allowed to assign' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF num_nonnulls(the_member, the_team) <> 1
       OR the_member IS NOT NULL AND NOT EXISTS (SELECT FROM my_colleagues() c WHERE c.id = the_member)
       OR the_team IS NOT NULL AND NOT EXISTS (SELECT FROM my_teams() t WHERE t.id = the_team) THEN
        RAISE EXCEPTION 'nobody to whom this can be given' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Whoever has the record by one relation acts by that one; of another they may be a colleague only.
    FOR mine IN SELECT s.involvement_id, s.relation FROM standing(ARRAY[the_record]) s
                WHERE s.relation <> 'colleague' OR NOT EXISTS (
                    SELECT FROM standing(ARRAY[the_record]) o WHERE o.relation <> 'colleague') LOOP
        IF mine.relation = 'colleague' AND (the_member IS DISTINCT FROM me.member_id OR replacing) THEN
            RAISE EXCEPTION 'a colleague may assign only themselves' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF replacing THEN
            UPDATE assignment SET until_at = moment() WHERE involvement_id = mine.involvement_id AND until_at IS NULL;
        END IF;
        INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, team_id, reason, given_by, from_at)
        SELECT the_record, mine.involvement_id, me.agency_id, me.function, the_member, the_team, the_reason, me.member_id, moment()
        WHERE NOT EXISTS (SELECT FROM assignment a WHERE a.involvement_id = mine.involvement_id AND a.until_at IS NULL
                          AND (a.member_id = the_member OR a.team_id = the_team));
    END LOOP;
    PERFORM change_of_access(the_record);
END $$;
