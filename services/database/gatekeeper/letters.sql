-- Letters: to the person, or for a child to whoever stands for them, and to the first responder. Written by an act of the
-- authority, and given out by the worker: to the person only as it is marked safe at that moment, to an agency on the platform.

-- Whether this operation looked at what a letter tells of: the decisions, and of a disqualification that there is one. One
-- to an agency is read by the function that it was given to, and by whoever decides.
CREATE OR REPLACE FUNCTION letter_is_open(
    the_record uuid, the_matter text, the_addressee text, the_agency uuid, the_function text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (the_record, 'decisions') IN (SELECT * FROM admitted())
       AND (the_matter NOT IN ('disqualified', 'not_disqualified')
            OR (the_record, 'disqualification') IN (SELECT * FROM admitted_summaries()))
       AND (the_addressee = 'person' OR my_function() = 'decision_maker'
            OR (the_agency, the_function) = (my_agency(), my_function()))
$$;

-- Why a case ended, as whoever ended it said; nothing: it goes on, or ended by a withdrawal.
CREATE OR REPLACE FUNCTION why_ended(the_record uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT t.content ->> 'reason' FROM case_step s JOIN case_step_detail t ON t.step_id = s.id
    WHERE s.record_id = the_record AND s.kind = 'ended' ORDER BY s.ordinal DESC LIMIT 1
$$;

-- To an adult themselves, and never to a child: then to whoever stands for them; and to the first responder. Nobody writes
-- to the dead, and nobody stands for them here: then to the first responder alone.
CREATE OR REPLACE FUNCTION write_letter(the_record uuid, the_matter text, the_until date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    is_adult constant boolean := 'adult' = ANY (case_classes(the_record, london_today()));
    written uuid;
BEGIN
    IF my_function() IS DISTINCT FROM 'decision_maker' OR NOT doing(the_record, NULL) THEN
        RAISE EXCEPTION 'only an act of the authority writes a letter' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO letter (record_id, addressee, matter, on_day, until, agency_id, written_at, next_attempt_at)
    VALUES (the_record, CASE WHEN why_ended(the_record) = 'died' THEN 'first_responder'
                             WHEN is_adult THEN 'person' ELSE 'for_the_child' END, the_matter, london_today(), the_until,
            my_agency(), moment(), moment())
    RETURNING id INTO written;
    PERFORM write_to_first_responder(written);
END $$;

-- How this letter may leave now. `because`: why it may not; the address is given only where everything is marked safe. A
-- name that may not stand outside may not stand inside either, and every letter names its authority: a neutral sender has
-- neutral words, whatever was marked for them.
CREATE OR REPLACE FUNCTION safe_way(
    the_record uuid, OUT address text, OUT sender text, OUT words text, OUT language text, OUT because text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    contact jsonb;
    marked jsonb;
    is_for_person boolean;
    ended constant text := why_ended(the_record);
BEGIN
    SELECT g.content INTO contact FROM group_content g
    WHERE g.record_id = the_record AND g.data_group = 'contact' ORDER BY g.version DESC LIMIT 1;
    SELECT t.content -> 'contact' INTO marked FROM case_step s JOIN case_step_detail t ON t.step_id = s.id
    WHERE s.record_id = the_record AND s.kind = 'wish_recorded' AND t.content -> 'contact' IS DISTINCT FROM 'null'
      AND t.content ? 'contact' ORDER BY s.ordinal DESC LIMIT 1;
    is_for_person := coalesce(contact ->> 'decision_recipient', 'person') = 'person';
    because := CASE
        WHEN ended = 'died' THEN 'has_died'
        WHEN NOT 'adult' = ANY (case_classes(the_record, london_today())) THEN 'may_be_a_child'
        WHEN marked IS NULL THEN 'nothing_is_marked_safe'
        WHEN NOT marked -> 'channels' ? 'email' AND marked -> 'channels' ? 'post' THEN 'by_post_only'
        WHEN NOT marked -> 'channels' ? 'email' THEN 'no_channel_is_safe'
        WHEN is_for_person AND (contact ->> 'safe_to_email') IS DISTINCT FROM 'true' THEN 'email_is_not_safe'
        WHEN NOT is_for_person AND (contact ->> 'recipient_permission') IS DISTINCT FROM 'true' THEN 'no_permission'
    END;
    IF because IS NULL THEN
        address := CASE WHEN is_for_person THEN contact ->> 'email' ELSE contact ->> 'recipient_email' END;
        because := CASE WHEN address IS NULL THEN 'no_address' END;
    END IF;
    -- An envelope goes where the form says that post is safe, or where whoever takes letters for the person permitted it;
    -- somebody prints it, because nothing here does. To an address that the person has left it goes no more.
    IF because IN ('by_post_only', 'email_is_not_safe', 'no_permission', 'no_address') AND marked -> 'channels' ? 'post'
       AND NOT (is_for_person AND coalesce(ended, '') IN ('left_the_uk', 'removed_from_the_uk'))
       AND (CASE WHEN is_for_person THEN contact ->> 'safe_to_post' = 'true' AND contact ->> 'street' IS NOT NULL
                ELSE contact ->> 'recipient_permission' = 'true' AND contact ->> 'recipient_street' IS NOT NULL END) THEN
        because := 'to_print';
    END IF;
    sender := marked ->> 'sender';
    words := CASE WHEN sender = 'neutral' THEN 'neutral' ELSE marked ->> 'words' END;
    language := marked ->> 'language';
END $$;

-- The next letter to a person that waits, locked until the commit. One that may not leave ends here, as a task for whoever
-- supports the person, or else for whoever referred them; where they may be a child by now, it goes to who stands for them.
CREATE OR REPLACE FUNCTION next_letter() RETURNS TABLE (
    id uuid, matter text, on_day date, until date, written_at timestamptz, reference text, authority text,
    address text, sender text, words text, language text, because text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    waiting letter;
    way record;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker sends letters' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO waiting FROM letter l
    WHERE l.addressee = 'person' AND l.sent_at IS NULL AND l.not_sent_because IS NULL AND l.next_attempt_at <= moment()
    ORDER BY l.next_attempt_at, l.id LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF waiting.id IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO way FROM safe_way(waiting.record_id);
    IF way.because = 'may_be_a_child' THEN
        UPDATE letter SET addressee = 'for_the_child' WHERE letter.id = waiting.id;
    ELSIF way.because = 'has_died' THEN  -- and nobody is asked to tell them
        UPDATE letter SET not_sent_because = way.because WHERE letter.id = waiting.id;
    ELSIF way.because IS NOT NULL THEN
        PERFORM leave_to_a_person(waiting.id, way.because);
    END IF;
    RETURN QUERY
    SELECT waiting.id, waiting.matter, waiting.on_day, waiting.until, waiting.written_at, r.reference, a.name,
           way.address, way.sender, way.words, way.language, way.because
    FROM record r, agency a WHERE r.id = waiting.record_id AND a.id = waiting.agency_id;
END $$;

-- A letter that does not leave by itself: why, and a task for a named agency: one that has an account and that no bar keeps
-- out, or else whoever decides the case. A task that nobody can read is none.
CREATE OR REPLACE FUNCTION leave_to_a_person(the_letter uuid, the_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker gives a letter up' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE letter SET not_sent_because = the_reason
    WHERE id = the_letter AND sent_at IS NULL AND not_sent_because IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    INSERT INTO outbox (kind, record_id, agency_id, function, about_agency_id, session_id, created_at)
    SELECT CASE WHEN the_reason = 'to_print' THEN 'letter_to_print' ELSE 'letter_not_sent' END, i.record_id, i.agency_id,
           i.function, l.agency_id, my_session(), moment()
    FROM letter l JOIN involvement i ON i.record_id = l.record_id AND i.until_at IS NULL
    JOIN agency a ON a.id = i.agency_id
    WHERE l.id = the_letter
      AND (i.relation = 'decision_maker'
           OR i.relation IN ('support_provider', 'support_intake', 'referrer', 'safeguarding_lead') AND a.on_platform
              AND NOT EXISTS (SELECT FROM access_bar b WHERE b.record_id = l.record_id AND b.agency_id = i.agency_id
                              AND b.from_at <= moment() AND (b.until_at IS NULL OR b.until_at > moment())))
    ORDER BY array_position(ARRAY['support_provider', 'support_intake', 'referrer', 'safeguarding_lead',
                                  'decision_maker'], i.relation), i.from_at, i.id
    LIMIT 1;
END $$;

-- It was taken by whoever carries it, with this wording; or it is tried again in a minute, then two, at last every hour.
CREATE OR REPLACE FUNCTION end_letter(the_letter uuid, the_template text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker sends letters' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE letter SET attempts = attempts + 1, template_row = the_template,
        sent_at = CASE WHEN the_template IS NOT NULL THEN moment() END,
        next_attempt_at = moment() + least(power(2, least(attempts, 10)), 60) * interval '1 minute'
    WHERE id = the_letter AND sent_at IS NULL AND not_sent_because IS NULL;
END $$;

-- The record of a letter, for whoever may know of it at all.
CREATE OR REPLACE FUNCTION where_letter(the_letter uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT l.record_id FROM letter l WHERE l.id = the_letter AND known_to_me(l.record_id)
$$;

-- With which words and in which language a letter is to be posted, while post is safe and by nothing else; for whoever looked
-- at what it tells. Nothing: it is not to be posted.
CREATE OR REPLACE FUNCTION to_post(the_letter uuid) RETURNS TABLE (words text, language text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT way.words, way.language FROM letter l, safe_way(l.record_id) way
    WHERE l.id = the_letter AND l.not_sent_because = 'to_print' AND way.because = 'to_print'
      AND letter_is_open(l.record_id, l.matter, l.addressee, l.to_agency_id, l.to_function)
$$;
