-- The text of minutes: closed parts, one canonical form, its hash, and what freezes it.

-- JSON in one form that anybody can write again: keys in the order of their characters, nothing between the tokens.
CREATE OR REPLACE FUNCTION canonical_json(the_value jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    RETURN CASE jsonb_typeof(the_value)
        WHEN 'object' THEN (SELECT '{' || coalesce(string_agg(
                to_jsonb(e.key)::text || ':' || canonical_json(e.value), ',' ORDER BY e.key COLLATE "C"), '') || '}'
            FROM jsonb_each(the_value) e)
        WHEN 'array' THEN (SELECT '[' || coalesce(string_agg(canonical_json(e.value), ',' ORDER BY e.place), '') || ']'
            FROM jsonb_array_elements(the_value) WITH ORDINALITY AS e (value, place))
        ELSE the_value::text END;
END $$;

-- Of one part alone: what it says in the newest version of each of its entries, in their order.
CREATE OR REPLACE FUNCTION part_hash(the_part uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT encode(sha256(convert_to(canonical_json(coalesce(jsonb_agg(jsonb_build_object(
        'id', e.id, 'kind', e.kind, 'agency', e.agency_id, 'function', e.function, 'version', v.version,
        'isWithdrawn', v.is_withdrawn, 'content', v.content) ORDER BY e.sequence), '[]')), 'UTF8')), 'hex')
    FROM meeting_entry e CROSS JOIN LATERAL (
        SELECT * FROM meeting_entry_version x WHERE x.entry_id = e.id ORDER BY x.version DESC LIMIT 1) v
    WHERE e.part_id = the_part
$$;

-- Whoever writes takes one slot of the part, whoever closes takes all: of two who do it at once, one is run again with a
-- fresh look. Writers have slots of their own, so that they seldom meet each other, and never in another part.
CREATE OR REPLACE FUNCTION touch_writing(the_part uuid, the_slot smallint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO minutes_writing AS w (part_id, slot) VALUES (the_part, the_slot)
    ON CONFLICT (part_id, slot) DO UPDATE SET times = w.times + 1
$$;

-- Nobody changes what was written, whoever they are; and nothing is written in a meeting that is closed.
CREATE OR REPLACE FUNCTION keep_frozen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF TG_OP <> 'INSERT' OR EXISTS (SELECT FROM meeting m WHERE m.id = NEW.meeting_id AND m.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the text of minutes is not changed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM touch_writing(NEW.part_id, (pg_backend_pid() % 16)::smallint);
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep_frozen BEFORE INSERT OR UPDATE OR DELETE ON meeting_entry
FOR EACH ROW EXECUTE FUNCTION keep_frozen();
CREATE OR REPLACE TRIGGER keep_frozen BEFORE INSERT OR UPDATE OR DELETE ON meeting_entry_version
FOR EACH ROW EXECUTE FUNCTION keep_frozen();

-- What is sealed or added stays as it is, and a closed meeting stays closed.
CREATE OR REPLACE FUNCTION keep_as_it_is() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'what was closed stays closed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE TRIGGER keep_as_it_is BEFORE UPDATE OR DELETE ON minutes_seal
FOR EACH ROW EXECUTE FUNCTION keep_as_it_is();
CREATE OR REPLACE TRIGGER keep_as_it_is BEFORE UPDATE OR DELETE ON minutes_addendum
FOR EACH ROW EXECUTE FUNCTION keep_as_it_is();
CREATE OR REPLACE TRIGGER keep_as_it_is BEFORE UPDATE OF closed_at ON meeting
FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION keep_as_it_is();

-- The part, if the actor reads it and may write in this transaction. Before a meeting opens there is nothing to reach.
CREATE OR REPLACE FUNCTION reached_part(the_part uuid) RETURNS meeting_part
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT p FROM meeting_part p JOIN meeting m ON m.id = p.meeting_id
    WHERE p.id = the_part AND m.opened_at IS NOT NULL AND m.cancelled_at IS NULL AND doing(p.record_id, NULL)
      AND (p.record_id, 'strategy_minutes') IN (SELECT * FROM writable())
      AND (p.is_open AND (p.record_id, 'strategy_minutes') IN (SELECT * FROM admitted())
           OR p.id IN (SELECT * FROM admitted_items()))
$$;

-- A part for some of those who take part; whoever makes it is one of them. The meeting's own version does not move.
CREATE OR REPLACE FUNCTION make_closed_part(the_open_part uuid, the_name text, readers jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    beside constant meeting_part := reached_part(the_open_part);
    made uuid;
BEGIN
    IF beside.id IS NULL OR NOT beside.is_open OR NOT doing(beside.record_id, 'meeting.record')
       OR NOT EXISTS (SELECT FROM meeting m WHERE m.id = beside.meeting_id AND m.closed_at IS NULL)
       OR EXISTS (SELECT FROM jsonb_to_recordset(readers) AS r (agency uuid, function text)
                  WHERE NOT takes_part(beside.meeting_id, r.agency, r.function))
       OR NOT takes_part(beside.meeting_id, me.agency_id, me.function) THEN
        RAISE EXCEPTION 'not allowed to make a part' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO meeting_part (meeting_id, record_id, is_open, name, made_at)
    VALUES (beside.meeting_id, beside.record_id, false, the_name, moment()) RETURNING id INTO made;
    INSERT INTO meeting_part_reader (part_id, meeting_id, record_id, agency_id, function, added_at, added_by)
    SELECT DISTINCT made, beside.meeting_id, beside.record_id, r.agency, r.function, moment(), me.member_id
    FROM (SELECT * FROM jsonb_to_recordset(readers) AS given (agency uuid, function text)
          UNION SELECT me.agency_id, me.function) r;
    RETURN made;
END $$;

-- Who takes part: the functions that were invited, and the children's services that hold the meeting.
CREATE OR REPLACE FUNCTION takes_part(the_meeting uuid, the_agency uuid, the_function text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM meeting_invitation i
                   WHERE i.meeting_id = the_meeting AND (i.agency_id, i.function) = (the_agency, the_function))
        OR EXISTS (SELECT FROM meeting m
                   WHERE m.id = the_meeting AND (m.authority_id, 'childrens_services') = (the_agency, the_function))
$$;
