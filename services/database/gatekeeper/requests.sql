-- Information requests. The addressee's involvement is as narrow as the request: what it says, and what of the person the
-- asker may tell. It ends by itself when the request expires, and at once when there is nothing to answer any more.

-- Whether the addressee may still read the request.
CREATE OR REPLACE FUNCTION is_before_addressee(the_involvement uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM involvement i WHERE i.id = the_involvement AND i.until_at > moment()) $$;

-- A request, with everything that was checked before; its id.
CREATE OR REPLACE FUNCTION ask_for_information(the_record uuid, said jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me constant session := live_session();
    to_agency constant uuid := (said ->> 'agency')::uuid;
    to_function constant text := said ->> 'function';
    involved uuid;
    asked uuid;
BEGIN
    IF NOT doing(the_record, 'request.ask') OR NOT works_here(to_agency, to_function)
       OR (to_agency, to_function) = (me.agency_id, me.function)
       OR NOT may_receive(the_record, to_function, 'requested', 'core')
       OR said ->> 'conflict' IS NOT NULL AND jsonb_array_length(said -> 'told') > 0
       OR EXISTS (SELECT FROM share_problems(the_record, to_function, 'requested', said -> 'told') p
                  WHERE p.problem IS NOT NULL) THEN
        RAISE EXCEPTION 'not allowed to ask this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    involved := add_scoped_involvement(the_record, to_agency, to_function, NULL, 'requested', said ->> 'purpose',
        said ->> 'article_6', 'request.ask', end_of_day((said ->> 'expires_on')::date), said -> 'told');
    INSERT INTO information_request (record_id, asked_by, agency_id, function, addressee_agency_id, addressee_function,
        involvement_id, purpose, question, necessity, groups, article_6, condition, power, words, urgency, asked_at, due_on,
        expires_on)
    VALUES (the_record, me.member_id, me.agency_id, me.function, to_agency, to_function, involved, said ->> 'purpose',
        said ->> 'question', said ->> 'necessity', ARRAY(SELECT jsonb_array_elements_text(said -> 'groups')),
        said ->> 'article_6', said ->> 'condition', said ->> 'power', ARRAY(SELECT jsonb_array_elements_text(said -> 'words')),
        said ->> 'urgency', moment(), (said ->> 'due_on')::date, (said ->> 'expires_on')::date)
    RETURNING id INTO asked;
    INSERT INTO information_request_conflict (request_id, why)
    SELECT asked, said ->> 'conflict' WHERE said ->> 'conflict' IS NOT NULL;
    INSERT INTO information_request_step (request_id, step, status, at, member_id)
    VALUES (asked, 1, 'pending', moment(), me.member_id);
    INSERT INTO outbox (id, kind, record_id, agency_id, function, about_agency_id, session_id, created_at)
    VALUES (asked, 'information_requested', the_record, to_agency, to_function, me.agency_id, me.id, moment());
    RETURN asked;
END $$;

