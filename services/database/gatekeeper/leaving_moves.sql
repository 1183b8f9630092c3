-- What is somebody's own and to whom it goes when they leave; and the gate that lets nothing be given to them meanwhile.
-- For the functions of leaving.sql.

-- ── The gate: nothing is given to somebody who is leaving at the same moment ─────────────────────────────────

CREATE OR REPLACE FUNCTION pass_charge_gate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT (SELECT m.is_service FROM member m WHERE m.id = NEW.member_id) THEN  -- a machine's membership is ended elsewhere
        INSERT INTO charge_gate (member_id, lane, passed) VALUES (NEW.member_id, pg_backend_pid() % 8, 1)
        ON CONFLICT (member_id, lane) DO UPDATE SET passed = charge_gate.passed + 1;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER pass_charge_gate BEFORE INSERT ON assignment
FOR EACH ROW WHEN (NEW.member_id IS NOT NULL) EXECUTE FUNCTION pass_charge_gate();
CREATE OR REPLACE TRIGGER pass_charge_gate BEFORE INSERT ON team_membership
FOR EACH ROW EXECUTE FUNCTION pass_charge_gate();

-- Fails with a lost race when somebody passed since this transaction began to read; both sides then begin again.
CREATE OR REPLACE FUNCTION close_charge_gate(the_member uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO charge_gate (member_id, lane, passed) SELECT the_member, lane, 1 FROM generate_series(0, 7) lane
    ON CONFLICT (member_id, lane) DO UPDATE SET passed = charge_gate.passed + 1
$$;

-- ── Who may take over ────────────────────────────────────────────────────────────────────────────────────────

CREATE OR REPLACE FUNCTION can_take_over(the_member uuid, the_agency uuid, the_function text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM member m JOIN member_function mf ON mf.member_id = m.id AND mf.function = the_function
        WHERE m.id = the_member AND m.agency_id = the_agency AND NOT m.is_service
          AND mf.access_level IN ('practitioner', 'approver') AND is_live(mf.valid_from, mf.valid_until))
$$;

-- Whether somebody has a place in a team today and can do its work.
CREATE OR REPLACE FUNCTION works_in(the_member uuid, t team) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM team_membership tm WHERE tm.team_id = t.id AND tm.member_id = the_member
          AND tm.from_at <= moment() AND (tm.until_at IS NULL OR tm.until_at > moment()))
       AND can_take_over(the_member, t.agency_id, t.function)
$$;

-- A team of this function in which somebody works; in which somebody stays, where one leaves.
CREATE OR REPLACE FUNCTION team_can_take_over(the_team uuid, the_agency uuid, the_function text, leaver uuid DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM team t JOIN team_membership tm ON tm.team_id = t.id AND tm.member_id IS DISTINCT FROM leaver
        WHERE t.id = the_team AND t.agency_id = the_agency AND t.function = the_function AND works_in(tm.member_id, t))
$$;

