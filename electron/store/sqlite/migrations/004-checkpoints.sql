-- For looking up: what tasks can go on from. Follows from the facts, and outlives them.
CREATE TABLE checkpoints (
  number INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  step INTEGER NOT NULL,
  task INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  broken TEXT, -- why it cannot be used; null: it can
  tag TEXT,
  dropped INTEGER NOT NULL, -- 1: its bytes were given up
  body TEXT NOT NULL -- what it was when it was found, as JSON
) STRICT;
CREATE INDEX checkpoints_of_tasks ON checkpoints (job, step, task, number);

-- What attempts said of whether they went on.
CREATE TABLE went_on (
  attempt TEXT PRIMARY KEY,
  job TEXT NOT NULL,
  step INTEGER NOT NULL,
  task INTEGER NOT NULL,
  checkpoint TEXT,
  line TEXT -- null: it began anew
) STRICT, WITHOUT ROWID;
CREATE INDEX went_on_of_tasks ON went_on (job, step, task);
