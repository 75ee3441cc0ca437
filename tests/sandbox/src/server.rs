//! The listeners on the loopback address; one task a connection.

use std::{io, sync::Arc};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Limited};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;

use crate::{
    api,
    config::Config,
    control, identity, mail, results, uploads,
    wire::{Answer, json_response},
    world::{Origins, Shared},
};

/// Largest request body: an upload of 100 MB as base64, with room for its envelope.
const MAX_BODY: usize = 140 << 20;

/// A running sandbox; it serves until the runtime ends.
pub struct Sandbox {
    /// Base address of `/api/v1` and `/_control`.
    pub api: String,
    /// Base address of the upload service.
    pub uploads: String,
    /// Base address of the finished pictures.
    pub results: String,
    /// Base address of the `OpenID` provider: its issuer.
    pub identity: String,
    /// Base address of the mail service.
    pub mail: String,
}

#[derive(Clone, Copy)]
enum Port {
    Api,
    Uploads,
    Results,
    Identity,
    Mail,
}

/// Binds the ports and serves on them.
pub async fn start(config: Config) -> io::Result<Sandbox> {
    let api = bind(config.api_port).await?;
    let uploads = bind(config.upload_port).await?;
    let results = bind(config.result_port).await?;
    let identity = bind(config.identity_port).await?;
    let mail = bind(config.mail_port).await?;
    let origin =
        |listener: &TcpListener| Ok::<_, io::Error>(format!("http://{}", listener.local_addr()?));
    let origins = Origins {
        api: origin(&api)?,
        uploads: origin(&uploads)?,
        results: origin(&results)?,
        identity: origin(&identity)?,
        mail: origin(&mail)?,
    };
    let shared = Arc::new(Shared::new(config, origins.clone()));
    let listeners = [
        (api, Port::Api),
        (uploads, Port::Uploads),
        (results, Port::Results),
        (identity, Port::Identity),
        (mail, Port::Mail),
    ];
    for (listener, port) in listeners {
        tokio::spawn(listen(listener, port, Arc::clone(&shared)));
    }
    let Origins { api, uploads, results, identity, mail } = origins;
    Ok(Sandbox { api, uploads, results, identity, mail })
}

async fn bind(port: u16) -> io::Result<TcpListener> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("port {port}: {error}"));
    TcpListener::bind(("127.0.0.1", port)).await.map_err(named)
}

async fn listen(listener: TcpListener, port: Port, shared: Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors: without a pause this loop would burn a core.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            continue;
        };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let service = service_fn(|request| handle(port, Arc::clone(&shared), request));
            // An error is a connection that a fault or the client cut.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn handle(port: Port, shared: Arc<Shared>, request: Request<Incoming>) -> Answer {
    let (parts, body) = request.into_parts();
    let body: Bytes = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) => {
            return Ok(json_response(413, &serde_json::json!({"error": error.to_string()})));
        }
    };
    match port {
        Port::Api if parts.uri.path().starts_with("/_control/") => {
            control::answer(shared, parts, body).await
        }
        Port::Api => api::answer(shared, parts, body).await,
        Port::Uploads => uploads::answer(shared, parts, body).await,
        Port::Results => results::answer(shared, parts).await,
        Port::Identity => identity::answer(shared, parts, body).await,
        Port::Mail => mail::answer(shared, parts, body).await,
    }
}
