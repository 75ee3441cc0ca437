//! The ports. Each operation counts, takes its time, and asks what goes wrong.

use std::future::pending;

use anytryon::domain::asks::Asks;
use anytryon::domain::id::AccountId;
use anytryon::domain::image::{Ingest, IngestFacts};
use anytryon::domain::limits::StartLog;
use anytryon::domain::time::{Millis, SECOND_MS};
use anytryon::domain::uploads::Uploads;
use anytryon::domain::zip::Segment;
use anytryon::ports::{
    self, Admission, AdmissionAsk, CallError, Config, DatabaseError, Fence, FetchError, FileError,
    LogLine, Mail, MailError, Nudge, OutsideAnswer, OutsideCall, ProviderAnswer, ProviderCall, Row,
    Statement, Stored,
};
use anytryon::provider::request::{CREATE_TASK_PATH, CREDIT_PATH};
use sha2::{Digest, Sha256};

use super::provider::{Fetched, Reply};
use super::{Fault, Op, World};

/// Time-out of one question to a Durable Object.
const OBJECT_TIMEOUT_MS: i64 = 10 * SECOND_MS;
/// Bytes of one chunk of a fetched result.
const CHUNK_BYTES: usize = 1_000;

impl World {
    pub(super) fn count(&self, op: Op) {
        *self.shared.counts.borrow_mut().entry(op).or_default() += 1;
    }

    async fn pass(&self, ms: i64) {
        if ms > 0 {
            self.shared.executor.sleep(ms).await;
        }
    }

    async fn latency(&self) {
        if self.shared.latency_ms > 0 {
            let ms = self.draw(self.shared.latency_ms + 1);
            self.pass(i64::try_from(ms).unwrap()).await;
        }
    }

    /// The caller dies here.
    async fn die(&self) {
        if self.in_dispatcher {
            self.kill_dispatcher();
        } else if let Some(task) = self.shared.executor.current() {
            self.kill(task);
        }
        pending::<()>().await;
    }

