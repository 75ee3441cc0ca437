-- When the person of a session proved to Google once more who he is. NULL for a session that began
-- without: signing in alone may be one click of whoever sits at an unlocked browser.
ALTER TABLE sessions ADD COLUMN proved_at INTEGER CHECK (
  proved_at IS NULL OR proved_at <= signed_in_at);
