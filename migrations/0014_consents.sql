-- What is accepted by signing in is on record too: the terms and the privacy policy, each in the version that held.
CREATE TABLE consents_new (
  account      TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  kind         TEXT    NOT NULL CHECK (kind IN ('terms', 'privacy', 'marketing')),
  given_at     INTEGER NOT NULL,                            -- milliseconds since the epoch, UTC
  version      TEXT    NOT NULL,                            -- which text was shown
  withdrawn_at INTEGER,
  PRIMARY KEY (account, kind, given_at)
) STRICT, WITHOUT ROWID;
INSERT INTO consents_new SELECT account, kind, given_at, version, withdrawn_at FROM consents;
DROP TABLE consents;
ALTER TABLE consents_new RENAME TO consents;
