-- Decisions of a competent authority: proposed, then returned or issued. Append-only; the day is London's day of issue.
-- The service looks at the words and the dates; what nobody may get round stands here and in the constraints.

CREATE OR REPLACE FUNCTION propose_decision(the_record uuid, the_kind text, the_outcome text, the_content jsonb)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    proposed uuid;
BEGIN
    IF NOT doing(the_record, 'decision.propose') OR kept_from_deciding(the_record, the_kind) THEN
        RAISE EXCEPTION 'not allowed to propose this decision' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO decision_proposal (record_id, authority_id, kind, outcome, content, proposed_by, proposed_at)
    VALUES (the_record, my_agency(), the_kind, the_outcome, the_content, my_member(), moment())
    RETURNING id INTO proposed;
    RETURN proposed;
END $$;

-- The versions of the groups a proposal relies on, and the files that stand in them; a group that holds files alone is at
-- version 0. Nothing of them is read: who proposes has read them before.
DROP FUNCTION IF EXISTS relied_on(uuid, text[]);
CREATE OR REPLACE FUNCTION relied_on(the_record uuid, the_groups text[])
RETURNS TABLE (data_group text, version integer, files uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT wanted.data_group, coalesce(written.version, 0), coalesce(brought.files, '{}')
    FROM unnest(the_groups) AS wanted (data_group)
    CROSS JOIN LATERAL (SELECT max(g.version) AS version FROM group_content g
                        WHERE g.record_id = the_record AND g.data_group = wanted.data_group) written
    CROSS JOIN LATERAL (SELECT array_agg(a.id ORDER BY a.position) AS files FROM attachment a
                        WHERE a.record_id = the_record AND a.data_group = wanted.data_group AND a.removed_at IS NULL
                          AND a.scan <> 'infected') brought
    WHERE num_nonnulls(written.version, brought.files) > 0 AND doing(the_record, 'decision.propose')
      AND may(the_record, wanted.data_group, 'see')
$$;

-- Whether a file that a proposal relies on was removed since.
CREATE OR REPLACE FUNCTION lost_a_file(the_record uuid, the_proposal uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT doing(the_record, 'decision.issue') AND EXISTS (
        SELECT FROM decision_proposal p
        CROSS JOIN LATERAL jsonb_array_elements(p.content -> 'evidence') AS each
        JOIN attachment a ON a.record_id = p.record_id AND a.removed_at IS NOT NULL AND each -> 'files' ? a.id::text
        WHERE p.id = the_proposal AND p.record_id = the_record)
$$;

CREATE OR REPLACE FUNCTION return_decision(the_record uuid, the_proposal uuid, the_reason text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    open decision_proposal := open_proposal(the_record, the_proposal, 'decision.return');
BEGIN
    UPDATE decision_proposal SET answer = 'returned', answered_by = my_member(), answered_at = moment(),
           answer_reason = the_reason WHERE id = open.id;
    RETURN open.id IS NOT NULL;
END $$;

-- The decision exists from here on. Whoever stands in the record and has to know is told that there is one.
CREATE OR REPLACE FUNCTION issue_decision(the_record uuid, the_proposal uuid, the_test_row text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    open decision_proposal := open_proposal(the_record, the_proposal, 'decision.issue');
    issued uuid;
BEGIN
    IF open.id IS NULL THEN
        RETURN NULL;
    END IF;
    IF kept_from_deciding(the_record, open.kind)  -- a decision made anew is made by somebody else
       OR lost_a_file(the_record, the_proposal) THEN
        RAISE EXCEPTION 'not allowed to issue this decision' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE decision_proposal SET answer = 'issued', answered_by = my_member(), answered_at = moment()
    WHERE id = open.id;
    INSERT INTO decision (record_id, kind, outcome, issued_on, authority_id, proposal_id, test_row,
                          recorded_at, recorded_by)
    VALUES (open.record_id, open.kind, open.outcome, london_today(), open.authority_id, open.id, the_test_row,
            moment(), my_member())
    RETURNING id INTO issued;
    INSERT INTO outbox (kind, record_id, agency_id, function, session_id, created_at)
    SELECT DISTINCT 'decision_issued', i.record_id, i.agency_id, i.function, my_session(), moment()
    FROM involvement i
    WHERE i.record_id = open.record_id AND i.until_at IS NULL AND i.agency_id <> open.authority_id
      AND i.relation IN ('referrer', 'safeguarding_lead', 'support_intake', 'support_provider', 'guardian',
                         'representative');
    RETURN issued;
END $$;

-- The record's proposal while it waits for an answer; locked, so that two answers meet here.
CREATE OR REPLACE FUNCTION open_proposal(the_record uuid, the_proposal uuid, the_act text) RETURNS decision_proposal
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found decision_proposal;
BEGIN
    IF NOT doing(the_record, the_act) THEN
        RAISE EXCEPTION 'not allowed to answer this proposal' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO found FROM decision_proposal p
    WHERE p.id = the_proposal AND p.record_id = the_record AND p.authority_id = my_agency() AND p.answer IS NULL
    FOR UPDATE;
    RETURN found;
END $$;
