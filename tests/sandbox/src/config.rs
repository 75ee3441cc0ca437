//! Command line and environment. `--api-port 0` and `SANDBOX_API_PORT=0` say the same; the command
//! line wins.

use std::fmt::Write as _;

/// How the sandbox is started. Port 0 means: any free port.
#[derive(Debug, Clone)]
pub struct Config {
    /// Port of `/api/v1` and `/_control`.
    pub api_port: u16,
    /// Port of the upload service and of the files uploaded to it.
    pub upload_port: u16,
    /// Port of the finished pictures.
    pub result_port: u16,
    /// Port of the `OpenID` provider; its origin is the issuer.
    pub identity_port: u16,
    /// Port of the mail service and of its mailbox.
    pub mail_port: u16,
    /// Milliseconds from createTask to the end of a task.
    pub latency_ms: u64,
    /// Makes task ids the same in each run; without it they differ.
    pub seed: Option<u64>,
    /// The bearer key that is accepted.
    pub api_key: String,
    /// Key of the callback signature; empty: callbacks are not signed.
    pub webhook_key: String,
    /// The client that the `OpenID` provider knows.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// Credits of the account at the start.
    pub credits: f64,
    /// End when standard input ends, so that a killed parent leaves no orphan.
    pub exit_with_stdin: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_port: 0,
            upload_port: 0,
            result_port: 0,
            identity_port: 0,
            mail_port: 0,
            latency_ms: 3_000,
            seed: None,
            api_key: "sandbox-key".to_owned(),
            webhook_key: "sandbox-webhook-key".to_owned(),
            client_id: "sandbox-client.apps.googleusercontent.com".to_owned(),
            client_secret: "sandbox-client-secret".to_owned(),
            credits: 1_000.0,
            exit_with_stdin: false,
        }
    }
}

const NAMES: [&str; 12] = [
    "api-port",
    "upload-port",
    "result-port",
    "identity-port",
    "mail-port",
    "latency-ms",
    "seed",
    "api-key",
    "webhook-key",
    "client-id",
    "client-secret",
    "credits",
];

/// What `--help` prints.
pub fn usage() -> String {
    let mut text = String::from(
        "sandbox: the outside world on localhost. Options (or SANDBOX_… variables):\n",
    );
    for name in NAMES {
        let _ = writeln!(text, "  --{name} <value>");
    }
    text + "  --exit-with-stdin\n"
}

impl Config {
    /// Reads arguments (without the program's name) over environment variables over defaults; an
    /// unknown name or an unreadable value is an error to show.
    pub fn read(
        arguments: impl Iterator<Item = String>,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let mut config = Self::default();
        for name in NAMES {
            let variable = format!("SANDBOX_{}", name.replace('-', "_").to_uppercase());
            if let Some(value) = environment(&variable) {
                config.set(name, &value)?;
            }
        }
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let Some(option) = argument.strip_prefix("--") else {
                return Err(format!("not an option: {argument}"));
            };
            if option == "exit-with-stdin" {
                config.exit_with_stdin = true;
                continue;
            }
            if let Some((name, value)) = option.split_once('=') {
                config.set(name, value)?;
            } else {
                let value = arguments.next().ok_or(format!("--{option} wants a value"))?;
                config.set(option, &value)?;
            }
        }
        Ok(config)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let wrong = |kind: &str| format!("--{name} wants {kind}, not {value:?}");
        match name {
            "api-port" => self.api_port = value.parse().map_err(|_| wrong("a port"))?,
            "upload-port" => self.upload_port = value.parse().map_err(|_| wrong("a port"))?,
            "result-port" => self.result_port = value.parse().map_err(|_| wrong("a port"))?,
            "identity-port" => {
                self.identity_port = value.parse().map_err(|_| wrong("a port"))?;
            }
            "mail-port" => self.mail_port = value.parse().map_err(|_| wrong("a port"))?,
            "latency-ms" => self.latency_ms = value.parse().map_err(|_| wrong("milliseconds"))?,
            "seed" => self.seed = Some(value.parse().map_err(|_| wrong("a number"))?),
            "credits" => self.credits = value.parse().map_err(|_| wrong("a number"))?,
            "api-key" => value.clone_into(&mut self.api_key),
            "client-id" => value.clone_into(&mut self.client_id),
            "client-secret" => value.clone_into(&mut self.client_secret),
            "webhook-key" => value.clone_into(&mut self.webhook_key),
            unknown => return Err(format!("unknown option --{unknown}\n{}", usage())),
        }
        Ok(())
    }
}
