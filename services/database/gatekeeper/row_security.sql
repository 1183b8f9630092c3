-- The second wall. The application role owns nothing, bypasses nothing, and reads a group of a record only when this
-- transaction's ledger names it. Grants are listed whole; what is not listed is not granted.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, concordat_app;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, concordat_app;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, concordat_app;
GRANT USAGE ON SCHEMA public TO concordat_app;

GRANT SELECT ON agency, agency_function, policy_version, policy_grant, gatekeeper_version, member, team,
    team_membership, record, involvement, assignment, lead_agency, case_fact, group_content, group_summary, referral,
    decision, clock, outbox, notice, idempotency TO concordat_app;
GRANT INSERT ON case_fact, referral, clock, outbox, notice, idempotency TO concordat_app;
GRANT UPDATE (delivered_at) ON outbox TO concordat_app;

GRANT EXECUTE ON FUNCTION
    moment(), london_today(), live_session(), my_session(), my_member(), my_agency(), my_function(), my_access_level(),
    enter(text), current_policy(), my_functions(), my_colleagues(),
    sign_in_providers(), begin_sign_in(bytea, bytea, uuid, text, text, text, boolean),
    take_sign_in(bytea, bytea, uuid),
    start_session(uuid, text, bytea, timestamptz, text, text, text, boolean), end_session(text),
    end_my_sessions(), end_provider_sessions(uuid, bytea, timestamptz, text, text), forget_old_sign_ins(),
    my_sign_in(), fresh_sign_in(),
    doing(uuid, text), known_to_me(uuid), may_begin(text),
    my_records(text, date, timestamptz, uuid, integer), agency_records(text, timestamptz, uuid, integer),
    admit(text[], text[], text, text[]), refuse(text[], text, text[]),
    admitted(), admitted_summaries(), admitted_pins(), admitted_pinned_facts(), writable(),
    open_record(text, text, text, text), involve(uuid, uuid, text, text, text, text, text),
    become(uuid, text, text, text, text), end_own_involvement(uuid, text), join_concern(text, text, text),
    hand_lead(uuid, uuid, text), record_group(uuid, text, jsonb, jsonb), sent_before(text),
    assign(uuid, uuid, uuid, text, boolean), end_clocks(uuid)
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
-- Outcome and date are the summary; the reasons will stand in a table of their own.
CREATE POLICY admitted ON decision FOR SELECT TO concordat_app
    USING ((record_id, 'decisions') IN (SELECT * FROM admitted_summaries()));
CREATE POLICY admitted ON clock FOR SELECT TO concordat_app
    USING ((record_id, 'clocks') IN (SELECT * FROM admitted()));
CREATE POLICY writable ON clock FOR INSERT TO concordat_app
    WITH CHECK ((record_id, 'clocks') IN (SELECT * FROM writable()));

-- Notices, the outbox and once-only writes.
CREATE POLICY own_function ON notice FOR SELECT TO concordat_app
    USING (agency_id = (SELECT my_agency()) AND function = (SELECT my_function())
           AND (record_id IS NULL OR known_to_me(record_id)));
CREATE POLICY worker ON notice FOR INSERT TO concordat_app
    WITH CHECK ((SELECT my_function()) = 'platform_worker');
CREATE POLICY sender ON outbox FOR INSERT TO concordat_app
    WITH CHECK (session_id = (SELECT my_session()) AND (record_id IS NULL OR doing(record_id, NULL)));
CREATE POLICY worker_reads ON outbox FOR SELECT TO concordat_app
    USING ((SELECT my_function()) = 'platform_worker');
CREATE POLICY worker_ends ON outbox FOR UPDATE TO concordat_app
    USING ((SELECT my_function()) = 'platform_worker' AND delivered_at IS NULL)
    WITH CHECK ((SELECT my_function()) = 'platform_worker');
CREATE POLICY own ON idempotency FOR SELECT TO concordat_app USING (member_id = (SELECT my_member()));
CREATE POLICY own_new ON idempotency FOR INSERT TO concordat_app WITH CHECK (member_id = (SELECT my_member()));
