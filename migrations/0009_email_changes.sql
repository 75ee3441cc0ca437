-- How often an account has asked for another mail address while this row stood: each asking is a mail to somebody who
-- has not asked for it.
ALTER TABLE email_changes ADD COLUMN asked INTEGER NOT NULL DEFAULT 1 CHECK (asked > 0);

-- A wish that nobody confirmed is forgotten when its time is over.
CREATE INDEX email_changes_expiry ON email_changes (expires_at);
