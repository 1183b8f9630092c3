-- A meeting sets the day by which the next one about the child is to be held.
ALTER TABLE meeting_entry DROP CONSTRAINT meeting_entry_kind_check, ADD CHECK (kind IN (
    'brief', 'attendance', 'information', 'risk', 'wishes', 'other_children', 'safety', 'note', 'telling', 'decision',
    'referral', 'guardian', 'next_meeting', 'position', 'action'));
