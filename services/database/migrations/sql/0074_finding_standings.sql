-- standing() asks for all assignments of an involvement, ended ones too. An index of the open ones alone could not serve
-- it, and each look walked through every assignment of the platform.
DROP INDEX assignment_by_involvement;
CREATE INDEX assignment_by_involvement ON assignment (involvement_id);
-- It asks by record, agency and function: with all three in one index the planner has no reason to walk through all that
-- a busy agency is involved in, whatever it knows of the numbers.
DROP INDEX involvement_by_record;
CREATE INDEX involvement_by_record ON involvement (record_id, agency_id, function);
