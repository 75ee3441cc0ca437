-- Ids prove that they are ours, so nothing is kept of a closed order. Orders placed before this are
-- given up: their ids prove nothing, and nothing was deployed that could have taken one.
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
  wake_at          INTEGER,                                 -- when something must be done about the order
  CHECK ((state = 'submitted') <= (task_id IS NOT NULL AND submitted_at IS NOT NULL)),
  CHECK ((state IN ('delivered', 'failed', 'canceled')) = (completed_at IS NOT NULL)),
  CHECK ((state = 'failed') = (error IS NOT NULL)),
  CHECK ((idempotency IS NULL) = (fingerprint IS NULL)),
  CHECK (problems IS NULL OR (json_valid(problems) AND state = 'delivered')),
  -- A closed order has no row here, so only an ended order that is kept may sleep for ever.
  CHECK ((wake_at IS NULL) = (state IN ('delivered', 'failed', 'canceled') AND expires_at IS NULL))
) STRICT, WITHOUT ROWID;

-- The queue, the tasks in flight and the sweep all read this one index.
CREATE INDEX orders_wake ON orders (state, wake_at) WHERE wake_at IS NOT NULL;

-- Same visitor, same key: the same order.
CREATE UNIQUE INDEX orders_idempotency ON orders (idempotency) WHERE idempotency IS NOT NULL;