-- The record of a request on the actor's own side of it, and which side that is; no row for everybody else.
CREATE OR REPLACE FUNCTION side_of_request(the_request uuid) RETURNS TABLE (record_id uuid, is_asker boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT q.record_id, (q.agency_id, q.function) = (me.agency_id, me.function)
    FROM information_request q JOIN live_session() me
         ON (me.agency_id, me.function) IN ((q.agency_id, q.function), (q.addressee_agency_id, q.addressee_function))
    WHERE q.id = the_request
$$;

-- The next step of a request: the addressee answers in one of the ways there are, the asker withdraws. False: it is over.
CREATE OR REPLACE FUNCTION go_on_with_request(the_request uuid, the_status text, said jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found information_request;
    by_asker boolean;
BEGIN
    SELECT q.* INTO found FROM information_request q WHERE q.id = the_request FOR UPDATE;
    SELECT s.is_asker INTO by_asker FROM side_of_request(the_request) s;
    IF by_asker IS NULL OR by_asker <> (the_status = 'withdrawn')
       OR NOT doing(found.record_id, CASE WHEN by_asker THEN 'request.ask' ELSE 'request.answer' END)
       OR the_status = 'redirected' AND NOT works_here((said ->> 'agency')::uuid, said ->> 'function')
       OR said ->> 'share' IS NOT NULL AND NOT EXISTS (
            SELECT FROM share s WHERE s.id = (said ->> 'share')::uuid AND s.record_id = found.record_id
              AND s.given_by = my_member() AND s.decided_at = moment()
              AND (s.recipient_agency_id, s.recipient_function) = (found.agency_id, found.function)
              AND NOT EXISTS (SELECT FROM share_group g WHERE g.share_id = s.id AND g.pinned_version IS NULL)) THEN
        RAISE EXCEPTION 'not allowed to go on with this request' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT is_unanswered(the_request)
       OR the_status = 'acknowledged' AND request_status(the_request) <> 'pending' THEN
        RETURN false;
    END IF;
    INSERT INTO information_request_step (request_id, step, status, at, member_id, words, refusal_code,
                                          redirected_agency_id, redirected_function, share_id, released)
    SELECT the_request, max(s.step) + 1, the_status, moment(), my_member(), said ->> 'words', said ->> 'code',
           (said ->> 'agency')::uuid, said ->> 'function', (said ->> 'share')::uuid,
           (SELECT jsonb_object_agg(g.data_group, g.pinned_version) FROM share_group g WHERE g.share_id = (said ->> 'share')::uuid)
    FROM information_request_step s WHERE s.request_id = the_request;
    UPDATE notice_step SET ended_at = moment(), outcome = 'answered' WHERE notice_id = the_request AND ended_at IS NULL;
    IF the_status IN ('refused', 'redirected', 'withdrawn') THEN  -- nothing to answer: nothing to read
        UPDATE involvement SET until_at = moment() WHERE id = found.involvement_id AND until_at > moment();
        PERFORM change_of_access(found.record_id);
    END IF;
    RETURN true;
END $$;

-- A request that was taken up before its notice was delivered is not chased.
CREATE OR REPLACE FUNCTION spare_answered_requests() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ BEGIN RETURN CASE WHEN request_status(NEW.notice_id) <> 'pending' THEN NULL ELSE NEW END; END $$;

CREATE OR REPLACE TRIGGER spare_answered_requests BEFORE INSERT ON notice_step
FOR EACH ROW EXECUTE FUNCTION spare_answered_requests();

-- One person or team of the addressee has a request to answer. A colleague may take it on, and give it to nobody.
CREATE OR REPLACE FUNCTION assign_request(the_request uuid, the_member uuid, the_team uuid, the_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me constant session := live_session();
    found information_request;
    mine text;
BEGIN
    SELECT q.* INTO found FROM information_request q WHERE q.id = the_request
      AND (q.addressee_agency_id, q.addressee_function) = (me.agency_id, me.function);
    SELECT s.relation INTO mine FROM standing(ARRAY[found.record_id]) s WHERE s.involvement_id = found.involvement_id;
    IF mine IS NULL OR NOT doing(found.record_id, 'case.assign') OR num_nonnulls(the_member, the_team) <> 1
       OR mine = 'colleague' AND the_member IS DISTINCT FROM me.member_id
       OR the_member IS NOT NULL AND NOT EXISTS (SELECT FROM my_colleagues() c WHERE c.id = the_member)
       OR the_team IS NOT NULL AND NOT EXISTS (SELECT FROM my_teams() t WHERE t.id = the_team) THEN
        RAISE EXCEPTION 'not allowed to assign this request' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE assignment SET until_at = moment() WHERE involvement_id = found.involvement_id AND until_at IS NULL
       AND mine <> 'colleague';
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, team_id, reason, given_by, from_at)
    VALUES (found.record_id, found.involvement_id, me.agency_id, me.function, the_member, the_team, the_reason,
            me.member_id, moment());
    PERFORM change_of_access(found.record_id);
END $$;

-- Unanswered requests that wait for the actor's function, or that it asked: those in the actor's own charge, or all of
-- them; the next due first. Only what the actor may read is on a page and counted.
CREATE OR REPLACE FUNCTION my_requests(
    to_answer boolean, in_charge boolean, after_due date, after_id uuid, how_many integer)
RETURNS TABLE (id uuid, record_id uuid, due_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    me constant session := live_session();
    teams constant uuid[] := ARRAY(SELECT c.team_id FROM my_charge() c WHERE c.team_id IS NOT NULL);
    people constant uuid[] := ARRAY(SELECT c.member_id FROM my_charge() c WHERE c.member_id IS NOT NULL) || me.member_id;
BEGIN
    RETURN QUERY
    SELECT q.id, q.record_id, q.due_on FROM information_request q
    WHERE CASE WHEN to_answer THEN q.addressee_agency_id = me.agency_id AND q.addressee_function = me.function
                                   AND is_before_addressee(q.involvement_id)
               ELSE q.agency_id = me.agency_id AND q.function = me.function END
      AND (q.due_on, q.id) > (after_due, after_id) AND q.expires_on >= london_today() AND is_unanswered(q.id)
      AND (NOT in_charge OR CASE WHEN to_answer THEN given_to(q.involvement_id, people, teams)
                                 ELSE q.asked_by = ANY (people) END)
      AND may(q.record_id, 'information_requests', 'see')
    ORDER BY q.due_on, q.id
    LIMIT how_many;
END $$;
