-- What an operator writes to the waitlist, while it is being put into the outbox and for a while after, so that the same
-- mailing asked for twice is sent once.
CREATE TABLE mailings (
  id          TEXT    NOT NULL PRIMARY KEY,                 -- made of what it says
  subject     TEXT    NOT NULL,
  text        TEXT    NOT NULL,
  language    TEXT,                                         -- whom it is for; NULL for every language
  after_email TEXT    NOT NULL DEFAULT '',                  -- entries up to this one are done; empty again at the end
  written     INTEGER NOT NULL DEFAULT 0,                   -- mails put into the outbox
  asked       INTEGER NOT NULL DEFAULT 0,                   -- entries from before that were asked to confirm
  asked_at    INTEGER NOT NULL,                             -- milliseconds since the epoch, UTC
  finished_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX mailings_finished ON mailings (finished_at, asked_at);
