//! HTTP on the `http` crate's plain types: one route table, thin handlers, one error table. Knows
//! no platform: the native tests call [`handle`] as the Worker does.

mod account;
mod account_email;
mod account_portrait;
mod body;
pub mod cookies;
mod deletion;
mod endpoint;
pub mod error;
mod exports;
pub mod form;
pub mod headers;
mod history;
mod history_page;
mod intake;
pub mod multipart;
mod negotiate;
mod news;
mod operator;
pub mod orders;
mod pictures;
mod receipts;
pub mod routes;
mod same_site;
mod service;
mod sign_in;
mod waitlist;

use std::pin::Pin;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use uuid::Uuid;

use crate::app::session::SignedIn;
use crate::app::watch::Watch;
use crate::app::{Failure, session, watch};
use crate::domain::id::AccountId;
use crate::domain::language::Language;
use crate::domain::network;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::{MINUTE_MS, Millis};
use crate::domain::zip::Segment;
use crate::pages::Frame;
use crate::pages::text::Text;
use crate::ports::{Fence, Level, LogLine, World};
use crate::provider::models::{self, Model};

use routes::{Access, Endpoint, Match, Route, Who};

/// A request body as it arrives. `Err` when the client went away before its end. `Send` only
/// because the multipart parser asks for it; the Worker has one thread.
pub type Incoming = BoxStream<'static, Result<Bytes, Disconnected>>;

/// The client went away in the middle of its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disconnected;

impl std::fmt::Display for Disconnected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the client went away in the middle of its body")
    }
}

impl std::error::Error for Disconnected {}

/// A response body.
#[derive(Debug)]
pub enum Outgoing {
    /// No bytes.
    Empty,
    /// Text.
    Text(String),
    /// A stored file, streamed by the platform without passing through here.
    File(Box<FileBody>),
    /// Bytes and stored files one after the other, streamed by the platform as well.
    Pieces(Box<PiecesBody>),
    /// Events of an order, until it ends; the first tick is part of it.
    Events(Box<(Watch, watch::Tick)>),
}

/// Bytes of a stored file as a body.
pub struct FileBody {
    /// The file's key.
    pub key: String,
    /// First byte and number of bytes. Never the whole file unasked: it may hold other pictures.
    pub range: (u64, u64),
    /// The reply that goes out instead when there is none. Made only then: it is seldom needed and
    /// costs as much as a whole answer.
    pub otherwise: Box<dyn FnOnce(NoFile) -> Reply>,
}

impl std::fmt::Debug for FileBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileBody").field("range", &self.range).finish_non_exhaustive()
    }
}

/// A body composed of segments, as [`crate::domain::zip::plan`] makes them.
#[derive(Debug)]
pub struct PiecesBody {
    /// What it is composed of. That the files exist is looked up before: one that turns out to be
    /// missing breaks the connection off in the middle.
    pub segments: Vec<Segment>,
    /// Bytes of all of them, which the platform tells the client.
    pub length: u64,
}

/// Why there is no file to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFile {
    /// The storage has none under this key.
    Missing,
    /// The storage does not answer.
    Failed,
}

/// A response and the line that the log gets for it.
#[derive(Debug)]
pub struct Reply {
    /// The response.
    pub response: Response<Outgoing>,
    /// The request's log line.
    pub log: LogLine,
}

/// What the handlers know of the request beside its parts.
struct Context<W> {
    world: W,
    route: &'static Route,
    parameter: String,
    /// Of the page that is shown, if one is: what leads the path, else the visitor's choice.
    language: Language,
    now: Millis,
    request_id: String,
    html: bool,
    /// Who is signed in, on routes that ask.
    signed_in: Option<SignedIn>,
}

impl<W: World> Context<W> {
    fn frame(&self) -> Frame<'_> {
        Frame { text: Text::of(self.language), site: &self.world.config().site }
    }

    /// Who is signed in; on routes that ask for it somebody is.
    fn who(&self) -> Result<&SignedIn, Failure> {
        self.signed_in.as_ref().ok_or_else(|| session::sign_in_required().into())
    }

    /// The account that is signed in.
    fn account(&self) -> Option<AccountId> {
        self.signed_in.as_ref().map(|who| who.account.id)
    }

    /// A page of ours in the visitor's language.
    fn page_path(&self, path: &str) -> String {
        format!("{}{path}", self.language.path_prefix())
    }
}

/// The model that makes the pictures of new orders.
fn configured_model<W: World>(context: &Context<W>) -> Result<&'static Model, Failure> {
    models::find(&context.world.config().provider_model)
        .ok_or_else(|| Failure::Broken("PROVIDER_MODEL names no known model".to_owned()))
}

