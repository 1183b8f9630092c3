-- The second wall. The application role owns nothing, bypasses nothing, and reads a group of a record only when this
-- transaction's ledger names it. Grants are listed whole; what is not listed is not granted.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, concordat_app, concordat_sign_in;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, concordat_app, concordat_sign_in;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, concordat_app, concordat_sign_in;
GRANT USAGE ON SCHEMA public TO concordat_app, concordat_sign_in;

-- Beginning and ending sessions is the sign-in's alone: a statement that somebody slipped into the work cannot mint one,
-- and one slipped into the sign-in reads no table.
GRANT EXECUTE ON FUNCTION
    moment(), sign_in_providers(), begin_sign_in(bytea, bytea, uuid, text, text, text, boolean),
    take_sign_in(bytea, bytea, uuid),
    start_session(uuid, text, bytea, timestamptz, text, text, text, boolean, bytea), end_session(text),
    end_provider_sessions(uuid, bytea, timestamptz, text, text), begin_validation(bytea),
    validation_under_way(bytea), confirm_session(uuid, bytea),
    excuse_session(uuid), end_unconfirmed_session(uuid, text),
    machine_keys(uuid), start_machine_session(uuid, text, bytea, timestamptz, bytea),
    machine_issued_by(text, text, text), start_issued_session(uuid, bytea, timestamptz, timestamptz, bytea)
    TO concordat_sign_in;

GRANT SELECT ON agency, agency_function, policy_version, policy_grant, gatekeeper_version, member, team,
    team_membership, record, involvement, assignment, lead_agency, case_fact, group_content, group_summary, referral,
    decision, clock, outbox, notice, idempotency TO concordat_app;
GRANT INSERT ON case_fact, referral, clock, outbox, notice, idempotency TO concordat_app;
GRANT UPDATE (delivered_at) ON outbox TO concordat_app;

GRANT EXECUTE ON FUNCTION
    moment(), london_today(), live_session(), my_session(), my_member(), my_agency(), my_function(), my_access_level(),
    enter(text), begin_writes(jsonb[]), current_policy(), my_colleagues(), my_teams(),
    end_my_sessions(), forget_old_sign_ins(), awaits_validation(text),
    my_sign_in(), fresh_sign_in(),
    doing(uuid, text), acted_on(), known_to_me(uuid), may_begin(text),
    my_records(text, date, timestamptz, uuid, integer), agency_records(text, timestamptz, uuid, integer),
    admit(text[], text[], text, text[]), refuse(text[], text, text[]),
    admitted(), admitted_summaries(), admitted_pins(), admitted_items(), admitted_pinned_facts(), writable(),
    open_records(jsonb[]), involve(jsonb[]),
    become(uuid, text, text, text, text), end_own_involvement(uuid[], text), join_concern(text, text, text),
    hand_lead(jsonb[]), record_groups(jsonb[]),
    assign(uuid, uuid, uuid, text, boolean), end_clocks(uuid, text[]),
    clock_counted_from(uuid, text)
    TO concordat_app;

-- People administration: its tables are reached through these only.
GRANT EXECUTE ON FUNCTION
    propose(text, uuid, jsonb, text), decide_proposal(uuid, text, text), administer(text, uuid, jsonb, text),
    refuse_administration(text, uuid, text), administered_people(text, uuid, integer), functions_on(date, uuid),
    administered_teams(),
    administrative_proposals(boolean, timestamptz, uuid, integer), administrative_proposal_of(uuid),
    administrative_ledger(uuid, integer), my_standing(), my_training(), act_as(text), entered_regime_rows(),
    regime_rows_in_sight()
    TO concordat_app;

DO $$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY %I ON %I', old.policyname, old.tablename);
    END LOOP;
END $$;

-- People and teams: one's own agency.
CREATE POLICY own_agency ON member FOR SELECT TO concordat_app USING (agency_id = (SELECT my_agency()));
CREATE POLICY own_agency ON team FOR SELECT TO concordat_app USING (agency_id = (SELECT my_agency()));
CREATE POLICY own_agency ON team_membership FOR SELECT TO concordat_app
    USING (team_id IN (SELECT t.id FROM team t WHERE t.agency_id = (SELECT my_agency())));

