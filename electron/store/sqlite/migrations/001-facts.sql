-- One row about the store itself.
CREATE TABLE store (
  -- Tells this store's snapshots from those of another that had the same place.
  identity TEXT NOT NULL,
  -- Facts up to this number are not in the log any more; a snapshot holds what they led to.
  pruned INTEGER NOT NULL,
  -- 1: a snapshot was saved before the first fact, so that the facts alone do not tell everything.
  begins_with_snapshot INTEGER NOT NULL,
  -- What the facts up to this number say of attempts is in the tables below.
  recorded INTEGER NOT NULL
) STRICT;
INSERT INTO store VALUES (lower(hex(randomblob(4))), 0, 0, 0);

-- The truth from which the state is rebuilt: a row for the facts of one append.
CREATE TABLE log (
  seq INTEGER PRIMARY KEY, -- the number of its first fact; facts are counted from 1
  version INTEGER NOT NULL, -- of the facts' shapes
  facts INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- For looking up: what became of each attempt. Follows from the facts. A row for each attempt would
-- take most of the time of an append, so 64 of them, numbered in a row, share one; see attempt-block.ts.
CREATE TABLE attempt_blocks (
  id INTEGER PRIMARY KEY,
  prefix INTEGER NOT NULL REFERENCES names, -- what the ids of its attempts begin with
  block INTEGER NOT NULL, -- the first of their numbers, divided by 64
  last INTEGER NOT NULL, -- the number of the newest fact by which one of them was assigned
  open INTEGER NOT NULL, -- how many of them have not ended
  body BLOB NOT NULL,
  UNIQUE (prefix, block)
) STRICT;
CREATE INDEX ended_blocks ON attempt_blocks (last) WHERE open = 0;

-- Which blocks have attempts at tasks of a step, and from which task to which.
CREATE TABLE blocks_of_steps (
  step INTEGER NOT NULL REFERENCES steps,
  block INTEGER NOT NULL REFERENCES attempt_blocks,
  first_task INTEGER NOT NULL,
  last_task INTEGER NOT NULL,
  PRIMARY KEY (step, block)
) STRICT, WITHOUT ROWID;

-- How attempts ended that did not just exit, as JSON.
CREATE TABLE odd_ends (
  assigned INTEGER PRIMARY KEY, -- the number of the fact by which the attempt was assigned
  end TEXT NOT NULL
) STRICT;

-- Beginnings of attempt ids, and nodes.
CREATE TABLE names (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE steps (
  id INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  step INTEGER NOT NULL,
  UNIQUE (job, step)
) STRICT;

-- For looking up: who did what, when and why, by the number of the fact that says so.
CREATE TABLE history (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  "by" TEXT, -- null: it came about by itself
  why TEXT,
  what TEXT NOT NULL,
  about TEXT NOT NULL -- ids of batches and jobs, each between two bars
) STRICT;
