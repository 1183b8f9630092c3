-- What is kept in a place is destroyed with the one file that it is of. So no second row may name it: whoever removed
-- theirs would destroy another agency's. And each file of a draft that goes is looked for here, which walked through all.
ALTER TABLE attachment ADD UNIQUE (place);
