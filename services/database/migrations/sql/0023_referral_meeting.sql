-- What a referral states of the strategy meeting that it comes from, as it stood when the referral was sent.
ALTER TABLE referral ADD COLUMN strategy_meeting jsonb CHECK (strategy_meeting IS NULL
    OR kind = 'nrm' AND strategy_meeting ?& ARRAY['meeting', 'kind', 'held_on', 'professions', 'all_agreed']);
