//! Cloudflare: entry points, configuration, adapters. The only room that names `worker::`.
