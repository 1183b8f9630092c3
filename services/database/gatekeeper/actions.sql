-- Actions of strategy meetings, followed until they are done. An action has an owner; whoever follows it is the owner
-- as long as the owner reads the part it stands in, and else the children's services that hold the meeting.

CREATE OR REPLACE FUNCTION reads_part(the_agency uuid, the_function text, the_record uuid, the_part uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM involvement i JOIN agency a ON a.id = i.agency_id AND a.on_platform
        WHERE i.record_id = the_record AND i.agency_id = the_agency AND i.function = the_function
          AND i.from_at <= moment() AND (i.until_at IS NULL OR i.until_at > moment())
          AND (i.relation = 'safeguarding_lead'
               OR EXISTS (SELECT FROM involvement_scope s WHERE s.involvement_id = i.id AND s.item_id = the_part)))
$$;

CREATE OR REPLACE FUNCTION owner_follows(a meeting_action) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT a.owner_agency_id IS NOT NULL AND reads_part(a.owner_agency_id, a.owner_function, a.record_id, a.part_id)
$$;

-- Whether this function of an agency is the one that follows the action.
CREATE OR REPLACE FUNCTION follows_action(a meeting_action, the_agency uuid, the_function text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE WHEN owner_follows(a) THEN a.owner_agency_id = the_agency AND a.owner_function = the_function
                ELSE the_function = 'childrens_services'
                     AND the_agency = (SELECT m.authority_id FROM meeting m WHERE m.id = a.meeting_id) END
$$;

CREATE OR REPLACE FUNCTION followed_by_me(the_entry uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce((SELECT follows_action(a, my_agency(), my_function()) FROM meeting_action a WHERE a.entry_id = the_entry),
                    false)
$$;

-- Open actions that the actor's agency follows in the function acted in, in parts that they read, the longest overdue
-- first; all of them, those in the actor's own charge or in nobody's, or those of one person or team.
CREATE OR REPLACE FUNCTION my_actions(
    in_charge boolean, the_member uuid, the_team uuid, after_due date, after_id uuid, first integer)
RETURNS TABLE (entry_id uuid, record_id uuid, due_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH me AS MATERIALIZED (SELECT * FROM live_session()),
    charge AS MATERIALIZED (SELECT * FROM my_charge()),
    candidate AS MATERIALIZED (
        SELECT a.* FROM me
        JOIN involvement i ON i.agency_id = me.agency_id AND i.function = me.function
             AND i.relation IN ('attendee', 'safeguarding_lead') AND (i.until_at IS NULL OR i.until_at > moment())
        JOIN meeting_action a ON a.record_id = i.record_id AND NOT a.is_withdrawn AND a.state <> 'done'
        WHERE (a.due_on, a.entry_id) > (after_due, after_id)
    ), open AS MATERIALIZED (
        SELECT c.* FROM cells(ARRAY(
            SELECT s FROM standing(ARRAY(SELECT DISTINCT x.record_id FROM candidate x)) s)) c
        WHERE c.allowed AND (c.data_group, c.action) IN (('strategy_minutes', 'see'), ('core', 'action.follow'))
    )
    SELECT DISTINCT a.entry_id, a.record_id, a.due_on
    FROM me CROSS JOIN candidate c JOIN meeting_action a ON a.entry_id = c.entry_id
    LEFT JOIN action_charge h ON h.entry_id = a.entry_id AND h.until_at IS NULL
         AND h.agency_id = me.agency_id AND h.function = me.function
    WHERE EXISTS (SELECT FROM open o WHERE o.record_id = a.record_id AND o.action = 'action.follow')
      AND EXISTS (SELECT FROM open o WHERE o.record_id = a.record_id AND o.action = 'see'
                  AND (a.in_open_part AND o.live OR 'strategy_minutes:' || a.part_id = ANY (o.items)))
      AND follows_action(a, me.agency_id, me.function)
      AND (NOT in_charge OR h.id IS NULL OR h.member_id = me.member_id
           OR EXISTS (SELECT FROM charge x WHERE x.team_id = h.team_id OR x.member_id = h.member_id))
      AND (the_member IS NULL OR h.member_id = the_member) AND (the_team IS NULL OR h.team_id = the_team)
    ORDER BY a.due_on, a.entry_id LIMIT first
$$;

-- The action, if the actor may follow it in this transaction.
CREATE OR REPLACE FUNCTION action_to_follow(the_entry uuid) RETURNS meeting_action
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found meeting_action;
BEGIN
    SELECT * INTO found FROM meeting_action a
    WHERE a.entry_id = the_entry AND NOT a.is_withdrawn AND doing(a.record_id, 'action.follow')
      AND (a.record_id, 'strategy_minutes') IN (SELECT * FROM writable())
      AND (a.in_open_part AND (a.record_id, 'strategy_minutes') IN (SELECT * FROM admitted())
           OR a.part_id IN (SELECT * FROM admitted_items()))
      AND follows_action(a, my_agency(), my_function());
    IF found.entry_id IS NULL THEN
        RAISE EXCEPTION 'not allowed to follow this action' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN found;
END $$;

-- What became of it, with its version; a reminder of it is answered by that. Two at once meet at the primary key.
CREATE OR REPLACE FUNCTION report_action(the_entry uuid, known_version integer, the_state text, the_note text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found constant meeting_action := action_to_follow(the_entry);
    me session := live_session();
BEGIN
    INSERT INTO action_report (entry_id, version, meeting_id, record_id, part_id, in_open_part, state, note, agency_id,
                               function, for_them, reported_at, reported_by)
    VALUES (found.entry_id, known_version + 1, found.meeting_id, found.record_id, found.part_id, found.in_open_part,
            the_state, the_note, me.agency_id, me.function, NOT owner_follows(found), moment(), me.member_id);
    UPDATE meeting_action SET state = the_state, reports = known_version + 1 WHERE entry_id = found.entry_id;
    INSERT INTO notice_acknowledgement (notice_id, member_id, at)
    SELECT n.id, me.member_id, moment() FROM action_reminder r JOIN notice n ON n.id = r.notice_id
    WHERE r.entry_id = found.entry_id ON CONFLICT (notice_id) DO NOTHING;
    UPDATE notice_step SET ended_at = moment(), outcome = 'answered'
    WHERE ended_at IS NULL AND notice_id IN (SELECT r.notice_id FROM action_reminder r WHERE r.entry_id = found.entry_id);
END $$;

-- Whoever is given an action needs the record too; on a restricted record only who is named there can have one.
CREATE OR REPLACE FUNCTION can_have_action(a meeting_action, the_member uuid, the_team uuid, the_agency uuid, the_function text)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE
        WHEN num_nonnulls(the_member, the_team) <> 1 THEN false
        WHEN the_team IS NOT NULL THEN NOT r.restricted AND team_can_take_over(the_team, the_agency, the_function)
        ELSE can_take_over(the_member, the_agency, the_function) AND NOT barred(a.record_id, the_member, the_agency)
             AND (NOT r.restricted OR EXISTS (SELECT FROM assignment x WHERE x.record_id = a.record_id
                  AND x.member_id = the_member AND x.function = the_function AND x.until_at IS NULL))
    END FROM record r WHERE r.id = a.record_id
$$;

-- For functions that have checked the giver: somebody else has the action in hand from now on.
CREATE OR REPLACE FUNCTION charge_with_action(
    a meeting_action, the_agency uuid, the_function text, the_member uuid, the_team uuid, giver uuid, the_reason text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE action_charge SET until_at = moment() WHERE entry_id = a.entry_id AND until_at IS NULL;
    INSERT INTO action_charge (entry_id, record_id, agency_id, function, member_id, team_id, given_by, from_at)
    VALUES (a.entry_id, a.record_id, the_agency, the_function, the_member, the_team, giver, moment());
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, team_id, reason, given_by, from_at)
    SELECT a.record_id, i.id, the_agency, the_function, the_member, the_team, the_reason, giver, moment()
    FROM involvement i
    WHERE i.record_id = a.record_id AND i.agency_id = the_agency AND i.function = the_function AND i.until_at IS NULL
      AND i.relation IN ('attendee', 'safeguarding_lead') AND NOT EXISTS (
          SELECT FROM assignment x WHERE x.involvement_id = i.id AND x.until_at IS NULL
            AND (x.member_id = the_member OR x.team_id = the_team));
END $$;

-- False: this person or team cannot have it.
CREATE OR REPLACE FUNCTION give_action(the_entry uuid, the_member uuid, the_team uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found constant meeting_action := action_to_follow(the_entry);
BEGIN
    IF can_have_action(found, the_member, the_team, my_agency(), my_function()) IS NOT TRUE THEN
        RETURN false;
    END IF;
    PERFORM charge_with_action(found, my_agency(), my_function(), the_member, the_team, my_member(),
                               'Has an action of a meeting');
    PERFORM change_of_access(found.record_id);
    RETURN true;
END $$;

CREATE OR REPLACE TRIGGER pass_charge_gate BEFORE INSERT ON action_charge
FOR EACH ROW WHEN (NEW.member_id IS NOT NULL) EXECUTE FUNCTION pass_charge_gate();

-- A notice for each action that is overdue and was not told of yet, to whoever follows it. How many there were.
CREATE OR REPLACE FUNCTION remind_of_actions(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found meeting_action;
    reminder uuid;
    told integer := 0;
BEGIN
    IF my_function() IS DISTINCT FROM 'platform_worker' THEN
        RAISE EXCEPTION 'only the worker reminds' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR found IN SELECT a.* FROM meeting_action a
        WHERE NOT a.is_withdrawn AND a.state <> 'done' AND a.due_on < london_today()
          AND NOT EXISTS (SELECT FROM action_reminder r WHERE r.entry_id = a.entry_id AND r.due_on = a.due_on)
        ORDER BY a.due_on, a.entry_id LIMIT most FOR UPDATE SKIP LOCKED
    LOOP
        INSERT INTO outbox (kind, record_id, agency_id, function, session_id, created_at)
        SELECT 'action_overdue', found.record_id,
               CASE WHEN owner_follows(found) THEN found.owner_agency_id ELSE m.authority_id END,
               CASE WHEN owner_follows(found) THEN found.owner_function ELSE 'childrens_services' END, my_session(), moment()
        FROM meeting m WHERE m.id = found.meeting_id RETURNING id INTO reminder;
        INSERT INTO action_reminder (notice_id, entry_id, due_on) VALUES (reminder, found.entry_id, found.due_on);
        told := told + 1;
    END LOOP;
    RETURN told;
END $$;
