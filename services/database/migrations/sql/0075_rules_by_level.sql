-- Who asks the rules knows a function and a level, and the relations come from the records asked about: with the level
-- before the relation the key finds all that may be said to somebody, where it walked through the rules of everybody.
ALTER TABLE policy_grant DROP CONSTRAINT policy_grant_pkey;
ALTER TABLE policy_grant ADD PRIMARY KEY
    (policy_version, function, access_level, relation, action, data_group, case_class, rule);
