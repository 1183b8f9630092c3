-- Opening records, and what is written into them. Functions that take many things take them as one JSON object each, for
-- all or for none: the cost of a statement is the same for one as for twenty.

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

-- What opening by this act makes of the opener; null: it opens nothing.
CREATE OR REPLACE FUNCTION relation_of_opening(the_act text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE the_act
        WHEN 'case.open' THEN 'opener' WHEN 'referral.submit' THEN 'referrer' WHEN 'referral.import' THEN 'importer'
        WHEN 'duty_to_notify.submit' THEN 'submitter' WHEN 'duty_to_notify.import' THEN 'importer' END
$$;

-- New records, in the order asked: kind, act, purpose, lawful_basis of each. The actor leads them and has them.
CREATE OR REPLACE FUNCTION open_records(asked jsonb[]) RETURNS TABLE (place bigint, record_id uuid, reference text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    me constant session := live_session();
    opened uuid[] := ARRAY(SELECT gen_random_uuid() FROM unnest(asked));
    about uuid[] := ARRAY(SELECT CASE one ->> 'kind' WHEN 'case' THEN gen_random_uuid() END FROM unnest(asked) one);
    involved uuid[];
BEGIN
    IF me.id IS NULL OR EXISTS (
        SELECT FROM (SELECT DISTINCT one ->> 'act' AS act, one ->> 'kind' AS kind FROM unnest(asked) one) o
        WHERE coalesce(relation_of_opening(o.act) IS NULL OR NOT may_begin(o.act)
                       OR (o.kind = 'duty_to_notify') <> (o.act LIKE 'duty_to_notify.%'), true)) THEN
        RAISE EXCEPTION 'not allowed to open such a record' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO person (id, created_at) SELECT p, moment() FROM unnest(about) p WHERE p IS NOT NULL;
    INSERT INTO record (id, kind, reference, person_id, opened_at)
    SELECT a.record, a.one ->> 'kind', new_reference(CASE a.one ->> 'kind' WHEN 'case' THEN 'C' ELSE 'D' END), a.person, moment()
    FROM unnest(asked, opened, about) AS a (one, record, person);
    involved := ARRAY(SELECT v.involvement_id FROM add_involvements(ARRAY(
        SELECT jsonb_build_object('record', a.record, 'agency', me.agency_id, 'function', me.function,
                                  'relation', relation_of_opening(a.one ->> 'act'), 'purpose', a.one -> 'purpose',
                                  'lawful_basis', a.one -> 'lawful_basis', 'source', a.one -> 'act')
        FROM unnest(asked, opened) AS a (one, record)), me.member_id) v ORDER BY v.place);
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, reason, given_by, from_at)
    SELECT a.record, a.involvement, me.agency_id, me.function, me.member_id, 'Opened the record', me.member_id, moment()
    FROM unnest(opened, involved) AS a (record, involvement);
    INSERT INTO lead_agency (record_id, from_at, step, agency_id, because)
    SELECT record, moment(), 1, me.agency_id, 'Opened the record' FROM unnest(opened) record;
    RETURN QUERY SELECT a.place, r.id, r.reference FROM unnest(opened) WITH ORDINALITY AS a (record, place)
                 JOIN record r ON r.id = a.record;
END $$;

-- The next version of each group, whole, with its summary beside it: record, group, content, summary and kept of each.
-- What the new version says nothing of stays as it was, for the keys kept: nobody has to read it for that. Who is shown by
-- version only what they wrote is shown the new one as well, so nothing stays in it of versions that they may not read.
CREATE OR REPLACE FUNCTION record_groups(asked jsonb[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    writer constant uuid := my_member();
    standings_now constant record_standing[] := ARRAY(SELECT s FROM standing(ARRAY(SELECT records_of(asked))) s);
BEGIN
    IF EXISTS (SELECT (one ->> 'record')::uuid, one ->> 'group' FROM unnest(asked) one
               EXCEPT SELECT w.record_id, w.data_group FROM writable() w) THEN
        RAISE EXCEPTION 'not allowed to record this group' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Asked before anything stands beside what was there: the database's own error would show the whole row.
    IF EXISTS (SELECT FROM unnest(asked) one WHERE jsonb_typeof(one -> 'content') IS DISTINCT FROM 'object')
       OR (SELECT count(*) <> count(DISTINCT (one ->> 'record', one ->> 'group')) FROM unnest(asked) one) THEN
        RAISE EXCEPTION 'a group is one object' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    WITH reach AS MATERIALIZED (
        SELECT s.record_id, bool_and(s.scoped) AS scoped, array_agg(p) AS pins
        FROM unnest(standings_now) s LEFT JOIN LATERAL unnest(s.pins) p ON true GROUP BY s.record_id
    ), wanted AS MATERIALIZED (
        SELECT o.record, o."group", o.summary, before.version + 1 AS version,
               coalesce(before.content, '{}') || o.content AS content
        FROM unnest(asked) one
        CROSS JOIN LATERAL jsonb_to_record(one) AS o (record uuid, "group" text, content jsonb, summary jsonb, kept text[])
        LEFT JOIN reach ON reach.record_id = o.record
        CROSS JOIN LATERAL (
            SELECT coalesce(max(g.version), 0) AS version,
                   (array_agg((SELECT jsonb_object_agg(said.key, said.value) FROM jsonb_each(g.content) said
                               WHERE said.key = ANY (o.kept)) ORDER BY g.version DESC)
                    FILTER (WHERE NOT reach.scoped OR o."group" || ':' || g.version = ANY (reach.pins)))[1] AS content
            FROM group_content g WHERE g.record_id = o.record AND g.data_group = o."group") before
    ), contents AS (
        INSERT INTO group_content (record_id, data_group, version, content, recorded_at, recorded_by)
        SELECT w.record, w."group", w.version, w.content, moment(), writer FROM wanted w
    ), summaries AS (
        INSERT INTO group_summary (record_id, data_group, version, content)
        SELECT w.record, w."group", w.version, w.summary FROM wanted w WHERE jsonb_typeof(w.summary) = 'object'
    )
    -- A scoped involvement keeps what it wrote: the new version is pinned to it. What others gave stays as they gave it.
    INSERT INTO involvement_scope (involvement_id, data_group, pinned_version, recorded_at)
    SELECT i.id, w."group", w.version, moment()
    FROM unnest(standings_now) s JOIN wanted w ON w.record = s.record_id
    JOIN involvement i ON i.id = s.involvement_id AND i.relation NOT IN ('recipient', 'requested')
    WHERE s.scoped;
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
