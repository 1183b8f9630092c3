-- An addition is read by whoever reads the answers that it concerns; until now all of them were read with the account.
ALTER TABLE case_step_kind ADD COLUMN also_in text[] NOT NULL DEFAULT '{}';

ALTER TABLE case_step_kind NO FORCE ROW LEVEL SECURITY;  -- their owner changes them, and nobody else
ALTER TABLE case_step NO FORCE ROW LEVEL SECURITY;
ALTER TABLE case_step_detail NO FORCE ROW LEVEL SECURITY;
UPDATE case_step_kind SET also_in = ARRAY['identity', 'contact', 'exploiters', 'evidence', 'referrer', 'immigration',
                                          'criminal_justice', 'support_plan', 'child_protection', 'credibility']
WHERE kind = 'information_added';

-- What was added before goes where its keys belong; one that names several goes where the fewest read.
UPDATE case_step_detail t SET data_group = kept.data_group
FROM (SELECT DISTINCT ON (d.step_id) d.step_id, g.data_group
      FROM case_step s JOIN case_step_detail d ON d.step_id = s.id AND s.kind = 'information_added'
      CROSS JOIN LATERAL jsonb_array_elements_text(d.content -> 'concerns') AS k (key)
      JOIN (VALUES (1, 'credibility', 'credibility'), (2, 'childProtection', 'child_protection'),
                   (3, 'supportPlan', 'support_plan'), (4, 'contact', 'contact'), (4, 'currentTown', 'contact'),
                   (4, 'currentRegion', 'contact'), (5, 'immigration', 'immigration'),
                   (6, 'criminalJustice', 'criminal_justice'), (6, 'cooperates', 'criminal_justice'),
                   (7, 'exploiters', 'exploiters'), (8, 'evidence', 'evidence'), (9, 'identity', 'identity'),
                   (9, 'age', 'identity'), (9, 'ageAtExploitation', 'identity'), (10, 'referrer', 'referrer'),
                   (10, 'consent', 'referrer'), (10, 'nation', 'referrer'), (10, 'kind', 'referrer'),
                   (10, 'organisation', 'referrer')) AS g (place, part, data_group)
           ON g.part = split_part(k.key, '.', 1)
      ORDER BY d.step_id, g.place) kept
WHERE t.step_id = kept.step_id;
UPDATE case_step s SET data_group = t.data_group
FROM case_step_detail t WHERE t.step_id = s.id AND t.data_group <> s.data_group;
ALTER TABLE case_step_kind FORCE ROW LEVEL SECURITY;
ALTER TABLE case_step FORCE ROW LEVEL SECURITY;
ALTER TABLE case_step_detail FORCE ROW LEVEL SECURITY;
