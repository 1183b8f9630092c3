-- A file that was not scanned when it came is scanned later, and may turn out to be infected.
ALTER TABLE attachment DROP CONSTRAINT attachment_scan_check;
ALTER TABLE attachment ADD CONSTRAINT attachment_scan_check CHECK (scan IN ('clean', 'not_scanned', 'infected'));
ALTER TABLE attachment ADD COLUMN next_scan_at timestamptz NOT NULL DEFAULT '-infinity';
CREATE INDEX attachment_not_scanned ON attachment (next_scan_at, id) WHERE scan = 'not_scanned' AND removed_at IS NULL;
