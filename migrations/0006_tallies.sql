-- Nothing is deployed yet, so the tables of before are dropped with what they counted.

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
