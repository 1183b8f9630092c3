-- Opening records and giving access to them. The application role cannot write records, involvements, assignments,
-- bars or leads; these functions check the giver first. Every change of access updates the record's access version,
-- so that a writer holding an older snapshot fails and starts again.

-- A random reference with a check character; no vowels and nothing that can be misread.
CREATE OR REPLACE FUNCTION new_reference(prefix text) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    alphabet constant text := '23456789BCDFGHJKMNPQRTVWXYZ';
    bytes bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    body text := '';
    total integer := 0;
    place integer := 0;
    value integer;
BEGIN
    WHILE length(body) < 8 AND place < 32 LOOP
        value := get_byte(bytes, place);
        place := place + 1;
        CONTINUE WHEN value >= 243 OR place IN (7, 9, 23, 25);  -- no modulo bias; the uuid's fixed bits are not random
        body := body || substr(alphabet, value % 27 + 1, 1);
        total := total + (value % 27) * (length(body) + 1);
    END LOOP;
    RETURN format('%s-%s-%s%s', prefix, substr(body, 1, 4), substr(body, 5, 4), substr(alphabet, total % 27 + 1, 1));
END $$;

CREATE OR REPLACE FUNCTION change_of_access(the_record uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ UPDATE record SET access_version = access_version + 1 WHERE id = the_record $$;

CREATE OR REPLACE FUNCTION open_record(the_kind text, the_act text, the_purpose text, the_lawful_basis text)
RETURNS TABLE (record_id uuid, reference text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    as_relation text := CASE the_act
        WHEN 'case.open' THEN 'opener' WHEN 'referral.submit' THEN 'referrer' WHEN 'referral.import' THEN 'importer'
        WHEN 'duty_to_notify.submit' THEN 'submitter' WHEN 'duty_to_notify.import' THEN 'importer' END;
    the_record record;
    about uuid;
    involved uuid;
BEGIN
    IF me.id IS NULL OR as_relation IS NULL OR NOT may_begin(the_act) THEN
        RAISE EXCEPTION 'not allowed to open a record' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (the_kind = 'duty_to_notify') <> (the_act LIKE 'duty_to_notify.%') THEN
        RAISE EXCEPTION 'this act opens another kind of record' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF the_kind = 'case' THEN
        INSERT INTO person (created_at) VALUES (moment()) RETURNING id INTO about;
    END IF;
    INSERT INTO record (kind, reference, person_id, opened_at)
    VALUES (the_kind, new_reference(CASE the_kind WHEN 'case' THEN 'C' ELSE 'D' END), about, moment())
    RETURNING * INTO the_record;
    involved := add_involvement(the_record.id, me.agency_id, me.function, as_relation, the_purpose, the_lawful_basis,
                                the_act, me.member_id);
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
    VALUES (the_record.id, involved, me.agency_id, me.function, me.member_id, 'Opened the record', me.member_id, moment());
    INSERT INTO lead_agency (record_id, from_at, step, agency_id, because)
    VALUES (the_record.id, moment(), 1, me.agency_id, 'Opened the record');
    RETURN QUERY SELECT the_record.id, the_record.reference;
END $$;

-- The bare row, for functions that have checked the giver. An opener reads what it recorded and no more: its scope
-- begins with the core, and each version it writes is pinned to it (see record_groups).
CREATE OR REPLACE FUNCTION add_involvement(
    the_record uuid, the_agency uuid, the_function text, the_relation text, the_purpose text, the_lawful_basis text,
    the_source text, giver uuid)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    involved uuid;
BEGIN
    SELECT i.id INTO involved FROM involvement i
    WHERE i.record_id = the_record AND i.agency_id = the_agency AND i.function = the_function
      AND i.relation = the_relation AND i.until_at IS NULL;
    IF involved IS NOT NULL THEN
        RETURN involved;
    END IF;
    INSERT INTO involvement (record_id, record_kind, agency_id, function, relation, purpose, lawful_basis, source, given_by,
                             from_at, next_due)
    VALUES (the_record, (SELECT r.kind FROM record r WHERE r.id = the_record), the_agency, the_function, the_relation, the_purpose, the_lawful_basis, the_source, giver, moment(),
            -- whoever only attends a meeting sees no clocks, not even by the order of a list
            (SELECT min(due_on) FROM clock c
             WHERE c.record_id = the_record AND c.ended_at IS NULL AND the_relation <> 'attendee'))
    RETURNING id INTO involved;
    IF the_relation = 'opener' THEN
        INSERT INTO involvement_scope (involvement_id, data_group, recorded_at) VALUES (involved, 'core', moment());
        INSERT INTO involvement_scope (involvement_id, data_group, recorded_at) VALUES (involved, 'clocks', moment());
        INSERT INTO involvement_scope (involvement_id, data_group, recorded_at)
        VALUES (involved, 'information_requests', moment());
    END IF;
    PERFORM change_of_access(the_record);
    RETURN involved;
END $$;

-- Give agencies' functions a relation to a record. The giver must be doing an act on the record in this transaction,
-- and the policy must let their relation give each of these. New involvements go to the agency's intake team.
DROP FUNCTION IF EXISTS involve(uuid, uuid, text, text, text, text, text);
CREATE OR REPLACE FUNCTION involve(the_record uuid, the_many jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    giver constant uuid := my_member();
    acts_here constant boolean := doing(the_record, NULL);
    given_here constant text[] := ARRAY(
        SELECT c.action FROM cells(ARRAY(SELECT s FROM standing(ARRAY[the_record]) s)) c
        WHERE c.data_group = 'core' AND c.allowed);
    one record;
    involved uuid;
BEGIN
    FOR one IN SELECT * FROM jsonb_to_recordset(the_many)
               AS o (agency uuid, function text, relation text, purpose text, lawful_basis text, source text) LOOP
        IF NOT acts_here OR coalesce('involve.' || one.relation <> ALL (given_here), true) THEN
            RAISE EXCEPTION 'not allowed to involve' USING ERRCODE = 'insufficient_privilege';
        END IF;
        involved := add_involvement(the_record, one.agency, one.function, one.relation, one.purpose, one.lawful_basis,
                                    one.source, giver);
        INSERT INTO assignment (record_id, involvement_id, agency_id, function, team_id, reason, given_by, from_at)
        SELECT the_record, involved, one.agency, one.function, t.id, 'New to the agency: intake team', giver, moment()
        FROM team t WHERE t.agency_id = one.agency AND t.function = one.function AND t.is_intake
          AND NOT EXISTS (SELECT FROM assignment a WHERE a.involvement_id = involved AND a.until_at IS NULL);
    END LOOP;
END $$;

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

-- The actor's own involvement ends; `until` is set once.
CREATE OR REPLACE FUNCTION end_own_involvement(the_record uuid, the_relation text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT doing(the_record, NULL) THEN
        RAISE EXCEPTION 'not doing anything here' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE involvement SET until_at = moment()
    WHERE record_id = the_record AND agency_id = my_agency() AND function = my_function() AND relation = the_relation
      AND until_at IS NULL;
    PERFORM change_of_access(the_record);
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

CREATE OR REPLACE FUNCTION hand_lead(the_record uuid, the_agency uuid, the_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT doing(the_record, NULL) OR NOT may(the_record, 'core', 'lead.change') THEN
        RAISE EXCEPTION 'not allowed to hand over the lead' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO lead_agency (record_id, from_at, step, agency_id, because)
    SELECT the_record, moment(), coalesce(max(step), 0) + 1, the_agency, the_reason FROM lead_agency
    WHERE record_id = the_record
    HAVING NOT leads(the_record, the_agency);
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

-- The record that this agency's form of the same external id made, whoever sends it again.
CREATE OR REPLACE FUNCTION sent_before(the_external_id text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT r.reference FROM referral f JOIN record r ON r.id = f.record_id
    WHERE f.source_agency_id = my_agency() AND f.external_id = the_external_id
      AND (SELECT may_begin('referral.import') OR may_begin('referral.submit'))
$$;

-- The next version of each group, whole, with its summary beside it.
-- What the new version says nothing of stays as it was, for the keys kept: nobody has to read it for that.
DROP FUNCTION IF EXISTS record_group(uuid, text, jsonb, jsonb, text[]);
CREATE OR REPLACE FUNCTION record_groups(the_record uuid, the_groups jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    writer constant uuid := my_member();
    open_here constant text[] := ARRAY(SELECT w.data_group FROM writable() w WHERE w.record_id = the_record);
    scoped_here constant uuid[] := ARRAY(  -- what others gave stays as they gave it
        SELECT s.involvement_id FROM standing(ARRAY[the_record]) s
        JOIN involvement i ON i.id = s.involvement_id AND i.relation NOT IN ('recipient', 'requested') WHERE s.scoped);
    one record;
    new_version integer;
    before jsonb;
BEGIN
    FOR one IN SELECT * FROM jsonb_to_recordset(the_groups)
               AS o ("group" text, content jsonb, summary jsonb, kept text[]) LOOP
        IF coalesce(one."group" <> ALL (open_here), true) THEN
            RAISE EXCEPTION 'not allowed to record this group' USING ERRCODE = 'insufficient_privilege';
        END IF;
        SELECT coalesce(max(version), 0) + 1 INTO new_version FROM group_content
        WHERE record_id = the_record AND data_group = one."group";
        SELECT jsonb_object_agg(said.key, said.value) INTO before FROM group_content g, jsonb_each(g.content) AS said
        WHERE g.record_id = the_record AND g.data_group = one."group" AND g.version = new_version - 1
          AND said.key = ANY (one.kept);
        INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)
        VALUES (the_record, one."group", new_version, coalesce(before, '{}') || one.content, moment(), writer);
        IF jsonb_typeof(one.summary) = 'object' THEN
            INSERT INTO group_summary (record_id, data_group, version, content)
            VALUES (the_record, one."group", new_version, one.summary);
        END IF;
        -- A scoped involvement keeps what it wrote: the new version is pinned to it.
        INSERT INTO involvement_scope (involvement_id, data_group, pinned_version, recorded_at)
        SELECT s, one."group", new_version, moment() FROM unnest(scoped_here) s;
    END LOOP;
END $$;

-- What a record waited for is over: all of it, or these kinds. A function, because row security hides clocks that the
-- writer did not ask to read.
DROP FUNCTION IF EXISTS end_clocks(uuid);
CREATE OR REPLACE FUNCTION end_clocks(the_record uuid, the_kinds text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM writable() w WHERE w.record_id = the_record AND w.data_group = 'clocks') THEN
        RAISE EXCEPTION 'not allowed to end these clocks' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE clock SET ended_at = moment()
    WHERE record_id = the_record AND ended_at IS NULL AND (the_kinds IS NULL OR kind = ANY (the_kinds));
END $$;

-- From which moment a clock runs that the actor may write: they need not be shown the case's clocks for that.
CREATE OR REPLACE FUNCTION clock_counted_from(the_record uuid, the_kind text) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (c.proof ->> 'event_at')::timestamptz FROM clock c
    WHERE c.record_id = the_record AND c.kind = the_kind AND c.ended_at IS NULL
      AND (c.record_id, 'clocks') IN (SELECT * FROM writable())
$$;

-- ── What follows from a write by itself ──────────────────────────────────────────────────────────────────

-- The worklist's sort key stands on the involvement, so that a list never leaves the reader's own rows.
CREATE OR REPLACE FUNCTION carry_next_due() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE involvement SET next_due = (
        SELECT min(c.due_on) FROM clock c WHERE c.record_id = NEW.record_id AND c.ended_at IS NULL)
    WHERE record_id = NEW.record_id AND until_at IS NULL AND relation <> 'attendee';
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER carry_next_due AFTER INSERT OR UPDATE ON clock
FOR EACH ROW EXECUTE FUNCTION carry_next_due();

-- A closed record leaves every worklist.
CREATE OR REPLACE FUNCTION carry_stage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE involvement SET record_open = NEW.value <> 'closed'
    WHERE record_id = NEW.record_id AND (until_at IS NULL OR until_at > moment());
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER carry_stage AFTER INSERT ON case_fact
FOR EACH ROW WHEN (NEW.kind = 'stage') EXECUTE FUNCTION carry_stage();

CREATE OR REPLACE FUNCTION ring_outbox() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$ BEGIN PERFORM pg_notify('concordat_outbox', ''); RETURN NULL; END $$;

CREATE OR REPLACE TRIGGER ring_outbox AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION ring_outbox();