-- Records and what hangs on them: what the ledger of this transaction names.
CREATE POLICY admitted ON record FOR SELECT TO concordat_app
    USING ((id, 'core') IN (SELECT * FROM admitted()));
CREATE POLICY admitted ON lead_agency FOR SELECT TO concordat_app
    USING ((record_id, 'core') IN (SELECT * FROM admitted()));
CREATE POLICY own_admitted ON assignment FOR SELECT TO concordat_app
    USING (agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
           AND (record_id, 'core') IN (SELECT * FROM admitted()));
CREATE POLICY own_known ON involvement FOR SELECT TO concordat_app
    USING (agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
           AND from_at <= moment() AND (until_at IS NULL OR until_at > moment()) AND known_to_me(record_id));

CREATE POLICY admitted ON case_fact FOR SELECT TO concordat_app
    USING ((record_id, data_group) IN (SELECT * FROM admitted())
           OR id IN (SELECT * FROM admitted_pinned_facts()));
CREATE POLICY writable ON case_fact FOR INSERT TO concordat_app
    WITH CHECK ((record_id, data_group) IN (SELECT * FROM writable()) AND recorded_by = (SELECT my_member()));
CREATE POLICY admitted ON group_content FOR SELECT TO concordat_app
    USING ((record_id, data_group) IN (SELECT * FROM admitted())
           OR (record_id, data_group, version) IN (SELECT * FROM admitted_pins()));
CREATE POLICY admitted ON group_summary FOR SELECT TO concordat_app
    USING ((record_id, data_group) IN (SELECT * FROM admitted_summaries()));
CREATE POLICY admitted ON referral FOR SELECT TO concordat_app
    USING ((record_id, 'referrer') IN (SELECT * FROM admitted()));
CREATE POLICY writable ON referral FOR INSERT TO concordat_app
    WITH CHECK ((record_id, 'referrer') IN (SELECT * FROM writable()) AND recorded_by = (SELECT my_member())
                AND source_agency_id = (SELECT my_agency()));
-- Outcome and date are the summary; the reasons are a group of their own.
CREATE POLICY admitted ON decision FOR SELECT TO concordat_app
    USING ((record_id, 'decisions') IN (SELECT * FROM admitted_summaries()));
-- A proposal is read inside its own authority only, by those to whom the decisions themselves are open.
GRANT SELECT ON decision_proposal TO concordat_app;
GRANT EXECUTE ON FUNCTION
    relied_on(uuid, text[]), propose_decision(uuid, text, text, jsonb), return_decision(uuid, uuid, text), issue_decision(uuid, uuid, text),
    lost_a_file(uuid, uuid)
    TO concordat_app;
CREATE POLICY own_authority ON decision_proposal FOR SELECT TO concordat_app
    USING (authority_id = (SELECT my_agency()) AND (SELECT my_function()) = 'decision_maker'
           AND (record_id, 'decisions') IN (SELECT * FROM admitted()));
-- Drafts of the form: the author's agency in the function it was begun in, and the ledger of this transaction.
GRANT SELECT, DELETE ON referral_draft TO concordat_app;
GRANT UPDATE (answers, version, saved_at, saved_by, warn_on, last_day, regime_rows, warned_at) ON referral_draft
    TO concordat_app;
GRANT EXECUTE ON FUNCTION
    admit_drafts(uuid, text), begin_draft(text, jsonb, date, date, text[]), tend_drafts(integer),
    warn_of_birthdays(integer, integer) TO concordat_app;
CREATE POLICY own_admitted ON referral_draft TO concordat_app
    USING (agency_id = (SELECT my_agency()) AND function = (SELECT my_function()) AND last_day >= london_today()
           AND id IN (SELECT * FROM admitted_items()))
    WITH CHECK (agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
                AND saved_by = (SELECT my_member()));