/// What a handler answers.
type Answer = Result<Response<Outgoing>, Failure>;

/// Answers one request.
pub async fn handle<W: World>(world: W, request: Request<Incoming>) -> Reply {
    let now = world.now();
    let request_id = new_request_id(&world, now);
    let (parts, body) = request.into_parts();
    let html = negotiate::wants_html(&parts.headers);
    let route = match routes::find(&parts.method, parts.uri.path()) {
        Match::Found { route, language, parameter } => Ok((route, language, parameter)),
        Match::OtherMethod { template, allow } => Err((template, Some(allow))),
        Match::None => Err(("none", None)),
    };
    let (route, language, parameter) = match route {
        Ok(found) => found,
        Err((template, allow)) => {
            let mut response = unrouted(&world, &parts, allow.as_deref(), &request_id);
            finish(&mut response, &request_id);
            let log =
                log_line(&world, template, parts.method.as_str(), &response, now, &request_id);
            return Reply { response, log };
        }
    };
    let language = language.unwrap_or_else(|| cookies::language(&parts.headers));
    let mut context =
        Context { world, route, parameter, language, now, request_id, html, signed_in: None };
    let mut response = match admit(&mut context, &parts).await {
        Ok(()) => answer(&context, &parts, body).await,
        Err(failure) => Err(failure),
    }
    .unwrap_or_else(|failure| error::response(&context, &failure));
    finish(&mut response, &context.request_id);
    let method = parts.method.as_str();
    let template = context.route.template;
    let log = log_line(&context.world, template, method, &response, now, &context.request_id);
    Reply { response, log }
}

/// What must hold before a handler sees the request, and who sends it.
async fn admit<W: World>(
    context: &mut Context<W>,
    parts: &http::request::Parts,
) -> Result<(), Failure> {
    guard(context, parts).await?;
    let needs_account = match context.route.who {
        Who::Everyone | Who::Bearer => return Ok(()),
        Who::Visitor | Who::Holder => false,
        Who::Account | Who::Fresh => true,
    };
    if let Some(token) = cookies::session(&parts.headers) {
        context.signed_in = session::signed_in(&context.world, &token).await?;
    }
    match &context.signed_in {
        Some(who) if context.route.who == Who::Fresh => Ok(who.require_fresh(&context.world)?),
        None if needs_account => Err(session::sign_in_required().into()),
        Some(_) | None => Ok(()),
    }
}

/// The fence, and that no other site changes anything.
async fn guard<W: World>(
    context: &Context<W>,
    parts: &http::request::Parts,
) -> Result<(), Failure> {
    let (fence, needs_same_site) = match context.route.access {
        Access::Open => return Ok(()),
        Access::Read => (Fence::Reads, false),
        Access::Write => (Fence::Writes, true),
        Access::Arrive => (Fence::Writes, false),
    };
    if needs_same_site {
        same_site::check(&parts.headers, &context.world.config().site.origin)?;
    }
    let secret = &context.world.config().address_key;
    let network = network::today(secret, client_address(&parts.headers), context.now);
    if context.world.fence(fence, &network.to_string()).await {
        return Ok(());
    }
    // The fence counts in fixed minutes and tells no more than yes or no.
    let seconds = u32::try_from(MINUTE_MS / 1_000).unwrap_or(60);
    let detail = "Too many requests came from your network. Please wait a minute.";
    Err(Failure::Limited(
        Refusal::new(Code::RateLimited, detail).retry_after(seconds),
        headers::fence_standing(fence),
    ))
}

