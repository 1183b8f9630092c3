-- The policy asks another function from now on, and the old one cannot go while a policy asks it. Policies are made anew
-- at every migration.
DROP POLICY IF EXISTS imported_for ON referral;
