// The product's statements, as its `store` has them.

export const PROVIDER = "SELECT status FROM provider_status WHERE provider = 'kie'";
export const ORDER = "SELECT * FROM orders WHERE id = ?1";
export const BY_IDEMPOTENCY = "SELECT * FROM orders WHERE idempotency = ?1";
export const TRIAL = "SELECT used_at FROM trial_uses WHERE visitor = ?1 AND used_at > ?2 ORDER BY used_at";
export const INSERT =
  "INSERT INTO orders (id, version, state, visitor, idempotency, fingerprint, options, prompt_version, model, " +
  "images, metadata_removed, result_key, callback_token, tasks, parked, created_at, expires_at, due_at) VALUES " +
  "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
export const TAKE =
  "INSERT INTO trial_uses (visitor, slot, order_hash, used_at) VALUES (?1, (WITH RECURSIVE slots (slot) AS (SELECT 0 " +
  "UNION ALL SELECT slot + 1 FROM slots WHERE slot + 1 < ?4) SELECT slot FROM slots WHERE NOT EXISTS (SELECT 1 FROM " +
  "trial_uses WHERE visitor = ?1 AND trial_uses.slot = slots.slot AND used_at > ?5) LIMIT 1), ?2, ?3) " +
  "ON CONFLICT (visitor, slot) DO UPDATE SET order_hash = ?2, used_at = ?3";
