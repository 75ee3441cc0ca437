-- Accounts and what belongs to them. Who signs in is (issuer, subject) and never a mail address.
CREATE TABLE accounts (
  id               TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 22),
  issuer           TEXT    NOT NULL,
  subject          TEXT    NOT NULL,                        -- the issuer's own id of the person
  name             TEXT    NOT NULL,
  email            TEXT,                                    -- verified by the issuer, or by a confirmed change
  name_is_own      INTEGER NOT NULL DEFAULT 0 CHECK (name_is_own IN (0, 1)),   -- corrected here: a sign-in leaves it
  email_is_own     INTEGER NOT NULL DEFAULT 0 CHECK (email_is_own IN (0, 1)),
  portrait         TEXT    CHECK (portrait IS NULL OR json_valid(portrait)),   -- the stored picture of the person
  portrait_source  TEXT,                                    -- SHA-256 of the address that it was fetched from
  language         TEXT    NOT NULL DEFAULT 'en',
  theme            TEXT    NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
  created_at       INTEGER NOT NULL,                        -- times are milliseconds since the epoch, UTC
  restricted_at    INTEGER,                                 -- processing is restricted since
  objected_at      INTEGER,                                 -- not counted in statistics since
  deletion_due_at  INTEGER,                                 -- when everything goes; NULL when no deletion is scheduled
  deletion_asked_at INTEGER,
  deletion_claim   TEXT,                                    -- SHA-256 of the code that opens the receipt
  CHECK ((deletion_due_at IS NULL) = (deletion_asked_at IS NULL)),
  CHECK ((deletion_due_at IS NULL) = (deletion_claim IS NULL)),
  UNIQUE (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX accounts_deletion ON accounts (deletion_due_at) WHERE deletion_due_at IS NOT NULL;

-- Only the hash of a session's token is kept: who reads this table cannot sign in with it.
CREATE TABLE sessions (
  token_hash   TEXT    NOT NULL PRIMARY KEY CHECK (length(token_hash) = 64),   -- SHA-256
  account      TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  id           TEXT    NOT NULL CHECK (length(id) = 22),    -- its name on the account page
  device       TEXT    NOT NULL,                            -- browser and system in words, made of the User-Agent
  signed_in_at INTEGER NOT NULL,                            -- when Google last said who it is
  used_at      INTEGER NOT NULL,                            -- written at most once an hour
  UNIQUE (account, id)
) STRICT, WITHOUT ROWID;

-- A sign-in that was begun. The row is deleted when it is used, so a state is good once; what it must
-- match is derived from a cookie and not kept here. The minute leads the key, so that the purge is a
-- range and no second index has to be written.
CREATE TABLE sign_ins (
  minute      INTEGER NOT NULL,                             -- minutes since the epoch at which it began
  state_hash  TEXT    NOT NULL CHECK (length(state_hash) = 64),  -- SHA-256
  return_to   TEXT    NOT NULL,                             -- a path of our own
  fresh       INTEGER NOT NULL CHECK (fresh IN (0, 1)),     -- the person must sign in to Google anew
  PRIMARY KEY (minute, state_hash)
) STRICT, WITHOUT ROWID;

-- What Google publishes about itself, as long as it says that it holds.
CREATE TABLE identity_providers (
  issuer      TEXT    NOT NULL PRIMARY KEY,
  endpoints   TEXT    NOT NULL CHECK (json_valid(endpoints)),
  keys        TEXT    NOT NULL CHECK (json_valid(keys)),
  fresh_until INTEGER NOT NULL,
  asked_at    INTEGER NOT NULL                              -- when somebody last went to fetch: at most once a minute
) STRICT, WITHOUT ROWID;

-- Mails that are to be sent. A row is deleted when its mail was taken over.
CREATE TABLE mails (
  id        TEXT    NOT NULL PRIMARY KEY,                   -- made of its cause where it must be sent once
  account   TEXT    REFERENCES accounts (id) ON DELETE CASCADE,  -- NULL for the waitlist and for what outlives the account
  recipient TEXT    NOT NULL,
  language  TEXT    NOT NULL,
  letter    TEXT    NOT NULL CHECK (json_valid(letter)),    -- which letter, and what it says
  due_at    INTEGER NOT NULL,                               -- when it is tried next
  tries     INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  expires_at INTEGER NOT NULL                               -- then it is dropped
) STRICT, WITHOUT ROWID;

CREATE INDEX mails_due ON mails (due_at);
CREATE INDEX mails_account ON mails (account) WHERE account IS NOT NULL;

-- A mail address that its owner wants and has not confirmed yet. One an account.
CREATE TABLE email_changes (
  account    TEXT    NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  email      TEXT    NOT NULL,
  token_hash TEXT    NOT NULL UNIQUE CHECK (length(token_hash) = 64),  -- SHA-256 of the link's token
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was consented to and when, and what was withdrawn.
CREATE TABLE consents (
  account      TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind         TEXT    NOT NULL CHECK (kind IN ('terms', 'marketing')),
  given_at     INTEGER NOT NULL,
  version      TEXT    NOT NULL,                            -- which text was shown
  withdrawn_at INTEGER,
  PRIMARY KEY (account, kind, given_at)
) STRICT, WITHOUT ROWID;

-- "Download my data". The parts lie in R2 under exports/.
CREATE TABLE exports (
  account      TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  id           TEXT    NOT NULL CHECK (length(id) = 22),
  state        TEXT    NOT NULL CHECK (state IN ('queued', 'building', 'ready', 'expired', 'failed')),
  reason       TEXT    CHECK ((reason IS NOT NULL) = (state = 'failed')),
  parts        TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(parts)),  -- key, bytes and SHA-256 of each zip
  progress     TEXT    NOT NULL DEFAULT '{}' CHECK (json_valid(progress)),
  requested_at INTEGER NOT NULL,
  finished_at  INTEGER,
  expires_at   INTEGER,
  wake_at      INTEGER,                                     -- when something must be done about it
  PRIMARY KEY (account, id),
  CHECK ((state = 'ready') <= (expires_at IS NOT NULL AND finished_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX exports_wake ON exports (wake_at) WHERE wake_at IS NOT NULL;

-- Proof of a deletion, for whoever has the claim code. Nothing here names a person.
CREATE TABLE receipts (
  claim_hash TEXT    NOT NULL PRIMARY KEY CHECK (length(claim_hash) = 64),  -- SHA-256 of the claim code
  receipt    TEXT    NOT NULL,                              -- signed
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What an operator looked at or sent. No foreign key: it stays when the account goes, and names none.
CREATE TABLE operator_log (
  at     INTEGER NOT NULL,
  id     TEXT    NOT NULL,
  action TEXT    NOT NULL,
  detail TEXT    NOT NULL,                                  -- without personal data
  PRIMARY KEY (at, id)
) STRICT, WITHOUT ROWID;

-- How far an announcement has been mailed to the accounts.
CREATE TABLE announced (
  announcement TEXT    NOT NULL PRIMARY KEY,
  next_account TEXT    NOT NULL,                            -- accounts from here on have not been written to
  finished_at  INTEGER
) STRICT, WITHOUT ROWID;

-- The waitlist with double opt-in. Who is on it has asked once and is asked to confirm when it is mailed.
ALTER TABLE waitlist ADD COLUMN token TEXT;                 -- secret of the links in its mails; NULL until the first
ALTER TABLE waitlist ADD COLUMN confirmed_at INTEGER;
ALTER TABLE waitlist ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
CREATE UNIQUE INDEX waitlist_token ON waitlist (token) WHERE token IS NOT NULL;
CREATE INDEX waitlist_unconfirmed ON waitlist (joined_at) WHERE confirmed_at IS NULL;
