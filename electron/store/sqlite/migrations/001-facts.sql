-- The log of facts: the truth from which the state is rebuilt.
CREATE TABLE facts (
  seq INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- For looking up: what became of each attempt. Follows from the facts.
CREATE TABLE attempts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  job TEXT NOT NULL,
  step INTEGER NOT NULL,
  task INTEGER NOT NULL,
  node TEXT NOT NULL,
  assigned_at INTEGER NOT NULL,
  ended_at INTEGER,
  end TEXT
) STRICT;
CREATE INDEX attempts_of_task ON attempts (job, step, task, seq);
