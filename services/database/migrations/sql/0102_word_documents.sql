-- A Word document is a file like any other.
ALTER TABLE attachment DROP CONSTRAINT attachment_kind_check;
ALTER TABLE attachment ADD CONSTRAINT attachment_kind_check CHECK (kind IN ('pdf', 'jpg', 'png', 'docx', 'txt'));
ALTER TABLE draft_file DROP CONSTRAINT draft_file_kind_check;
ALTER TABLE draft_file ADD CONSTRAINT draft_file_kind_check CHECK (kind IN ('pdf', 'jpg', 'png', 'docx', 'txt'));