/// One handler for each endpoint, each a future of its own on the heap: as one state machine they
/// are a function of 146 KB, which the runtime compiles as a whole for the first request.
#[expect(clippy::too_many_lines, reason = "a table with a line an endpoint")]
async fn answer<W: World>(
    context: &Context<W>,
    parts: &http::request::Parts,
    body: Incoming,
) -> Answer {
    let handler: Pin<Box<dyn Future<Output = Answer> + '_>> = match context.route.endpoint {
        Endpoint::PlaceOrder => Box::pin(orders::place(context, parts, body)),
        Endpoint::ReadOrder => Box::pin(orders::read(context, parts)),
        Endpoint::WatchOrder => Box::pin(orders::watch(context, parts)),
        Endpoint::DeleteOrder => Box::pin(orders::delete(context)),
        Endpoint::CancelOrder => Box::pin(orders::cancel(context)),
        Endpoint::ReportProblems => Box::pin(orders::report(context, parts, body)),
        Endpoint::NoteOrder => Box::pin(history::note(context, parts, body)),
        Endpoint::ShowPreview => Box::pin(history::show_preview(context, parts)),
        Endpoint::PutPreview => Box::pin(history::put_preview(context, body)),
        Endpoint::RestoreOrder => Box::pin(history::restore(context)),
        Endpoint::ReadHistory => Box::pin(history::read(context, parts)),
        Endpoint::TrashChosen => Box::pin(history::trash_chosen(context, parts, body)),
        Endpoint::RestoreChosen => Box::pin(history::restore_chosen(context, parts, body)),
        Endpoint::DownloadChosen => Box::pin(history::download(context, parts, body)),
        Endpoint::EmptyTrash => Box::pin(history::empty_trash(context)),
        Endpoint::HistoryPage => Box::pin(history_page::show(context, parts)),
        Endpoint::NoteForm => Box::pin(history_page::note(context, body)),
        Endpoint::TrashForm => Box::pin(history_page::trash(context, parts, body)),
        Endpoint::RestoreForm => Box::pin(history_page::restore(context, parts, body)),
        Endpoint::EmptyTrashForm => Box::pin(history_page::empty_trash(context)),
        Endpoint::OrderPage => Box::pin(orders::page(context)),
        Endpoint::DeleteForm => Box::pin(orders::delete_form(context)),
        Endpoint::CancelForm => Box::pin(orders::cancel_form(context)),
        Endpoint::ReportForm => Box::pin(orders::report_form(context, parts, body)),
        Endpoint::Picture => Box::pin(pictures::show(context, parts)),
        Endpoint::Options => return service::options(context),
        Endpoint::Session => Box::pin(service::session(context, parts)),
        Endpoint::SignIn => Box::pin(sign_in::begin(context, parts)),
        Endpoint::SignedIn => Box::pin(sign_in::finish(context, parts)),
        Endpoint::SignOut => Box::pin(sign_in::sign_out(context, parts)),
        Endpoint::ReadAccount => Box::pin(account::read(context)),
        Endpoint::ChangeAccount => Box::pin(account::change(context, parts, body)),
        Endpoint::ListSessions => Box::pin(account::sessions(context)),
        Endpoint::EndSession => Box::pin(account::end_session(context)),
        Endpoint::EndOtherSessions => Box::pin(account::end_others(context)),
        Endpoint::Restrict => Box::pin(account::restrict(context)),
        Endpoint::LiftRestriction => Box::pin(account::lift(context)),
        Endpoint::Portrait => return account_portrait::show(context, parts),
        Endpoint::AccountPage => Box::pin(account::page(context, parts)),
        Endpoint::ChangeAccountForm => Box::pin(account::change_form(context, parts, body)),
        Endpoint::EndSessionForm => Box::pin(account::end_session_form(context)),
        Endpoint::EndOtherSessionsForm => Box::pin(account::end_others_form(context)),
        Endpoint::RestrictForm => Box::pin(account::restrict_form(context)),
        Endpoint::LiftRestrictionForm => Box::pin(account::lift_form(context)),
        Endpoint::EmailConfirmation => Box::pin(account_email::page(context, parts)),
        Endpoint::ConfirmEmail => Box::pin(account_email::confirm(context, parts, body)),
        Endpoint::JoinWaitlist => Box::pin(waitlist::join(context, parts, body)),
        Endpoint::WaitlistConfirmation => return waitlist::confirmation(context, parts),
        Endpoint::ConfirmWaitlist => Box::pin(waitlist::confirm(context, parts)),
        Endpoint::WaitlistUnsubscription => return waitlist::unsubscription(context, parts),
        Endpoint::LeaveWaitlist => Box::pin(waitlist::leave(context, parts)),
        Endpoint::NewsUnsubscription => return news::unsubscription(context, parts),
        Endpoint::EndNews => Box::pin(news::end(context, parts)),
        Endpoint::OperatorOverview => Box::pin(operator::overview(context, parts)),
        Endpoint::OperatorLog => Box::pin(operator::log(context, parts)),
        Endpoint::BeginMailing => Box::pin(operator::begin_mailing(context, parts, body)),
        Endpoint::RequestExport => Box::pin(exports::request(context)),
        Endpoint::RequestExportForm => Box::pin(exports::request_form(context)),
        Endpoint::ListExports => Box::pin(exports::list(context)),
        Endpoint::ExportPart => Box::pin(exports::part(context, parts)),
        Endpoint::ReadDeletion => return deletion::read(context),
        Endpoint::ScheduleDeletion => Box::pin(deletion::schedule(context)),
        Endpoint::CancelDeletion => Box::pin(deletion::cancel(context)),
        Endpoint::DeletionPage => return deletion::page(context),
        Endpoint::ScheduleDeletionForm => Box::pin(deletion::schedule_form(context)),
        Endpoint::CancelDeletionForm => Box::pin(deletion::cancel_form(context)),
        Endpoint::ClaimReceipt => Box::pin(receipts::claim(context, parts, body)),
        Endpoint::ReceiptKey => return receipts::key(context),
        Endpoint::ReceiptPage => return Ok(receipts::page(context)),
        Endpoint::ClaimReceiptForm => Box::pin(receipts::claim_form(context, parts, body)),
        // The service worker takes the photos; where none runs the page asks for them again, so the
        // body is not even read.
        Endpoint::ShareTarget => return Ok(see_other(&context.page_path("/#shared"))),
        Endpoint::Callback => Box::pin(service::callback(context, parts, body)),
        Endpoint::Health => Box::pin(service::health(context)),
        Endpoint::Status => Box::pin(service::status(context)),
    };
    handler.await
}