-- A draft's files are read by whoever reads the draft.
GRANT SELECT ON draft_file TO concordat_app;
GRANT EXECUTE ON FUNCTION
    add_draft_file(uuid, text, text, integer, text, text), where_draft_file(uuid), remove_draft_file(uuid),
    take_over_draft_files(uuid, uuid), next_unneeded(), end_unneeded(text, boolean)
    TO concordat_app;
CREATE POLICY of_own_draft ON draft_file FOR SELECT TO concordat_app
    USING (draft_id IN (SELECT d.id FROM referral_draft d));
-- A step's day is the summary of its group, what it says the whole; nobody reads what else the database keeps of kinds.
GRANT SELECT ON case_step, case_step_detail TO concordat_app;
GRANT EXECUTE ON FUNCTION
    take_step(uuid, text, text, jsonb, text), kept_from_deciding(uuid, text), hand_over_case(uuid, uuid), age_is_in_doubt(uuid),
    want_support(uuid),
    protection(uuid), write_letter(uuid, text, date), next_letter(), end_letter(uuid, text), leave_to_a_person(uuid, text),
    letter_is_open(uuid, text, text, uuid, text), where_letter(uuid), to_post(uuid), next_agency_letter(),
    give_letter(uuid, text), leave_to_authority(uuid, text, uuid)
    TO concordat_app;
-- A letter says what its group says; no address and no reason why it did not leave is among what is read.
GRANT SELECT (id, record_id, addressee, matter, on_day, until, agency_id, written_at) ON letter TO concordat_app;
CREATE POLICY admitted ON letter FOR SELECT TO concordat_app
    USING (letter_is_open(record_id, matter, addressee, to_agency_id, to_function));
CREATE POLICY admitted ON case_step FOR SELECT TO concordat_app
    USING ((record_id, data_group) IN (SELECT * FROM admitted_summaries()));
CREATE POLICY admitted ON case_step_detail FOR SELECT TO concordat_app
    USING ((record_id, data_group) IN (SELECT * FROM admitted()));
-- A file is read like the group it belongs to.
GRANT SELECT ON attachment TO concordat_app;
GRANT EXECUTE ON FUNCTION
    add_attachment(uuid, text, text, integer, text, text), where_attachment(uuid), remove_attachment(uuid),
    needed_places(), next_unscanned(), end_scan(text, text),
    move_file(text, text)
    TO concordat_app;
CREATE POLICY admitted ON attachment FOR SELECT TO concordat_app
    USING ((record_id, data_group) IN (SELECT * FROM admitted()));
-- A link is read by whoever was admitted to both of its cases; why it was made, by the agency's function that made it.
GRANT SELECT ON case_link, case_link_reason TO concordat_app;
GRANT EXECUTE ON FUNCTION
    hand_over_cases(uuid[], uuid, uuid, uuid, text), my_links(uuid, uuid, integer),
    link_cases(uuid, uuid, text, text), end_case_link(uuid), possible_duplicates(uuid, integer)
    TO concordat_app;
CREATE POLICY both_admitted ON case_link FOR SELECT TO concordat_app
    USING ((one_id, 'core') IN (SELECT * FROM admitted()) AND (other_id, 'core') IN (SELECT * FROM admitted()));
CREATE POLICY own ON case_link_reason FOR SELECT TO concordat_app
    USING (agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
           AND link_id IN (SELECT l.id FROM case_link l));
-- Of whom a notification spoke: the agency's function that was told so, with both records in this operation's ledger.
GRANT SELECT ON notification_link TO concordat_app;
GRANT EXECUTE ON FUNCTION
    link_notification(uuid, uuid, text, date, text), case_of_notification(uuid) TO concordat_app;
CREATE POLICY own_admitted ON notification_link FOR SELECT TO concordat_app
    USING (agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
           AND (notification_id, 'core') IN (SELECT * FROM admitted())
           AND (record_id, 'core') IN (SELECT * FROM admitted()));