-- The teams to which one can give something: of one's own agency and function, with somebody in them.
CREATE OR REPLACE FUNCTION my_teams() RETURNS TABLE (id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT t.id, t.name FROM team t
    WHERE t.agency_id = my_agency() AND t.function = my_function() AND team_can_take_over(t.id, t.agency_id, t.function)
    ORDER BY t.name, t.id
$$;

CREATE OR REPLACE FUNCTION intake_of(the_agency uuid, the_function text, leaver uuid DEFAULT NULL) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT t.id FROM team t WHERE t.agency_id = the_agency AND t.function = the_function AND t.is_intake
      AND team_can_take_over(t.id, the_agency, the_function, leaver)
$$;

-- ── What moves ───────────────────────────────────────────────────────────────────────────────────────────────
-- The list of movers: each kind of thing that can be somebody's own has one branch here and one in move_one().

-- The teams of theirs in which nobody else works today: what such a team has is theirs to hand over.
CREATE OR REPLACE FUNCTION teams_left_to(the_member uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT DISTINCT t.id FROM team_membership tm JOIN team t ON t.id = tm.team_id
    WHERE tm.member_id = the_member AND NOT team_can_take_over(t.id, t.agency_id, t.function, the_member)
$$;

-- Every assignment and action with one holder, a person or a team, that is still to be worked on.
CREATE OR REPLACE FUNCTION work_of(the_member uuid, the_teams uuid[])
RETURNS TABLE (kind text, thing uuid, record_id uuid, function text, team_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    -- assignments to open records, and to requests that are still to be answered
    SELECT CASE WHEN q.id IS NULL THEN i.record_kind ELSE 'request' END, a.id, a.record_id, a.function, a.team_id
    FROM assignment a JOIN involvement i ON i.id = a.involvement_id AND i.record_open AND i.named_member_id IS NULL
         AND (i.until_at IS NULL OR i.until_at > moment())
    JOIN record r ON r.id = a.record_id AND (a.team_id IS NULL OR NOT r.restricted)  -- no team sees a restricted one
    LEFT JOIN information_request q ON q.involvement_id = i.id
    WHERE (a.member_id = the_member OR a.team_id = ANY (the_teams)) AND a.until_at IS NULL
      AND (q.id IS NULL OR is_unanswered(q.id))
    UNION ALL
    SELECT 'action', h.id, h.record_id, h.function, h.team_id  -- actions of meetings that are not done
    FROM action_charge h JOIN meeting_action a ON a.entry_id = h.entry_id AND NOT a.is_withdrawn AND a.state <> 'done'
    WHERE (h.member_id = the_member OR h.team_id = ANY (the_teams)) AND h.until_at IS NULL
$$;

DROP FUNCTION IF EXISTS belongings(uuid);
CREATE FUNCTION belongings(the_member uuid)
RETURNS TABLE (kind text, thing uuid, record_id uuid, function text, team_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT w.* FROM work_of(the_member, ARRAY(SELECT teams_left_to(the_member))) w
    UNION ALL
    SELECT 'task', n.id, n.record_id, n.function, NULL  -- tasks they took in hand and did not finish
    FROM notice_acknowledgement k JOIN notice n ON n.id = k.notice_id
    WHERE k.member_id = the_member
      AND EXISTS (SELECT FROM notice_step s WHERE s.notice_id = n.id AND s.awaits = 'completion')
      AND NOT EXISTS (SELECT FROM task_completion d WHERE d.notice_id = n.id)
$$;

DROP FUNCTION IF EXISTS move_one(text, uuid, uuid, uuid);
CREATE OR REPLACE FUNCTION move_one(
    the_kind text, the_thing uuid, the_member uuid, the_team uuid, by_whom uuid, the_reason text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF the_kind = 'task' THEN
        UPDATE notice_acknowledgement SET member_id = the_member, at = moment()
        WHERE notice_id = the_thing AND the_member IS NOT NULL;
        DELETE FROM notice_acknowledgement WHERE notice_id = the_thing AND the_team IS NOT NULL;  -- for whoever takes it
        RETURN;
    END IF;
    IF the_kind = 'action' THEN
        PERFORM charge_with_action(a, h.agency_id, h.function, the_member, the_team, by_whom, the_reason)
        FROM action_charge h JOIN meeting_action a ON a.entry_id = h.entry_id WHERE h.id = the_thing;
        RETURN;
    END IF;
    INSERT INTO assignment (record_id, involvement_id, agency_id, function, member_id, team_id, reason, given_by, from_at)
    SELECT a.record_id, a.involvement_id, a.agency_id, a.function, the_member, the_team,
           the_reason, by_whom, moment()
    FROM assignment a WHERE a.id = the_thing AND NOT EXISTS (
        SELECT FROM assignment b WHERE b.involvement_id = a.involvement_id AND b.until_at IS NULL
          AND (b.member_id = the_member OR b.team_id = the_team));
    UPDATE assignment a SET until_at = moment() WHERE a.id = the_thing;
END $$;

-- Each thing with who gets it: whom the administrator named for its function, else the intake team. Whoever is barred
-- from a record does not get it, and a restricted record goes to a person. Neither: nobody, and the act is refused.
-- Of one function, or of every one where none is named; of one team only, where it is the team that they leave.
DROP FUNCTION IF EXISTS moves(uuid, jsonb, text);
CREATE OR REPLACE FUNCTION moves(leaver uuid, successors jsonb, of_function text, of_team uuid DEFAULT NULL)
RETURNS TABLE (kind text, thing uuid, record_id uuid, function text, to_member uuid, to_team uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH named AS (
        SELECT s ->> 'function' AS function, (s ->> 'member')::uuid AS member, (s ->> 'team')::uuid AS team
        FROM jsonb_array_elements(successors) s
    ), found AS (
        SELECT b.*, m.agency_id, n.team, coalesce(r.restricted, false) AS restricted,
               CASE WHEN b.record_id IS NULL OR NOT barred(b.record_id, n.member, m.agency_id) THEN n.member END AS person
        FROM member m CROSS JOIN belongings(leaver) b LEFT JOIN named n ON n.function = b.function
        LEFT JOIN record r ON r.id = b.record_id
        WHERE m.id = leaver AND (of_function IS NULL OR b.function = of_function)
          AND (of_team IS NULL OR b.team_id = of_team)
    )
    SELECT f.kind, f.thing, f.record_id, f.function, f.person,
           CASE WHEN f.person IS NULL AND NOT f.restricted
                THEN coalesce(f.team, intake_of(f.agency_id, f.function, leaver)) END
    FROM found f
$$;
