-- What cannot be destroyed now is tried again later, and is in the way of nothing else until then.
ALTER TABLE unneeded_place ADD COLUMN next_attempt_at timestamptz NOT NULL DEFAULT '-infinity';
