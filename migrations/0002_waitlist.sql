-- Who asked to be told, and on which page.
CREATE TABLE waitlist (
  email     TEXT    NOT NULL PRIMARY KEY,
  source    TEXT    NOT NULL,                               -- the page of the first request
  joined_at INTEGER NOT NULL                                -- milliseconds since the epoch, UTC
) STRICT, WITHOUT ROWID;
