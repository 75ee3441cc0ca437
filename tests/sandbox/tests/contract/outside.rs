//! A client, a host of input pictures and a receiver of callbacks.

use std::{
    collections::{BTreeMap, VecDeque},
    io::Cursor,
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, Response, body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use image::{ImageFormat, Rgb, RgbImage};
use sandbox::{Sandbox, config::Config};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

pub const KEY: &str = "sandbox-key";
pub const WEBHOOK_KEY: &str = "sandbox-webhook-key";
/// Nothing here takes longer, so whatever does is broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer as it came.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Bytes,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {:?}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// One request; the error tells that no whole answer came.
pub async fn send(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Result<Reply, String> {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut request =
        Request::builder().method(method).uri(format!("/{path}")).header("host", host);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::new(body.into())).unwrap();
    let exchange = async {
        let stream = TcpStream::connect(host).await.map_err(|error| error.to_string())?;
        let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = handshake.map_err(|error| error.to_string())?;
        tokio::spawn(connection);
        let response = sender.send_request(request).await.map_err(|error| error.to_string())?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes();
        let text = |value: &hyper::header::HeaderValue| value.to_str().unwrap().to_owned();
        let headers = parts.headers.iter().map(|(name, value)| (name.to_string(), text(value)));
        Ok(Reply { status: parts.status.as_u16(), headers: headers.collect(), body })
    };
    tokio::time::timeout(PATIENCE, exchange).await.unwrap_or(Err("patience is over".to_owned()))
}

/// A callback as it arrived.
pub struct Arrived {
    pub headers: BTreeMap<String, String>,
    pub body: Bytes,
}

impl Arrived {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What the outside host serves: path to status, type and bytes.
type Files = Arc<Mutex<BTreeMap<String, (u16, &'static str, Bytes)>>>;

/// A sandbox and the world around it.
pub struct Bench {
    pub sandbox: Sandbox,
    pub origin: String,
    files: Files,
    answers: Arc<Mutex<VecDeque<u16>>>,
    arrivals: tokio::sync::Mutex<mpsc::UnboundedReceiver<Arrived>>,
}

pub fn picture(width: u32, height: u32, colour: [u8; 3]) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let inside = x * 3 > width && x * 3 < width * 2 && y * 8 > height && y * 8 < height * 7;
        Rgb(if inside { colour } else { [250; 3] })
    })
}

pub fn encoded(picture: &RgbImage, format: ImageFormat) -> Bytes {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    Bytes::from(bytes.into_inner())
}

impl Bench {
    /// A sandbox with instant tasks and quick retries.
    pub async fn open() -> Self {
        let sandbox = sandbox::start(Config { latency_ms: 0, ..Config::default() }).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (sender, receiver) = mpsc::unbounded_channel();
        let person = encoded(&picture(240, 320, [90, 80, 70]), ImageFormat::Jpeg);
        let garment = encoded(&picture(200, 200, [200, 20, 20]), ImageFormat::Png);
        let files: Files = Arc::default();
        files.lock().unwrap().extend([
            ("/person.jpg".to_owned(), (200, "image/jpeg", person)),
            ("/garment.png".to_owned(), (200, "image/png", garment)),
        ]);
        let answers: Arc<Mutex<VecDeque<u16>>> = Arc::default();
        let bench = Self {
            sandbox,
            origin,
            files: Arc::clone(&files),
            answers: Arc::clone(&answers),
            arrivals: tokio::sync::Mutex::new(receiver),
        };
        tokio::spawn(serve(listener, files, answers, sender));
        bench.control("POST", "settings", json!({"callback_retry_ms": 1})).await;
        bench
    }

    pub fn put_file(&self, path: &str, status: u16, content_type: &'static str, bytes: Bytes) {
        self.files.lock().unwrap().insert(path.to_owned(), (status, content_type, bytes));
    }

