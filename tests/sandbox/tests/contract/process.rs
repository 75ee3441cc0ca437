//! The binary: its one line, its options, its end.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use serde_json::Value;

use crate::outside::send;

/// A process that does not outlive its test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // An error says that it has ended already.
        let _ = self.0.kill();
    }
}

impl Process {
    async fn end(&mut self) -> ExitStatus {
        for _ in 0..1_000 {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("it does not end");
    }
}

fn start(arguments: &[&str]) -> (Process, Value) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(arguments)
        .env("SANDBOX_CREDITS", "12.5")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (Process(child), serde_json::from_str(&line).unwrap())
}

async fn credit(addresses: &Value, key: &str) -> Value {
    let url = format!("{}/api/v1/chat/credit", addresses["api"].as_str().unwrap());
    let authorization = format!("Bearer {key}");
    send("GET", &url, &[("authorization", &authorization)], "").await.unwrap().json()
}

#[tokio::test]
async fn it_says_where_it_listens_and_ends_with_its_standard_input() {
    let (mut child, addresses) =
        start(&["--exit-with-stdin", "--api-key", "other", "--latency-ms=7"]);
    let names: Vec<_> = addresses.as_object().unwrap().keys().collect();
    assert_eq!(names, ["api", "identity", "mail", "results", "uploads"]);
    let envelope = credit(&addresses, "other").await;
    assert_eq!(envelope["data"], 12.5, "from the environment");
    assert_eq!(credit(&addresses, "sandbox-key").await["code"], 401);
    drop(child.0.stdin.take());
    assert!(child.end().await.success());
}

#[tokio::test]
async fn it_ends_cleanly_when_it_is_told_to() {
    for signal in ["TERM", "INT"] {
        let (mut child, addresses) = start(&[]);
        assert_eq!(credit(&addresses, "sandbox-key").await["code"], 200);
        let kill = Command::new("kill").args(["-s", signal, &child.0.id().to_string()]).status();
        assert!(kill.unwrap().success());
        assert!(child.end().await.success(), "{signal}");
    }
}

#[test]
fn a_busy_port_and_a_wrong_option_are_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (arguments, text) in
        [(["--result-port", &port], port.as_str()), (["--latency", "3"], "--latency")]
    {
        let output = Command::new(env!("CARGO_BIN_EXE_sandbox")).args(arguments).output().unwrap();
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains(text), "{output:?}");
    }
}
