-- What attempts had done that was done again, in milliseconds. Follows from the facts, and outlives them.
CREATE TABLE lost_work (
  assigned INTEGER PRIMARY KEY, -- the number of the fact by which the attempt was assigned
  milliseconds INTEGER NOT NULL
) STRICT;
