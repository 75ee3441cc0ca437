-- How far the deletion of an account is whose time is over. Everything is counted before anything is
-- deleted, in steps that are repeated safely; the row goes with the account's.
CREATE TABLE deletions (
  account       TEXT    NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  version       INTEGER NOT NULL CHECK (version >= 1),      -- compare-and-set guard
  salt          TEXT    NOT NULL CHECK (length(salt) = 32), -- of the digests in the receipt
  counted_until TEXT    NOT NULL,                           -- id of the last order that was counted; '' before the first
  tally         TEXT    NOT NULL CHECK (json_valid(tally))  -- what was counted; names nobody
) STRICT, WITHOUT ROWID;

-- The sweep drops receipts whose time is over.
CREATE INDEX receipts_expiry ON receipts (expires_at);
