-- Mailings reach accounts too, if their owners switched news by mail on.
ALTER TABLE mailings ADD COLUMN audience TEXT NOT NULL DEFAULT 'waitlist'
  CHECK (audience IN ('waitlist', 'accounts', 'both'));

-- A mailing goes through waitlist and accounts by address, so that whoever is in both is seen once.
CREATE INDEX accounts_email ON accounts (lower(email)) WHERE email IS NOT NULL;

-- Accounts are written to once a month at most.
CREATE INDEX mailings_news ON mailings (asked_at) WHERE audience <> 'waitlist';