    /// The next callbacks are answered with these statuses, all later ones with 200; 0: no answer.
    pub fn answer_callbacks(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses);
    }

    pub async fn callback(&self) -> Arrived {
        let mut arrivals = self.arrivals.lock().await;
        tokio::time::timeout(PATIENCE, arrivals.recv()).await.expect("no callback").unwrap()
    }

    /// Callbacks that have arrived and were not read yet.
    pub async fn waiting_callbacks(&self) -> usize {
        self.arrivals.lock().await.len()
    }

    pub async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let url = format!("{}/_control/{path}", self.sandbox.api);
        let reply = send(method, &url, &[], body.to_string()).await.unwrap();
        assert_eq!(reply.status, 200, "{method} {path}: {:?}", reply.body);
        reply.json()
    }

    pub async fn arm(&self, fault: &str, with: Value) {
        self.control("POST", "faults", json!({"fault": fault, "with": with})).await;
    }

    pub async fn raw(&self, method: &str, path: &str, body: &str) -> Result<Reply, String> {
        let authorization = format!("Bearer {KEY}");
        let headers =
            [("authorization", authorization.as_str()), ("content-type", "application/json")];
        send(method, &format!("{}{path}", self.sandbox.api), &headers, body.to_owned()).await
    }

    /// A call under `/api/v1` whose answer must be an envelope under HTTP 200.
    pub async fn api(&self, method: &str, path: &str, body: Value) -> Value {
        let reply = self.raw(method, &format!("/api/v1{path}"), &body.to_string()).await.unwrap();
        assert_eq!(reply.status, 200);
        let envelope = reply.json();
        let names: Vec<_> = envelope.as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, ["code", "data", "msg"]);
        envelope
    }

    /// A request that every check passes.
    pub fn good_request(&self) -> Value {
        json!({
            "model": "nano-banana-2",
            "callBackUrl": format!("{}/callback?token=t", self.origin),
            "input": {
                "prompt": "Put the tops on the person",
                "image_input": [self.url("/person.jpg"), self.url("/garment.png")],
                "aspect_ratio": "3:4", "resolution": "1K", "output_format": "jpg",
            },
        })
    }

    pub fn url(&self, path: &str) -> String {
        self.origin.clone() + path
    }

    pub async fn create(&self, request: Value) -> Value {
        self.api("POST", "/jobs/createTask", request).await
    }

    /// Creates the good task and gives its id.
    pub async fn created(&self) -> String {
        self.created_with(self.good_request()).await
    }

    pub async fn created_with(&self, request: Value) -> String {
        let envelope = self.create(request).await;
        assert_eq!(envelope["code"], 200, "{envelope}");
        envelope["data"]["taskId"].as_str().unwrap().to_owned()
    }

    pub async fn record(&self, id: &str) -> Value {
        self.api("GET", &format!("/jobs/recordInfo?taskId={id}"), json!({})).await
    }

    /// Waits on the control interface, which has no rate limit, until the task has ended.
    pub async fn ended(&self, id: &str) -> Value {
        let wait = async {
            loop {
                let task = self.task(id).await;
                if task["completeTime"].is_number() {
                    return task;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("the task does not end")
    }

    pub async fn task(&self, id: &str) -> Value {
        let tasks = self.control("GET", "tasks", json!({})).await;
        let found = tasks.as_array().unwrap().iter().find(|task| task["taskId"] == id).cloned();
        found.expect("no such task")
    }

    pub async fn credits(&self) -> f64 {
        let envelope = self.api("GET", "/chat/credit", json!({})).await;
        envelope["data"].as_f64().unwrap()
    }

    pub async fn calls(&self) -> Vec<Value> {
        self.control("GET", "calls", json!({})).await.as_array().unwrap().clone()
    }

    /// Runs the good task to its end and gives the link of its picture.
    pub async fn finished_url(&self) -> String {
        let id = self.created().await;
        self.ended(&id).await["resultUrls"][0].as_str().unwrap().to_owned()
    }
}

async fn serve(
    listener: TcpListener,
    files: Files,
    answers: Arc<Mutex<VecDeque<u16>>>,
    sender: mpsc::UnboundedSender<Arrived>,
) {
    while let Ok((stream, _)) = listener.accept().await {
        let (files, answers, sender) = (Arc::clone(&files), Arc::clone(&answers), sender.clone());
        tokio::spawn(async move {
            let service = service_fn(|request| handle(request, &files, &answers, &sender));
            let connection = hyper::server::conn::http1::Builder::new();
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn handle(
    request: Request<Incoming>,
    files: &Files,
    answers: &Mutex<VecDeque<u16>>,
    sender: &mpsc::UnboundedSender<Arrived>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let mut response = Response::builder();
    let mut answer = Bytes::new();
    if parts.method == "POST" {
        let text = |value: &hyper::header::HeaderValue| value.to_str().unwrap().to_owned();
        let headers = parts.headers.iter().map(|(name, value)| (name.to_string(), text(value)));
        let _ = sender.send(Arrived { headers: headers.collect(), body });
        let status = answers.lock().unwrap().pop_front().unwrap_or(200);
        if status == 0 {
            std::future::pending::<()>().await;
        }
        response = response.status(status);
    } else if let Some((status, content_type, bytes)) = files.lock().unwrap().get(parts.uri.path())
    {
        response = response.status(*status).header("content-type", *content_type);
        answer = bytes.clone();
    } else {
        response = response.status(404);
    }
    Ok(response.body(Full::new(answer)).unwrap())
}