-- What a case waits for in one agency's own eyes: that agency's function, of whom the dates are admitted.
GRANT SELECT ON waiting_note TO concordat_app;
GRANT EXECUTE ON FUNCTION
    note_waiting(uuid, text, text, date),
    chosen_records(text, boolean, boolean, jsonb, date, timestamptz, uuid, integer)
    TO concordat_app;
CREATE POLICY own_admitted ON waiting_note FOR SELECT TO concordat_app
    USING (agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
           AND (record_id, 'clocks') IN (SELECT * FROM admitted()));
-- Entries under a caveat: their author's agency, in the function that wrote them, and this transaction's ledger.
GRANT SELECT ON caveated_entry TO concordat_app;
GRANT EXECUTE ON FUNCTION record_caveated(uuid, text, text) TO concordat_app;
CREATE POLICY own_admitted ON caveated_entry FOR SELECT TO concordat_app
    USING (agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
           AND (record_id, 'caveated') IN (SELECT * FROM admitted()));
CREATE POLICY admitted ON clock FOR SELECT TO concordat_app
    USING ((record_id, 'clocks') IN (SELECT * FROM admitted()));
CREATE POLICY writable ON clock FOR INSERT TO concordat_app
    WITH CHECK ((record_id, 'clocks') IN (SELECT * FROM writable()));

-- Notices, the outbox and once-only writes.
CREATE POLICY own_function ON notice FOR SELECT TO concordat_app
    USING (agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
           AND (team_id IS NULL OR team_id IN (SELECT * FROM teams_i_answer_for()))
           AND (NOT for_administrators OR (SELECT my_access_level()) = 'administrator')
           AND (kind <> 'handed_over' OR id IN (SELECT * FROM my_handovers()))
           AND (kind <> 'refused_looks' OR id IN (SELECT * FROM my_alerts()))
           AND (record_id IS NULL OR known_to_me(record_id)));
CREATE POLICY worker ON notice FOR INSERT TO concordat_app
    WITH CHECK ((SELECT my_function()) = 'platform_worker');
CREATE POLICY sender ON outbox FOR INSERT TO concordat_app
    WITH CHECK (session_id = (SELECT my_session()) AND (record_id IS NULL OR record_id IN (SELECT * FROM acted_on())));
CREATE POLICY worker_reads ON outbox FOR SELECT TO concordat_app
    USING ((SELECT my_function()) = 'platform_worker');
CREATE POLICY worker_ends ON outbox FOR UPDATE TO concordat_app
    USING ((SELECT my_function()) = 'platform_worker' AND delivered_at IS NULL)
    WITH CHECK ((SELECT my_function()) = 'platform_worker');
CREATE POLICY own ON idempotency FOR SELECT TO concordat_app USING (member_id = (SELECT my_member()));
CREATE POLICY own_new ON idempotency FOR INSERT TO concordat_app WITH CHECK (member_id = (SELECT my_member()));

-- ── Machine clients: through functions only; an agency's own import brings that agency's forms and no others. ──
GRANT EXECUTE ON FUNCTION
    my_operations(), importing(), arrivals(jsonb[]), machine_clients()
    TO concordat_app;
CREATE POLICY imported_for ON referral AS RESTRICTIVE FOR INSERT TO concordat_app
    WITH CHECK ((SELECT my_function()) <> 'referral_import'
                OR EXISTS (SELECT FROM importing() i WHERE i.for_everybody OR i.own_code = organisation_code));

-- ── Notices: answers, steps and e-mails ──
GRANT SELECT ON notice_step, notice_acknowledgement, task_completion, notice_preference, notice_email TO concordat_app;
GRANT INSERT ON notice_step, notice_preference TO concordat_app;
GRANT UPDATE (ended_at, outcome) ON notice_step TO concordat_app;
GRANT UPDATE (is_on, changed_at) ON notice_preference TO concordat_app;
GRANT UPDATE (attempts, next_attempt_at, sent_at, given_up_at) ON notice_email TO concordat_app;
GRANT EXECUTE ON FUNCTION
    teams_i_answer_for(), my_notice(uuid), acknowledge_notice(uuid), complete_task(uuid, text, timestamptz, text),
    new_reference(text), intake_team(uuid, text), write_emails(uuid, boolean), next_email(),
    where_to_follow(uuid, boolean), in_my_inbox(uuid)
    TO concordat_app;
