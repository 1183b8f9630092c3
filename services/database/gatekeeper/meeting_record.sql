-- What is written in the record of a meeting, and what was sent of it.

-- The next version of an entry, or a new one. Whoever was invited writes entries of their own and no decisions.
CREATE OR REPLACE FUNCTION write_meeting_entry(
    the_part uuid, the_entry uuid, the_kind text, known_version integer, the_content jsonb, withdrawn boolean)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    me session := live_session();
    part meeting_part;
    entry meeting_entry;
    runs boolean;
BEGIN
    SELECT p.* INTO part FROM meeting_part p JOIN meeting m ON m.id = p.meeting_id
    WHERE p.id = the_part AND m.closed_at IS NULL AND m.cancelled_at IS NULL
      AND (doing(p.record_id, 'meeting.record') OR doing(p.record_id, 'meeting.convene'))
      AND (p.record_id, 'strategy_minutes') IN (SELECT * FROM writable())
      AND (p.is_open AND (p.record_id, 'strategy_minutes') IN (SELECT * FROM admitted())
           OR p.id IN (SELECT * FROM admitted_items()));
    runs := (run_meeting(part.meeting_id)).id IS NOT NULL;
    SELECT * INTO entry FROM meeting_entry e WHERE e.id = the_entry AND e.part_id = part.id AND e.kind = the_kind;
    IF part.id IS NULL OR (entry.id IS NULL) <> (known_version = 0)
       OR NOT runs AND the_kind IN ('brief', 'attendance', 'decision', 'referral', 'guardian', 'next_meeting')
       -- Everybody is judged by, and bound by, what everybody reads.
       OR NOT part.is_open AND the_kind IN ('brief', 'attendance', 'decision', 'referral', 'guardian', 'next_meeting')
       OR the_kind = 'position' AND NOT EXISTS (
            SELECT FROM meeting_entry e WHERE e.id = (the_content ->> 'on')::uuid AND e.part_id = part.id)
       OR NOT runs AND entry.id IS NOT NULL AND (entry.agency_id, entry.function) <> (me.agency_id, me.function) THEN
        RAISE EXCEPTION 'not allowed to write this entry' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF entry.id IS NULL THEN
        INSERT INTO meeting_entry (meeting_id, record_id, part_id, in_open_part, kind, agency_id, function, made_at, made_by)
        VALUES (part.meeting_id, part.record_id, part.id, part.is_open, the_kind, me.agency_id, me.function, moment(),
                me.member_id)
        RETURNING * INTO entry;
    END IF;
    -- Two who start from the same version meet at the primary key: one is run again, and finds that the version moved.
    INSERT INTO meeting_entry_version (entry_id, version, meeting_id, record_id, part_id, in_open_part, content,
                                       is_withdrawn, agency_id, function, recorded_at, recorded_by)
    VALUES (entry.id, known_version + 1, entry.meeting_id, entry.record_id, entry.part_id, entry.in_open_part, the_content,
            withdrawn, me.agency_id, me.function, moment(), me.member_id);
    RETURN entry.id;
END $$;

CREATE OR REPLACE FUNCTION carry_action() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO meeting_action (entry_id, meeting_id, record_id, part_id, in_open_part, owner_agency_id, owner_function,
                                owner_name, due_on, is_withdrawn)
    VALUES (NEW.entry_id, NEW.meeting_id, NEW.record_id, NEW.part_id, NEW.in_open_part,
            (NEW.content -> 'owner' ->> 'agency')::uuid, NEW.content -> 'owner' ->> 'function',
            NEW.content -> 'owner' ->> 'name', (NEW.content ->> 'due_on')::date, NEW.is_withdrawn)
    ON CONFLICT (entry_id) DO UPDATE SET
        owner_agency_id = excluded.owner_agency_id, owner_function = excluded.owner_function,
        owner_name = excluded.owner_name, due_on = excluded.due_on, is_withdrawn = excluded.is_withdrawn;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER carry_action AFTER INSERT ON meeting_entry_version
FOR EACH ROW WHEN (NEW.content ? 'due_on') EXECUTE FUNCTION carry_action();

CREATE OR REPLACE FUNCTION log_distribution(
    the_invitation uuid, the_what text, the_channel text, the_recipient text, the_moment timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    invited meeting_invitation;
    logged uuid;
BEGIN
    SELECT * INTO invited FROM meeting_invitation WHERE id = the_invitation;
    IF (own_meeting(invited.meeting_id)).id IS NULL THEN
        RAISE EXCEPTION 'not allowed to distribute' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO meeting_distribution (meeting_id, record_id, part_id, in_open_part, invitation_id, what, channel, to_whom,
                                      sent_at, recorded_at, recorded_by)
    VALUES (invited.meeting_id, invited.record_id, invited.part_id, invited.in_open_part, invited.id, the_what, the_channel,
            the_recipient, the_moment, moment(), my_member())
    RETURNING id INTO logged;
    RETURN logged;
END $$;
