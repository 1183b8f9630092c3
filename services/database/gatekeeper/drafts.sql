-- Drafts of the referral form. Like a record, a draft is read only by the transaction whose ledger names it.

-- Look at one draft, or at all of one's own agency in one's own function: one line, whatever the answer. A draft whose
-- last day is over is gone for everybody, whether or not the worker has come by.
CREATE OR REPLACE FUNCTION admit_drafts(the_draft uuid, the_act text) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    found uuid[];
BEGIN
    IF me.id IS NULL OR the_act NOT LIKE 'draft.%' THEN
        RAISE EXCEPTION 'not an act on drafts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    found := ARRAY(SELECT d.id FROM referral_draft d
                   WHERE d.agency_id = me.agency_id AND d.function = me.function AND d.last_day >= london_today()
                     AND (the_draft IS NULL OR d.id = the_draft) AND may_begin('draft.keep') ORDER BY d.id);
    PERFORM note_draft(found, the_act, may_begin('draft.keep') AND (the_draft IS NULL OR found <> '{}'));
    RETURN QUERY SELECT unnest(found);
END $$;

-- The line itself; for the gatekeeper's own use.
CREATE OR REPLACE FUNCTION note_draft(the_drafts uuid[], the_act text, is_open boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO access_record (at, session_id, member_id, agency_id, function, access_level, act, verdict, items, rules,
                               policy_version)
    SELECT moment(), s.id, s.member_id, s.agency_id, s.function, my_access_level(), the_act,
           CASE WHEN is_open THEN 'viewed' ELSE 'refused' END,
           ARRAY(SELECT 'draft:' || d FROM unnest(the_drafts) d), beginning_rules('draft.keep'), current_policy()
    FROM live_session() s
$$;

-- A new draft has a random reference, in which nobody's name can stand.
CREATE OR REPLACE FUNCTION begin_draft(the_version text, the_answers jsonb, warn_on date, last_day date, rows text[])
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    begun uuid;
BEGIN
    IF me.id IS NULL OR NOT may_begin('draft.keep') THEN
        RAISE EXCEPTION 'not allowed to keep drafts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO referral_draft (reference, agency_id, function, author_id, form_version, answers, version, started_at,
                                saved_at, saved_by, warn_on, last_day, regime_rows)
    VALUES (new_reference('F'), me.agency_id, me.function, me.member_id, the_version, the_answers, 1, moment(), moment(),
            me.member_id, warn_on, last_day, rows)
    RETURNING id INTO begun;
    PERFORM note_draft(ARRAY[begun], 'draft.save', true);
    RETURN begun;
END $$;

-- The worker warns once after each last save, and removes what nobody saved in time. How many drafts that were.
CREATE OR REPLACE FUNCTION tend_drafts(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    due referral_draft;
    tended integer := 0;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker tends drafts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR due IN SELECT d.* FROM referral_draft d
        WHERE d.last_day < london_today() OR d.warn_on <= london_today() AND d.warned_at IS NULL
        ORDER BY d.last_day, d.id LIMIT most FOR UPDATE SKIP LOCKED
    LOOP
        IF due.last_day < london_today() THEN
            DELETE FROM referral_draft WHERE id = due.id;
            PERFORM note_draft(ARRAY[due.id], 'draft.expire', true);
        ELSE
            UPDATE referral_draft SET warned_at = moment() WHERE id = due.id;
            INSERT INTO outbox (kind, agency_id, function, session_id, created_at)
            VALUES ('draft_expires', due.agency_id, due.function, my_session(), moment());
        END IF;
        tended := tended + 1;
    END LOOP;
    RETURN tended;
END $$;
