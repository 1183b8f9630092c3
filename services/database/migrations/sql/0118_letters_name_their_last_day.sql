DROP FUNCTION IF EXISTS next_agency_letter();  -- it says until when as well
