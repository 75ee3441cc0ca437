// What the scripts of the pages read of the answers that openapi.json describes. Here and not in a script, so that no
// visitor loads it.

export interface Image {
  role: "person" | "garment" | "output";
  width: number;
  height: number;
  bytes: number;
  url: string;
  url_expires_at: string;
}

export type Status = "queued" | "processing" | "completed" | "failed" | "canceled" | "expired";

export interface Order {
  id: string;
  status: Status;
  status_sequence: number;
  queue_position: number | null;
  eta_seconds: number | null;
  created_at: string;
  expires_at: string | null;
  options: Record<string, string | null>;
  images: Image[];
  error: { code: string; title: string; detail: string } | null;
  problems: string[];
  facts: {
    provider: string;
    model: string;
    provider_credits: number | null;
    metadata_removed: string[];
    stored_until: string | null;
    provider_retention_days: number;
  };
}

export interface Problem {
  code: string;
  title: string;
  detail: string;
  field?: string;
  retryable?: boolean;
  request_id?: string;
}

export interface Trial {
  limit: number;
  used: number;
  resets_at: string | null;
}
