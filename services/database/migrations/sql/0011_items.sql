-- Items: an involvement may reach single entries of a group and nothing else of it.

ALTER TYPE record_standing ADD ATTRIBUTE items text[];

ALTER TABLE access_record
    ADD COLUMN items text[] NOT NULL DEFAULT '{}',
    DROP CONSTRAINT access_record_hands_over_blindly,
    ADD CONSTRAINT access_record_hands_over_blindly CHECK (
        verdict <> 'handed_over' OR groups || summaries || pins || items || writes = '{}');

-- A version is of a whole group, never of an item.
ALTER TABLE involvement_scope
    ADD CONSTRAINT involvement_scope_one_narrowing CHECK (num_nonnulls(item_id, pinned_version) <= 1);