CREATE POLICY worker_reads ON notice FOR SELECT TO concordat_app USING ((SELECT my_function()) = 'platform_worker');
CREATE POLICY of_own_inbox ON notice_step FOR SELECT TO concordat_app USING (in_my_inbox(notice_id));
CREATE POLICY of_own_inbox ON notice_acknowledgement FOR SELECT TO concordat_app
    USING (in_my_inbox(notice_id));
CREATE POLICY of_own_inbox ON task_completion FOR SELECT TO concordat_app
    USING (in_my_inbox(notice_id));
CREATE POLICY worker ON notice_step FOR ALL TO concordat_app
    USING ((SELECT my_function()) = 'platform_worker') WITH CHECK ((SELECT my_function()) = 'platform_worker');
CREATE POLICY worker_reads ON notice_email FOR SELECT TO concordat_app
    USING ((SELECT my_function()) = 'platform_worker');
CREATE POLICY worker_ends ON notice_email FOR UPDATE TO concordat_app
    USING ((SELECT my_function()) = 'platform_worker' AND sent_at IS NULL AND given_up_at IS NULL)
    WITH CHECK ((SELECT my_function()) = 'platform_worker');
CREATE POLICY own ON notice_preference FOR SELECT TO concordat_app USING (member_id = (SELECT my_member()));
CREATE POLICY own_new ON notice_preference FOR INSERT TO concordat_app WITH CHECK (member_id = (SELECT my_member()));
CREATE POLICY own_change ON notice_preference FOR UPDATE TO concordat_app
    USING (member_id = (SELECT my_member())) WITH CHECK (member_id = (SELECT my_member()));

-- ── Contacts: for everybody who is signed in; kept through functions only ──
GRANT SELECT ON contact_point, duty_shift TO concordat_app;
GRANT EXECUTE ON FUNCTION
    may_keep_contacts(uuid, text), record_contact_point(uuid, text, text, text, text, text, text, date, date),
    end_contact_point(uuid), record_duty(uuid, text, text, text, timestamptz, timestamptz), end_duty(uuid)
    TO concordat_app;
CREATE POLICY signed_in ON contact_point FOR SELECT TO concordat_app USING ((SELECT my_session()) IS NOT NULL);
CREATE POLICY signed_in ON duty_shift FOR SELECT TO concordat_app USING ((SELECT my_session()) IS NOT NULL);

-- ── Leaving: administrators through functions only; whoever took over reads the count ──
GRANT SELECT ON handover TO concordat_app;
GRANT EXECUTE ON FUNCTION
    leaving_of(uuid), end_membership(uuid, integer, jsonb, text, date), ended_membership(uuid),
    my_handovers(), planned_ends(), carry_out_next_end(), leave_next_empty_team()
    TO concordat_app;
CREATE POLICY told ON handover FOR SELECT TO concordat_app USING (id IN (SELECT * FROM my_handovers()));

-- ── Strategy meetings: through functions only. Whole for who holds them; else item by item: the meeting, then its parts ──
GRANT SELECT ON meeting, meeting_arrangement, meeting_part, meeting_invitation, invitation_answer, meeting_entry,
    meeting_entry_version, meeting_action, meeting_distribution TO concordat_app;
GRANT EXECUTE ON FUNCTION
    my_chairs(), convene_meeting(uuid, uuid, text, jsonb), arrange_meeting(uuid, integer, jsonb),
    invite_to_meeting(uuid, uuid, text, text, boolean, text, text), open_meeting(uuid), cancel_meeting(uuid, text),
    answer_invitation(uuid, text, uuid, text, text), write_meeting_entry(uuid, uuid, text, integer, jsonb, boolean),
    log_distribution(uuid, text, text, text, timestamptz)
    TO concordat_app;
