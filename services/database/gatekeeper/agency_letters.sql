-- Letters to agencies: a child's to whoever stands for the child, and the first responder's own. They never leave the
-- platform: the agency's function has a notice, and reads the letter on the case.

-- Whether whoever stands so in a record may know what a letter of this matter tells, by today's policy.
CREATE OR REPLACE FUNCTION may_be_told(the_record uuid, the_function text, the_relation text, the_matter text)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT may_receive(the_record, the_function, the_relation, 'decisions')
       AND (the_matter NOT IN ('disqualified', 'not_disqualified') OR EXISTS (
            SELECT FROM policy_grant g
            WHERE g.policy_version = current_policy() AND g.function = the_function AND g.relation = the_relation
              AND g.access_level = 'practitioner' AND g.data_group = 'disqualification'
              AND g.action IN ('see', 'summary') AND g.case_class = ANY (case_classes(the_record, london_today()))
            HAVING bool_or(g.effect = 'allow') AND NOT bool_or(g.effect = 'deny')))
$$;

-- To whom an agency's letter goes now: the first responder; for a child the council, or else the guardian, or else the
-- lawyer. One without an account comes last; one whom a bar keeps out, or who may not know, is nobody.
CREATE OR REPLACE FUNCTION takes_letter(
    the_letter uuid, OUT agency_id uuid, OUT function text, OUT on_platform boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT i.agency_id, i.function, a.on_platform
    FROM letter l
    JOIN involvement i ON i.record_id = l.record_id AND i.from_at <= moment()
         AND (i.until_at IS NULL OR i.until_at > moment())
    JOIN agency a ON a.id = i.agency_id
    WHERE l.id = the_letter
      AND i.relation = ANY (CASE l.addressee WHEN 'first_responder' THEN ARRAY['referrer']
                            WHEN 'for_the_child' THEN ARRAY['safeguarding_lead', 'guardian', 'representative'] END)
      AND may_be_told(l.record_id, i.function, i.relation, l.matter)
      AND NOT EXISTS (SELECT FROM access_bar b WHERE b.record_id = l.record_id AND b.agency_id = i.agency_id
                      AND b.from_at <= moment() AND (b.until_at IS NULL OR b.until_at > moment()))
    ORDER BY a.on_platform DESC, array_position(ARRAY['safeguarding_lead', 'guardian', 'representative'], i.relation),
             i.from_at DESC, i.id
    LIMIT 1
$$;

-- The first responder's own letter beside this one, once; for the gatekeeper's own use. A council that takes the letter for
-- a child whom it referred is written to once: but only where it does take that letter, and not where it may not know as
-- the child's council what it may as the first responder, or where another stands for the child by now.
CREATE OR REPLACE FUNCTION write_to_first_responder(the_letter uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO letter (record_id, addressee, matter, on_day, until, agency_id, written_at, next_attempt_at)
    SELECT l.record_id, 'first_responder', l.matter, l.on_day, l.until, l.agency_id, l.written_at, moment()
    FROM letter l
    WHERE l.id = the_letter
      AND NOT EXISTS (SELECT FROM letter f WHERE f.record_id = l.record_id AND f.matter = l.matter
                      AND f.written_at = l.written_at AND f.addressee = 'first_responder')
      AND NOT EXISTS (SELECT FROM takes_letter(l.id) t
                      JOIN involvement i ON (i.agency_id, i.function) = (t.agency_id, t.function)
                      WHERE i.record_id = l.record_id AND i.relation = 'referrer' AND i.until_at IS NULL)
$$;

-- The next letter to an agency that waits, locked until the commit. A child's whose age is settled by now as an adult's is
-- the person's own, and leaves by the ways that they marked safe; a council that would have had it as both then has its own.
CREATE OR REPLACE FUNCTION next_agency_letter() RETURNS TABLE (id uuid, addressee text, matter text, on_day date, until date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    waiting letter;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker gives letters out' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO waiting FROM letter l
    WHERE l.addressee <> 'person' AND l.sent_at IS NULL AND l.not_sent_because IS NULL AND l.next_attempt_at <= moment()
    ORDER BY l.next_attempt_at, l.id LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF waiting.id IS NULL THEN
        RETURN;
    END IF;
    IF waiting.addressee = 'for_the_child' AND 'adult' = ANY (case_classes(waiting.record_id, london_today())) THEN
        waiting.addressee := 'person';
        UPDATE letter SET addressee = 'person' WHERE letter.id = waiting.id;
        PERFORM write_to_first_responder(waiting.id);
    END IF;
    RETURN QUERY SELECT waiting.id, waiting.addressee, waiting.matter, waiting.on_day, waiting.until;
END $$;

-- It is given, with this wording and a notice; or nobody can take it here, and whoever decides the case has a task.
CREATE OR REPLACE FUNCTION give_letter(the_letter uuid, the_template text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    taker record;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker gives letters out' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO taker FROM takes_letter(the_letter);
    IF taker.on_platform THEN
        UPDATE letter SET sent_at = moment(), template_row = the_template, attempts = attempts + 1,
            to_agency_id = taker.agency_id, to_function = taker.function
        WHERE id = the_letter AND addressee <> 'person' AND sent_at IS NULL AND not_sent_because IS NULL;
        IF NOT FOUND THEN
            RETURN;  -- it left, or is somebody's task, and nobody is told twice
        END IF;
        INSERT INTO outbox (kind, record_id, agency_id, function, about_agency_id, session_id, created_at)
        SELECT 'letter_received', l.record_id, l.to_agency_id, l.to_function, l.agency_id, my_session(), moment()
        FROM letter l WHERE l.id = the_letter;
    ELSE
        UPDATE letter SET not_sent_because = CASE WHEN taker.agency_id IS NULL THEN 'nobody_is_known' ELSE 'no_account' END
        WHERE id = the_letter AND addressee <> 'person' AND sent_at IS NULL AND not_sent_because IS NULL;
        IF NOT FOUND THEN
            RETURN;
        END IF;
        PERFORM leave_to_authority(the_letter, 'letter_without_addressee', taker.agency_id);
    END IF;
END $$;

-- Something about a letter that the authority has to see to itself. `about`: an agency that it concerns.
CREATE OR REPLACE FUNCTION leave_to_authority(the_letter uuid, the_kind text, about uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker'
       OR the_kind NOT IN ('letter_without_addressee', 'letter_not_translated') THEN
        RAISE EXCEPTION 'only the worker says what became of letters' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO outbox (kind, record_id, agency_id, function, about_agency_id, session_id, created_at)
    SELECT the_kind, i.record_id, i.agency_id, i.function, about, my_session(), moment()
    FROM letter l JOIN involvement i ON i.record_id = l.record_id AND i.relation = 'decision_maker' AND i.until_at IS NULL
    WHERE l.id = the_letter ORDER BY i.from_at DESC, i.id LIMIT 1;
END $$;
