//! Starts the sandbox, says in one line of JSON where it listens, and serves until it is told to
//! end: SIGTERM, SIGINT, or the end of standard input with `--exit-with-stdin`.

use std::{
    io::{self, Read as _, Write as _},
    process::ExitCode,
    sync::Arc,
};

use sandbox::config::{Config, usage};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::Notify,
};

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == "--help") {
        print!("{}", usage());
        return ExitCode::SUCCESS;
    }
    let config = match Config::read(std::env::args().skip(1), |name| std::env::var(name).ok()) {
        Ok(config) => config,
        Err(why) => {
            eprintln!("sandbox: {why}");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let ended = runtime.and_then(|runtime| {
        let ended = runtime.block_on(serve(config));
        // Drawing and hanging answers are not waited for.
        runtime.shutdown_background();
        ended
    });
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(config: Config) -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stdin_ended = Arc::new(Notify::new());
    if config.exit_with_stdin {
        let stdin_ended = Arc::clone(&stdin_ended);
        std::thread::spawn(move || {
            let mut ignored = [0; 1_024];
            while matches!(io::stdin().read(&mut ignored), Ok(1..)) {}
            stdin_ended.notify_one();
        });
    }
    let sandbox = sandbox::start(config).await?;
    let line = serde_json::json!({
        "api": sandbox.api, "uploads": sandbox.uploads, "results": sandbox.results,
        "identity": sandbox.identity, "mail": sandbox.mail,
    });
    let mut stdout = io::stdout();
    writeln!(stdout, "{line}")?;
    stdout.flush()?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        () = stdin_ended.notified() => {}
    }
    Ok(())
}