DO $$
DECLARE
    by_part constant text := $by_part$
        in_open_part AND (record_id, 'strategy_minutes') IN (SELECT * FROM admitted())
        OR part_id IN (SELECT * FROM admitted_items())$by_part$;
    own constant text := $own$ OR agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
        AND meeting_id IN (SELECT * FROM admitted_items())$own$;
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['meeting_entry', 'meeting_entry_version', 'meeting_action', 'meeting_distribution'] LOOP
        EXECUTE format('CREATE POLICY of_a_part ON %I FOR SELECT TO concordat_app USING (%s)', one, by_part);
    END LOOP;
    FOREACH one IN ARRAY ARRAY['meeting_invitation', 'invitation_answer'] LOOP
        EXECUTE format('CREATE POLICY of_a_part_or_own ON %I FOR SELECT TO concordat_app USING (%s)', one, by_part || own);
    END LOOP;
END $$;
CREATE POLICY admitted ON meeting FOR SELECT TO concordat_app
    USING ((record_id, 'strategy_minutes') IN (SELECT * FROM admitted()) OR id IN (SELECT * FROM admitted_items()));
CREATE POLICY admitted ON meeting_arrangement FOR SELECT TO concordat_app
    USING ((record_id, 'strategy_minutes') IN (SELECT * FROM admitted())
           OR meeting_id IN (SELECT * FROM admitted_items()));
CREATE POLICY admitted ON meeting_part FOR SELECT TO concordat_app
    USING (is_open AND (record_id, 'strategy_minutes') IN (SELECT * FROM admitted())
           OR id IN (SELECT * FROM admitted_items()));

-- ── Shares: through functions only; each side reads its own, the weighing its giver ──
GRANT SELECT ON share, share_group, share_reason TO concordat_app;
GRANT EXECUTE ON FUNCTION
    share_problems(uuid, text, text, jsonb), recipient_member(uuid, text, text), works_here(uuid, text),
    decide_share(uuid, boolean, jsonb), record_of_share(uuid), end_share(uuid, text)
    TO concordat_app;
CREATE POLICY of_either_side ON share FOR SELECT TO concordat_app
    USING ((record_id, 'information_requests') IN (SELECT * FROM admitted())
           AND ((agency_id = (SELECT my_agency()) AND function = (SELECT my_function()))
                OR (involvement_id IS NOT NULL AND ended_at IS NULL AND ends_on >= (SELECT london_today())
                    AND recipient_agency_id = (SELECT my_agency()) AND recipient_function = (SELECT my_function())
                    AND (recipient_member_id IS NULL OR recipient_member_id = (SELECT my_member())))));
CREATE POLICY of_either_side ON share_group FOR SELECT TO concordat_app
    USING (share_id IN (SELECT s.id FROM share s));
CREATE POLICY of_the_giver ON share_reason FOR SELECT TO concordat_app
    USING (share_id IN (SELECT s.id FROM share s
                        WHERE s.agency_id = (SELECT my_agency()) AND s.function = (SELECT my_function())));

-- ── Information requests: through functions only; each side reads its own, a conflict the asker alone ──
GRANT SELECT ON information_request, information_request_conflict, information_request_step TO concordat_app;
GRANT EXECUTE ON FUNCTION
    ask_for_information(uuid, jsonb), side_of_request(uuid), go_on_with_request(uuid, text, jsonb),
    assign_request(uuid, uuid, uuid, text), my_requests(boolean, boolean, date, uuid, integer),
    is_before_addressee(uuid)
    TO concordat_app;
CREATE POLICY of_either_side ON information_request FOR SELECT TO concordat_app
    USING ((record_id, 'information_requests') IN (SELECT * FROM admitted())
           AND ((agency_id = (SELECT my_agency()) AND function = (SELECT my_function()))
                OR (addressee_agency_id = (SELECT my_agency()) AND addressee_function = (SELECT my_function())
                    AND is_before_addressee(involvement_id))));