    /// Does `act` under the fault that is due.
    pub(super) async fn operate<T>(
        &self,
        op: Op,
        act: impl FnOnce(&Self) -> T,
        failed: impl FnOnce(&'static str) -> T,
    ) -> T {
        let fault = self.next_fault(op);
        self.operate_under(op, fault, act, failed).await
    }

    async fn operate_under<T>(
        &self,
        op: Op,
        fault: Fault,
        act: impl FnOnce(&Self) -> T,
        failed: impl FnOnce(&'static str) -> T,
    ) -> T {
        self.count(op);
        self.latency().await;
        match fault {
            Fault::None => {
                let answer = act(self);
                self.latency().await;
                answer
            }
            Fault::Before => failed("network connection lost"),
            Fault::After => {
                act(self);
                self.latency().await;
                failed("network connection lost")
            }
            Fault::Slow(ms) => {
                self.pass(ms).await;
                act(self)
            }
            Fault::SlowAnswer(ms) => {
                let answer = act(self);
                self.pass(ms).await;
                answer
            }
            Fault::KillBefore => {
                self.die().await;
                failed("dead")
            }
            Fault::KillAfter => {
                act(self);
                self.die().await;
                failed("dead")
            }
        }
    }

    /// A question to a Durable Object, which has a time-out.
    async fn ask<T>(&self, op: Op, act: impl FnOnce(&Self) -> T) -> Result<T, CallError> {
        let started_at = self.shared.executor.now();
        let broken = |text: &str| Err(CallError::Broken(text.to_owned()));
        let answer = self.operate(op, |world| Ok(act(world)), broken).await;
        if self.shared.executor.now() - started_at >= OBJECT_TIMEOUT_MS {
            return Err(CallError::TimedOut);
        }
        answer
    }

    /// An answer of the provider after its pause, or its absence.
    async fn provider_answer(
        &self,
        answer: Option<(u16, Vec<u8>)>,
        reply: Reply,
        answer_ms: i64,
        timeout_ms: i64,
    ) -> Result<ProviderAnswer, CallError> {
        let Some((status, body)) = answer else {
            if matches!(reply, Reply::Broken { .. }) {
                return Err(CallError::Broken("connection reset".to_owned()));
            }
            self.pass(timeout_ms).await;
            return Err(CallError::TimedOut);
        };
        if answer_ms >= timeout_ms {
            self.pass(timeout_ms).await;
            return Err(CallError::TimedOut);
        }
        self.pass(answer_ms).await;
        Ok(ProviderAnswer { status, body })
    }

    async fn create_task(&self, call: &ProviderCall) -> Result<ProviderAnswer, CallError> {
        let (reply, plan) = (self.next_reply(Op::CreateTask), self.next_task());
        let body = call.body.as_deref().unwrap_or_default();
        let id = format!("{:016x}{:016x}", self.draw(u64::MAX), self.draw(u64::MAX));
        let now = self.elapsed_ms();
        let (answer, task) =
            self.with_provider(|provider| provider.create(now, body, &id, reply, plan));
        if let Some(task) = task {
            self.begin_task(&task);
        }
        self.provider_answer(answer, reply, plan.answer_ms, call.timeout_ms).await
    }

    /// The bytes of the segments; an error when a file is missing or too short.
    fn composed(&self, segments: &[Segment], length: u64) -> Result<Vec<u8>, FileError> {
        let mut whole = Vec::new();
        for segment in segments {
            match segment {
                Segment::Bytes(bytes) => whole.extend_from_slice(bytes),
                Segment::File { key, offset, length } => {
                    self.count(Op::ReadFile);
                    let bytes = self.with_files(|files| files.range(key, *offset, *length));
                    whole.extend(bytes.ok_or_else(|| lost("a file is missing"))?);
                }
            }
        }
        if whole.len() as u64 == length { Ok(whole) } else { Err(lost("not what was told")) }
    }

    fn result(
        &self,
        fetched: Fetched,
        key: &str,
        mut ingest: Ingest,
    ) -> Result<IngestFacts, FetchError> {
        let bytes = match fetched {
            Fetched::Bytes(bytes) => bytes,
            Fetched::Status(status) => {
                let text = format!("status {status}");
                return Err(match status {
                    300..400 => FetchError::Unusable(text),
                    400..500 => FetchError::Missing(text),
                    _ => FetchError::Transient(text),
                });
            }
            Fetched::Silent => return Err(FetchError::Transient("timed out".to_owned())),
        };
        for chunk in bytes.chunks(CHUNK_BYTES) {
            ingest.feed(chunk).map_err(FetchError::Refused)?;
        }
        let facts = ingest.finish().map_err(FetchError::Refused)?;
        self.with_files(|files| files.put(key, bytes));
        Ok(facts)
    }
}

fn lost(text: &'static str) -> FileError {
    FileError(text.to_owned())
}

impl ports::World for World {
    type File = Vec<u8>;

    fn now(&self) -> Millis {
        self.clock()
    }

    fn random(&self) -> [u8; 16] {
        self.shared.random.borrow_mut().bytes()
    }

    fn config(&self) -> &Config {
        &self.config
    }

    fn log(&self, line: &LogLine) {
        if self.shared.keeps_logs {
            self.shared.logs.borrow_mut().push(serde_json::to_value(line).unwrap());
        }
    }

    async fn sleep(&self, ms: i64) {
        self.shared.executor.sleep(ms).await;
    }

    fn with_uploads<T>(&self, look: impl FnOnce(&mut Uploads) -> T) -> T {
        look(&mut self.shared.uploads.borrow_mut())
    }

    fn with_asks<T>(&self, look: impl FnOnce(&mut Asks) -> T) -> T {
        look(&mut self.shared.asks.borrow_mut())
    }

    async fn database(&self, batch: Vec<Statement>) -> Result<Vec<Vec<Row>>, DatabaseError> {
        let run = |world: &Self| world.shared.database.borrow_mut().run(&batch);
        let failed = |text: &str| Err(DatabaseError::Transient(format!("D1_ERROR: {text}")));
        let fault = self.batch_fault(&batch).unwrap_or_else(|| self.next_fault(Op::Database));
        self.operate_under(Op::Database, fault, run, failed).await
    }

    async fn hold_file(&self, parts: Vec<Vec<u8>>) -> Result<(Vec<u8>, Vec<[u8; 32]>), FileError> {
        let digests = parts.iter().map(|part| Sha256::digest(part).into()).collect();
        Ok((parts.concat(), digests))
    }

    async fn put_file(&self, key: &str, file: Vec<u8>) -> Result<(), FileError> {
        let put = |world: &Self| {
            world.with_files(|files| files.put(key, file));
            Ok(())
        };
        self.operate(Op::PutFile, put, |text| Err(lost(text))).await
    }

    async fn put_pieces(
        &self,
        key: &str,
        segments: Vec<Segment>,
        length: u64,
    ) -> Result<Stored, FileError> {
        let put = |world: &Self| {
            let whole = world.composed(&segments, length)?;
            let sha256 = Sha256::digest(&whole).into();
            world.with_files(|files| files.put(key, whole));
            Ok(Stored { sha256, bytes: length })
        };
        self.operate(Op::PutPieces, put, |text| Err(lost(text))).await
    }

    async fn copy_file(&self, from: &str, to: &str) -> Result<(), FileError> {
        // R2 has no copy: it is read first and written some time later.
        let read = self.with_files(|files| files.get(from).map(|bytes| bytes.to_vec()));
        let copy = |world: &Self| {
            world.with_files(|files| match read {
                Some(bytes) => {
                    files.put(to, bytes);
                    Ok(())
                }
                None if files.contains(to) => Ok(()),
                None => Err(lost("no such file")),
            })
        };
        self.operate(Op::CopyFile, copy, |text| Err(lost(text))).await
    }

    async fn delete_files(&self, keys: Vec<String>) -> Result<(), FileError> {
        let all = keys.len();
        let half = self.draw(all as u64 + 1);
        // A deletion that fails may have done a part of it.
        let part = |text| {
            let count = usize::try_from(half).unwrap();
            self.with_files(|files| files.delete(&keys, count));
            Err(lost(text))
        };
        let delete = |world: &Self| {
            world.with_files(|files| files.delete(&keys, all));
            Ok(())
        };
        self.operate(Op::DeleteFiles, delete, part).await
    }

    async fn has_file(&self, key: &str) -> Result<bool, FileError> {
        let look = |world: &Self| Ok(world.with_files(|files| files.contains(key)));
        self.operate(Op::HasFile, look, |text| Err(lost(text))).await
    }

    async fn list_files(&self, prefix: &str, after: &str) -> Result<Vec<String>, FileError> {
        let list = |world: &Self| Ok(world.with_files(|files| files.list(prefix, after)));
        self.operate(Op::ListFiles, list, |text| Err(lost(text))).await
    }

    async fn call_provider(&self, call: ProviderCall) -> Result<ProviderAnswer, CallError> {
        let ready = |_: &Self| Ok(());
        let broken = |text: &str| Err(CallError::Broken(text.to_owned()));
        if call.path == CREATE_TASK_PATH {
            self.operate(Op::CreateTask, ready, broken).await?;
            return self.create_task(&call).await;
        }
        let now = self.elapsed_ms();
        if call.path == CREDIT_PATH {
            self.operate(Op::Credit, ready, broken).await?;
            let reply = self.next_reply(Op::Credit);
            let answer = self.with_provider(|provider| provider.credit(reply));
            return self.provider_answer(answer, reply, 0, call.timeout_ms).await;
        }
        self.operate(Op::RecordInfo, ready, broken).await?;
        let id = call.path.rsplit('=').next().unwrap_or_default();
        let reply = self.next_reply(Op::RecordInfo);
        let answer = self.with_provider(|provider| provider.record(now, id, reply));
        self.provider_answer(answer, reply, 0, call.timeout_ms).await
    }

    async fn fetch_result(
        &self,
        url: &str,
        key: &str,
        ingest: Ingest,
    ) -> Result<IngestFacts, FetchError> {
        let bytes_max = self.config.rules.result_bytes_max;
        let fetched = self.with_provider(|provider| provider.result(url, bytes_max));
        if matches!(fetched, Fetched::Silent) {
            self.pass(self.config.rules.result_timeout_ms).await;
        }
        let store = |world: &Self| world.result(fetched, key, ingest);
        let failed = |text: &str| Err(FetchError::Transient(text.to_owned()));
        self.operate(Op::FetchResult, store, failed).await
    }

    async fn call_outside(&self, call: OutsideCall) -> Result<OutsideAnswer, CallError> {
        let now_s = self.clock().0 / SECOND_MS;
        let answer = |world: &Self| Ok(world.with_google(|google| google.answer(&call, now_s)));
        let broken = |text: &str| Err(CallError::Broken(text.to_owned()));
        self.operate(Op::CallOutside, answer, broken).await
    }

    async fn send_mail(&self, mail: Mail) -> Result<(), MailError> {
        let send = |world: &Self| world.with_google(|google| google.take(mail));
        self.operate(Op::SendMail, send, |text| Err(MailError::Transient(text.to_owned()))).await
    }

    async fn fence(&self, fence: Fence, key: &str) -> bool {
        let now = self.clock();
        let ask = |world: &Self| world.shared.limiter.borrow_mut().fence(fence, key, now);
        self.operate(Op::Fence, ask, |_| true).await
    }

    async fn admit(&self, ask: AdmissionAsk) -> Result<Admission, CallError> {
        let admit = |world: &Self| {
            let now = world.clock();
            world.shared.limiter.borrow_mut().admit(&ask, &world.config.rules, now)
        };
        self.ask(Op::Admit, admit).await
    }

    async fn give_back(&self, ask: AdmissionAsk) -> Result<(), CallError> {
        let give_back =
            |world: &Self| world.shared.limiter.borrow_mut().give_back(&ask, &world.config.rules);
        self.ask(Op::GiveBack, give_back).await
    }

    async fn nudge(&self, nudge: Nudge) -> Result<Admission, CallError> {
        if self.in_dispatcher {
            self.tell_own_desk(nudge);
            return Ok(Admission::Admitted);
        }
        self.ask(Op::Nudge, |world| world.tell_dispatcher(nudge)).await
    }

    async fn wake_exporter(&self, account: AccountId) -> Result<(), CallError> {
        self.ask(Op::WakeExporter, |world| world.tell_exporter(account)).await
    }

    async fn load_starts(&self) -> Result<StartLog, CallError> {
        assert!(self.in_dispatcher, "only the Dispatcher has starts");
        let load = |world: &Self| world.shared.dispatcher.borrow().starts.clone();
        self.ask(Op::LoadStarts, load).await
    }

    async fn save_starts(&self, log: &StartLog) -> Result<(), CallError> {
        assert!(self.in_dispatcher, "only the Dispatcher has starts");
        let save = |world: &Self| world.shared.dispatcher.borrow_mut().starts = log.clone();
        self.ask(Op::SaveStarts, save).await
    }
}
