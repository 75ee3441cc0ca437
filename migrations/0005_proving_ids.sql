-- Ids prove that they are ours, so no row is kept of a closed order. Orders of another form are
-- dropped: their ids prove nothing. The bucket's lifecycle rule removes their files.
DROP TABLE tombstones;
DROP TABLE orders;

CREATE TABLE orders (
  id               TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 40),
  version          INTEGER NOT NULL CHECK (version >= 1),   -- compare-and-set guard, public status_sequence
  state            TEXT    NOT NULL CHECK (state IN
                     ('placed', 'submitting', 'submitted', 'delivered', 'failed', 'canceled')),
  visitor          TEXT,                                    -- hash of the anonymous cookie
  idempotency      TEXT,                                    -- hash of visitor and Idempotency-Key
  fingerprint      TEXT,                                    -- hash of the parsed request
  options          TEXT    NOT NULL CHECK (json_valid(options)),
  prompt_version   INTEGER NOT NULL,
  model            TEXT    NOT NULL,
  images           TEXT    NOT NULL CHECK (json_valid(images)),
  metadata_removed TEXT    NOT NULL CHECK (json_valid(metadata_removed)),
  result_key       TEXT    NOT NULL CHECK (json_valid(result_key)), -- where the result lies or will lie
  callback_token   TEXT    NOT NULL,                        -- secret part of callBackUrl
  tasks            INTEGER NOT NULL CHECK (tasks BETWEEN 0 AND 2), -- createTask calls that may have created a task
  task_id          TEXT,
  credits_milli    INTEGER,
  parked           INTEGER NOT NULL CHECK (parked IN (0, 1)),
  error            TEXT,
  problems         TEXT,                                    -- what the visitor reported, as a JSON list
  created_at       INTEGER NOT NULL,                        -- times are milliseconds since the epoch, UTC
  submitted_at     INTEGER,
  completed_at     INTEGER,
  expires_at       INTEGER,
  due_at           INTEGER,                                 -- when it may leave the queue, while it waits there
  wake_at          INTEGER,                                 -- when something must be done about it; 0 to delete it
  CHECK ((state = 'submitted') <= (task_id IS NOT NULL AND submitted_at IS NOT NULL)),
  CHECK ((state IN ('delivered', 'failed', 'canceled')) = (completed_at IS NOT NULL)),
  CHECK ((state = 'failed') = (error IS NOT NULL)),
  CHECK ((idempotency IS NULL) = (fingerprint IS NULL)),
  CHECK (problems IS NULL OR (json_valid(problems) AND state = 'delivered')),
  CHECK ((due_at IS NOT NULL) = (state = 'placed')),
  -- An ended order sleeps until its time is over, which its id tells; one that is deleted before is woken.
  CHECK ((wake_at IS NOT NULL) = (state IN ('submitting', 'submitted') OR expires_at IS 0))
) STRICT, WITHOUT ROWID;

-- Two columns and not a state in one index: an entry is written only when its own column is, so an
-- order writes one when it is placed, one when it is submitted, and none after that.
CREATE INDEX orders_due ON orders (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX orders_wake ON orders (wake_at) WHERE wake_at IS NOT NULL;

-- Same visitor, same key: the same order.
CREATE UNIQUE INDEX orders_idempotency ON orders (idempotency) WHERE idempotency IS NOT NULL;
