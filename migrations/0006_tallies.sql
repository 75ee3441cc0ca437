-- The counters and the trial are counted anew: what the tables held was of two days at most.

-- Counters for /status, one order at a time, in the commit that ends it. Nothing here names an order
-- or a visitor, so a deletion leaves them. A ring of hours, so that nothing needs to be purged: the
-- first count of an hour begins anew whatever its slot has held two days before.
DROP TABLE outcomes;
CREATE TABLE outcomes (
  slot    INTEGER NOT NULL CHECK (slot >= 0),               -- `hour` modulo the hours of the ring
  model   TEXT    NOT NULL,
  outcome TEXT    NOT NULL,                                 -- 'completed', 'canceled', 'expired' or 'failed:' and the code
  seconds INTEGER NOT NULL CHECK (seconds >= 0),            -- upper bound of the duration's class; 0 unless completed
  hour    INTEGER NOT NULL,                                 -- hours since the epoch at which the orders ended
  orders  INTEGER NOT NULL CHECK (orders >= 1),
  PRIMARY KEY (slot, model, outcome, seconds)
) STRICT, WITHOUT ROWID;

-- The hour is that of the picture and not of the report, so that the share of an hour's pictures
-- which were reported can be told.
DROP TABLE reports;
CREATE TABLE reports (
  slot    INTEGER NOT NULL CHECK (slot >= 0),
  model   TEXT    NOT NULL,
  problem TEXT    NOT NULL,
  hour    INTEGER NOT NULL,                                 -- hours since the epoch at which the pictures were delivered
  orders  INTEGER NOT NULL CHECK (orders >= 1),
  PRIMARY KEY (slot, model, problem)
) STRICT, WITHOUT ROWID;

-- The tries of a visitor are counted on the orders themselves. One index finds them, and the order
-- of a repeated request: same visitor, same key, same order.
DROP TABLE trial_uses;
DROP INDEX orders_idempotency;
CREATE UNIQUE INDEX orders_visitor ON orders (visitor, idempotency) WHERE visitor IS NOT NULL;

-- Whether the try that the order used is free again. A key belongs to a visitor, or the index above
-- would not see it.
ALTER TABLE orders ADD COLUMN given_back INTEGER NOT NULL DEFAULT 0 CHECK (
  given_back IN (0, state IN ('failed', 'canceled')) AND (idempotency IS NULL OR visitor IS NOT NULL));

-- What an order that is gone has used of the trial, for as long as that counts. The period leads the
-- key, so that the purge is a range and no second index has to be written.
CREATE TABLE spent_tries (
  period     INTEGER NOT NULL,                              -- `used_at` in windows of the trial since the epoch
  visitor    TEXT    NOT NULL,                              -- hash of the anonymous cookie
  order_hash TEXT    NOT NULL,                              -- SHA-256 of the order's id
  used_at    INTEGER NOT NULL,                              -- when the order was placed
  PRIMARY KEY (period, visitor, order_hash)
) STRICT, WITHOUT ROWID;
