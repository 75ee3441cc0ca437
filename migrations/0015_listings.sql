-- How far the files under a prefix have been compared with the rows that name them.
CREATE TABLE listings (
  prefix    TEXT    NOT NULL PRIMARY KEY,
  hour      INTEGER NOT NULL,                               -- hours since the epoch: the one that is next
  after_key TEXT    NOT NULL DEFAULT ''                     -- keys of it up to this one are done
) STRICT, WITHOUT ROWID;
