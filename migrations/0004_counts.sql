-- What the visitor says is wrong with the picture, as a JSON list; the first report is the one that
-- counts. NULL until then.
ALTER TABLE orders ADD COLUMN problems TEXT
  CHECK (problems IS NULL OR (json_valid(problems) AND state = 'delivered'));

-- Counters for /status, one order at a time, in the commit that ends it. Nothing here names an order
-- or a visitor, so a deletion leaves them. The hour leads the keys: reading the last day and the
-- purge after two are ranges, and no second index has to be written.
CREATE TABLE outcomes (
  hour    INTEGER NOT NULL,                                 -- hours since the epoch at which the order ended
  model   TEXT    NOT NULL,
  outcome TEXT    NOT NULL,                                 -- 'completed', 'canceled', 'expired' or 'failed:' and the code
  seconds INTEGER NOT NULL CHECK (seconds >= 0),            -- upper bound of the duration's class; 0 unless completed
  orders  INTEGER NOT NULL CHECK (orders >= 1),
  PRIMARY KEY (hour, model, outcome, seconds)
) STRICT, WITHOUT ROWID;

-- The hour is that of the picture and not of the report, so that the share of an hour's pictures
-- which were reported can be told.
CREATE TABLE reports (
  hour    INTEGER NOT NULL,                                 -- hours since the epoch at which the picture was delivered
  model   TEXT    NOT NULL,
  problem TEXT    NOT NULL,
  orders  INTEGER NOT NULL CHECK (orders >= 1),
  PRIMARY KEY (hour, model, problem)
) STRICT, WITHOUT ROWID;