CREATE POLICY of_either_side ON information_request_step FOR SELECT TO concordat_app
    USING (request_id IN (SELECT q.id FROM information_request q));
CREATE POLICY of_the_asker ON information_request_conflict FOR SELECT TO concordat_app
    USING (request_id IN (SELECT q.id FROM information_request q
                          WHERE q.agency_id = (SELECT my_agency()) AND q.function = (SELECT my_function())));
-- ── Explanations: of what was admitted to oneself, and to governance officers of their own agency's people ──
GRANT EXECUTE ON FUNCTION my_access(uuid[]), access_then(text, uuid, timestamptz) TO concordat_app;


-- ── The ledger: for governance officers, through functions that write the line first ──
GRANT EXECUTE ON FUNCTION
    ledger_lines(jsonb, timestamptz, uuid, integer), ledger_totals(jsonb, text[], integer)
    TO concordat_app;

-- ── Bars and restrictions: through functions only; nobody reads whom a bar keeps out, except who keeps the record ──
GRANT EXECUTE ON FUNCTION
    set_bar(text, uuid, uuid, text), end_bar(text, uuid, text), set_restricted(text, boolean, text), access_limits(text)
    TO concordat_app;

-- ── Refused looks: for governance officers, of everybody but themselves ──
GRANT SELECT ON refusal_alert, refused_look TO concordat_app;
GRANT EXECUTE ON FUNCTION gather_refusals(text, integer, integer), my_alerts() TO concordat_app;
CREATE POLICY told ON refusal_alert FOR SELECT TO concordat_app USING (id IN (SELECT * FROM my_alerts()));
CREATE POLICY told ON refused_look FOR SELECT TO concordat_app USING (alert_id IN (SELECT * FROM my_alerts()));
-- ── Closed parts and what follows a meeting: through functions only, read with the part they belong to ──
GRANT SELECT ON meeting_part_reader, minutes_sent_out, minutes_sign_off, dissent_escalation, minutes_seal,
    minutes_addendum TO concordat_app;
GRANT EXECUTE ON FUNCTION
    make_closed_part(uuid, text, jsonb), send_out_minutes(uuid, date, text), sign_minutes(uuid, text, uuid, text),
    sign_minutes_for(uuid, text, uuid, text, text),
    close_meeting(uuid, jsonb), add_to_minutes(uuid, uuid, text), escalate_dissent(uuid, text),
    release_minutes(uuid, uuid, text, uuid[], text, text)
    TO concordat_app;
CREATE POLICY admitted ON meeting_part_reader FOR SELECT TO concordat_app
    USING (part_id IN (SELECT * FROM admitted_items()));
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['minutes_sent_out', 'minutes_sign_off', 'dissent_escalation', 'minutes_seal',
                               'minutes_addendum'] LOOP
        EXECUTE format('CREATE POLICY of_a_part ON %I FOR SELECT TO concordat_app USING (
            in_open_part AND (record_id, ''strategy_minutes'') IN (SELECT * FROM admitted())
            OR part_id IN (SELECT * FROM admitted_items()))', one);
    END LOOP;
END $$;
-- ── Actions of meetings: read by whoever reads the part they stand in; who has one in hand, by the own agency only ──
GRANT SELECT ON action_report, action_charge TO concordat_app;
GRANT EXECUTE ON FUNCTION
    followed_by_me(uuid), my_actions(boolean, uuid, uuid, date, uuid, integer), report_action(uuid, integer, text, text),
    give_action(uuid, uuid, uuid), remind_of_actions(integer)
    TO concordat_app;
CREATE POLICY of_a_part ON action_report FOR SELECT TO concordat_app
    USING (in_open_part AND (record_id, 'strategy_minutes') IN (SELECT * FROM admitted())
           OR part_id IN (SELECT * FROM admitted_items()));
CREATE POLICY own_admitted ON action_charge FOR SELECT TO concordat_app
    USING (agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
           AND (record_id, 'core') IN (SELECT * FROM admitted()));