fn unrouted<W: World>(
    world: &W,
    parts: &http::request::Parts,
    allow: Option<&str>,
    request_id: &str,
) -> Response<Outgoing> {
    let language = Language::split(parts.uri.path()).0;
    let language = language.unwrap_or_else(|| cookies::language(&parts.headers));
    let frame = Frame { text: Text::of(language), site: &world.config().site };
    let frame = negotiate::wants_html(&parts.headers).then_some(frame);
    let Some(allow) = allow else {
        let refusal = crate::app::read::not_found();
        return error::plain(&Failure::Refused(refusal), request_id, frame);
    };
    let detail = "This address does not take that method; the Allow header names those it takes.";
    let refusal = Refusal::new(Code::MethodNotAllowed, detail);
    let mut response = error::plain(&Failure::Refused(refusal), request_id, frame);
    if let Ok(value) = HeaderValue::from_str(allow) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

/// The headers that every answer carries.
fn finish(response: &mut Response<Outgoing>, request_id: &str) {
    headers::secure(response.headers_mut());
    if let Ok(value) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
}

fn log_line<W: World>(
    world: &W,
    template: &'static str,
    method: &str,
    response: &Response<Outgoing>,
    started_at: Millis,
    request_id: &str,
) -> LogLine {
    request_log(template, method, response.status(), world.now().since(started_at), request_id)
}

/// One line a request: the route's template and never the path, which is a secret link.
fn request_log(
    template: &'static str,
    method: &str,
    status: StatusCode,
    duration_ms: i64,
    request_id: &str,
) -> LogLine {
    let level = if status.is_server_error() { Level::Error } else { Level::Info };
    LogLine::new(level, "request")
        .with("route", template)
        .with("method", known_method(method))
        .with("status", status.as_u16())
        .with("duration_ms", duration_ms)
        .with("request_id", request_id)
}

/// A method may be any word that the client likes.
fn known_method(method: &str) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}

/// UUID version 7: sortable by time, and no secret.
fn new_request_id<W: World>(world: &W, now: Millis) -> String {
    let random = world.random();
    let mut tail = [0; 10];
    tail.copy_from_slice(random.first_chunk::<10>().unwrap_or(&[0; 10]));
    let ms = u64::try_from(now.0).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(ms, &tail).into_uuid().to_string()
}

/// The client's address as the platform says it.
fn client_address(headers: &HeaderMap) -> &str {
    text_header(headers, "cf-connecting-ip").unwrap_or_default()
}

/// A header's value as text.
fn text_header<'parts>(headers: &'parts HeaderMap, name: &str) -> Option<&'parts str> {
    headers.get(name)?.to_str().ok()
}

fn json_response(status: StatusCode, body: String) -> Response<Outgoing> {
    text_response(status, "application/json", body)
}

fn html_response(status: StatusCode, body: String) -> Response<Outgoing> {
    text_response(status, "text/html; charset=utf-8", body)
}

fn text_response(
    status: StatusCode,
    content_type: &'static str,
    body: String,
) -> Response<Outgoing> {
    let mut response = Response::new(Outgoing::Text(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn empty_response(status: StatusCode) -> Response<Outgoing> {
    let mut response = Response::new(Outgoing::Empty);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn see_other(location: &str) -> Response<Outgoing> {
    let mut response = empty_response(StatusCode::SEE_OTHER);
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// Whether a request id is one of ours, for tests of the interface.
pub fn is_request_id(text: &str) -> bool {
    Uuid::parse_str(text).is_ok_and(|id| id.get_version_num() == 7)
}
