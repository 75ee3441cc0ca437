//! The one route table: what there is, who may call it, and in which order it is looked up.

use http::Method;

use crate::domain::language::Language;

pub use super::endpoint::Endpoint;

/// What stands before a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing: it costs nothing, or carries its own proof.
    Open,
    /// The fence for reading.
    Read,
    /// The fence for writing, and the check that no other site sent it.
    Write,
    /// The fence for writing alone: another site leads there, and the request carries the proof
    /// that it is meant.
    Arrive,
}

/// Who may ask, and what the answer is to the others. A row without a rule does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody, and the answer is the same for all.
    Everyone,
    /// Everybody, each as himself: as an account when signed in, else as an anonymous visitor.
    Visitor,
    /// Whoever has the id of an anonymous order; of an account's order its session alone: 401
    /// without one, 404 with another's.
    Holder,
    /// Who is signed in, about his own account; 401 without a session.
    Account,
    /// Who has just signed in, since it cannot be undone: also 403 with an older session.
    Fresh,
    /// Whoever has the proof that the request carries: a signed link, a provider's signature.
    Bearer,
}

/// One row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Route {
    /// The method; GET also answers HEAD.
    pub method: Method,
    /// The path; `{…}` stands for one segment.
    pub template: &'static str,
    /// What stands before it.
    pub access: Access,
    /// Who may ask.
    pub who: Who,
    /// What answers it.
    pub endpoint: Endpoint,
    /// Whether a language may lead the path: it is a page, or a form on one leads to it.
    pub localized: bool,
}

const fn route(
    method: Method,
    template: &'static str,
    access: Access,
    who: Who,
    endpoint: Endpoint,
) -> Route {
    Route { method, template, access, who, endpoint, localized: false }
}

const fn page(
    method: Method,
    template: &'static str,
    access: Access,
    who: Who,
    endpoint: Endpoint,
) -> Route {
    Route { method, template, access, who, endpoint, localized: true }
}

/// Every route of the Worker. A path without a row is 404, a method without one 405.
pub static ROUTES: &[Route] = &[
    // The API.
    page(Method::POST, "/api/orders", Access::Write, Who::Visitor, Endpoint::PlaceOrder),
    route(Method::GET, "/api/orders/{id}", Access::Read, Who::Holder, Endpoint::ReadOrder),
    route(Method::DELETE, "/api/orders/{id}", Access::Write, Who::Holder, Endpoint::DeleteOrder),
    route(Method::GET, "/api/orders/{id}/events", Access::Read, Who::Holder, Endpoint::WatchOrder),
    route(
        Method::POST,
        "/api/orders/{id}/cancellation",
        Access::Write,
        Who::Holder,
        Endpoint::CancelOrder,
    ),
    route(
        Method::POST,
        "/api/orders/{id}/reports",
        Access::Write,
        Who::Holder,
        Endpoint::ReportProblems,
    ),
    route(Method::GET, "/api/options", Access::Open, Who::Everyone, Endpoint::Options),
    route(Method::GET, "/api/session", Access::Read, Who::Visitor, Endpoint::Session),
    page(Method::POST, "/api/waitlist", Access::Write, Who::Everyone, Endpoint::JoinWaitlist),
    route(Method::GET, "/api/health", Access::Read, Who::Everyone, Endpoint::Health),
    // The account.
    route(Method::GET, "/api/account", Access::Read, Who::Account, Endpoint::ReadAccount),
    route(Method::PATCH, "/api/account", Access::Write, Who::Account, Endpoint::ChangeAccount),
    route(Method::GET, "/api/account/sessions", Access::Read, Who::Account, Endpoint::ListSessions),
    route(
        Method::DELETE,
        "/api/account/sessions",
        Access::Write,
        Who::Account,
        Endpoint::EndOtherSessions,
    ),
    route(
        Method::DELETE,
        "/api/account/sessions/{id}",
        Access::Write,
        Who::Account,
        Endpoint::EndSession,
    ),
    route(Method::PUT, "/api/account/restriction", Access::Write, Who::Account, Endpoint::Restrict),
    route(
        Method::DELETE,
        "/api/account/restriction",
        Access::Write,
        Who::Account,
        Endpoint::LiftRestriction,
    ),
    route(Method::GET, "/api/account/portrait", Access::Read, Who::Account, Endpoint::Portrait),
    // The account's data.
    route(
        Method::POST,
        "/api/account/exports",
        Access::Write,
        Who::Account,
        Endpoint::RequestExport,
    ),
    route(Method::GET, "/api/account/exports", Access::Read, Who::Account, Endpoint::ListExports),
    route(
        Method::GET,
        "/api/account/exports/{part}",
        Access::Read,
        Who::Account,
        Endpoint::ExportPart,
    ),
    page(
        Method::POST,
        "/account/exports",
        Access::Write,
        Who::Account,
        Endpoint::RequestExportForm,
    ),
    // History.
    route(Method::GET, "/api/history", Access::Read, Who::Account, Endpoint::ReadHistory),
    route(
        Method::POST,
        "/api/history/deletion",
        Access::Write,
        Who::Account,
        Endpoint::TrashChosen,
    ),
    route(
        Method::POST,
        "/api/history/restoration",
        Access::Write,
        Who::Account,
        Endpoint::RestoreChosen,
    ),
    route(
        Method::POST,
        "/api/history/download",
        Access::Write,
        Who::Account,
        Endpoint::DownloadChosen,
    ),
    route(Method::DELETE, "/api/history/trash", Access::Write, Who::Account, Endpoint::EmptyTrash),
    route(Method::PATCH, "/api/orders/{id}", Access::Write, Who::Account, Endpoint::NoteOrder),
    route(
        Method::GET,
        "/api/orders/{id}/preview",
        Access::Read,
        Who::Account,
        Endpoint::ShowPreview,
    ),
    route(
        Method::PUT,
        "/api/orders/{id}/preview",
        Access::Write,
        Who::Account,
        Endpoint::PutPreview,
    ),
    route(
        Method::POST,
        "/api/orders/{id}/restoration",
        Access::Write,
        Who::Account,
        Endpoint::RestoreOrder,
    ),
    // Pictures.
    route(Method::GET, "/i/{token}", Access::Read, Who::Bearer, Endpoint::Picture),
    // Pages and their forms without JavaScript.
    page(Method::GET, "/status", Access::Read, Who::Everyone, Endpoint::Status),
    page(Method::GET, "/orders/{id}", Access::Read, Who::Holder, Endpoint::OrderPage),
    page(Method::POST, "/orders/{id}/deletion", Access::Write, Who::Holder, Endpoint::DeleteForm),
    page(
        Method::POST,
        "/orders/{id}/cancellation",
        Access::Write,
        Who::Holder,
        Endpoint::CancelForm,
    ),
    page(Method::POST, "/orders/{id}/reports", Access::Write, Who::Holder, Endpoint::ReportForm),
    page(Method::POST, "/api/share-target", Access::Write, Who::Everyone, Endpoint::ShareTarget),
    page(Method::GET, "/history", Access::Read, Who::Account, Endpoint::HistoryPage),
    page(Method::POST, "/history/orders/{id}", Access::Write, Who::Account, Endpoint::NoteForm),
    page(Method::POST, "/history/deletion", Access::Write, Who::Account, Endpoint::TrashForm),
    page(Method::POST, "/history/restoration", Access::Write, Who::Account, Endpoint::RestoreForm),
    page(Method::POST, "/history/trash", Access::Write, Who::Account, Endpoint::EmptyTrashForm),
    page(Method::GET, "/account", Access::Read, Who::Account, Endpoint::AccountPage),
    page(
        Method::POST,
        "/account/changes",
        Access::Write,
        Who::Account,
        Endpoint::ChangeAccountForm,
    ),
    page(
        Method::POST,
        "/account/sessions/end",
        Access::Write,
        Who::Account,
        Endpoint::EndOtherSessionsForm,
    ),
    page(
        Method::POST,
        "/account/sessions/{id}/end",
        Access::Write,
        Who::Account,
        Endpoint::EndSessionForm,
    ),
    page(Method::POST, "/account/restriction", Access::Write, Who::Account, Endpoint::RestrictForm),
    page(
        Method::POST,
        "/account/restriction/end",
        Access::Write,
        Who::Account,
        Endpoint::LiftRestrictionForm,
    ),
    // The link in a mail is the proof; whoever opens it may be signed in nowhere.
    page(
        Method::GET,
        "/account/email-confirmation",
        Access::Read,
        Who::Bearer,
        Endpoint::EmailConfirmation,
    ),
    page(
        Method::POST,
        "/account/email-confirmation",
        Access::Write,
        Who::Bearer,
        Endpoint::ConfirmEmail,
    ),
    // Signing in and out.
    page(Method::GET, "/auth/google", Access::Arrive, Who::Visitor, Endpoint::SignIn),
    page(Method::GET, "/auth/google/callback", Access::Arrive, Who::Visitor, Endpoint::SignedIn),
    page(Method::POST, "/auth/sign-out", Access::Write, Who::Visitor, Endpoint::SignOut),
    // The waitlist's mails lead here; their token is the proof.
    page(
        Method::GET,
        "/waitlist/confirmation",
        Access::Read,
        Who::Bearer,
        Endpoint::WaitlistConfirmation,
    ),
    page(
        Method::POST,
        "/waitlist/confirmation",
        Access::Write,
        Who::Bearer,
        Endpoint::ConfirmWaitlist,
    ),
    page(
        Method::GET,
        "/waitlist/unsubscription",
        Access::Read,
        Who::Bearer,
        Endpoint::WaitlistUnsubscription,
    ),
    // Mail programs come from a site of their own.
    page(
        Method::POST,
        "/waitlist/unsubscription",
        Access::Arrive,
        Who::Bearer,
        Endpoint::LeaveWaitlist,
    ),
    // News to accounts lead here; their token is the proof.
    page(
        Method::GET,
        "/account/unsubscription",
        Access::Read,
        Who::Bearer,
        Endpoint::NewsUnsubscription,
    ),
    page(Method::POST, "/account/unsubscription", Access::Arrive, Who::Bearer, Endpoint::EndNews),
    // The operator; the key is the proof.
    route(
        Method::GET,
        "/api/operator/overview",
        Access::Read,
        Who::Bearer,
        Endpoint::OperatorOverview,
    ),
    route(Method::GET, "/api/operator/log", Access::Read, Who::Bearer, Endpoint::OperatorLog),
    route(
        Method::POST,
        "/api/operator/mailings",
        Access::Write,
        Who::Bearer,
        Endpoint::BeginMailing,
    ),
    // Deleting an account, and what is left to prove it.
    route(Method::GET, "/api/account/deletion", Access::Read, Who::Account, Endpoint::ReadDeletion),
    route(
        Method::PUT,
        "/api/account/deletion",
        Access::Write,
        Who::Fresh,
        Endpoint::ScheduleDeletion,
    ),
    route(
        Method::DELETE,
        "/api/account/deletion",
        Access::Write,
        Who::Account,
        Endpoint::CancelDeletion,
    ),
    page(Method::GET, "/account/deletion", Access::Read, Who::Account, Endpoint::DeletionPage),
    page(
        Method::POST,
        "/account/deletion",
        Access::Write,
        Who::Fresh,
        Endpoint::ScheduleDeletionForm,
    ),
    page(
        Method::POST,
        "/account/deletion/cancellation",
        Access::Write,
        Who::Account,
        Endpoint::CancelDeletionForm,
    ),
    route(Method::POST, "/api/receipts", Access::Write, Who::Bearer, Endpoint::ClaimReceipt),
    route(Method::GET, "/api/receipt-key", Access::Read, Who::Everyone, Endpoint::ReceiptKey),
    page(Method::GET, "/receipt", Access::Read, Who::Everyone, Endpoint::ReceiptPage),
    page(Method::POST, "/receipt", Access::Write, Who::Bearer, Endpoint::ClaimReceiptForm),
    // The provider; its signature is the proof.
    route(
        Method::POST,
        "/webhooks/kie/{order_token}",
        Access::Open,
        Who::Bearer,
        Endpoint::Callback,
    ),
];

/// What the table says of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Match {
    /// This row, with the language that leads the path and the text of its `{…}` segment (empty
    /// when it has none).
    Found {
        /// The row.
        route: &'static Route,
        /// The language.
        language: Option<Language>,
        /// The segment.
        parameter: String,
    },
    /// The path exists with other methods.
    OtherMethod {
        /// The path's template.
        template: &'static str,
        /// The methods, as the Allow header lists them.
        allow: String,
    },
    /// No such path.
    None,
}

/// Finds the row of a request.
pub fn find(method: &Method, path: &str) -> Match {
    let (language, path) = Language::split(path);
    let wanted = if method == Method::HEAD { &Method::GET } else { method };
    let mut others: Vec<&'static Route> = vec![];
    for route in ROUTES.iter().filter(|route| route.localized || language.is_none()) {
        if let Some(parameter) = parameter_of(route.template, path) {
            if route.method == *wanted {
                return Match::Found { route, language, parameter: parameter.to_owned() };
            }
            others.push(route);
        }
    }
    let Some(first) = others.first() else { return Match::None };
    let mut allow: Vec<&str> = vec![];
    for route in &others {
        allow.push(route.method.as_str());
        if route.method == Method::GET {
            allow.push("HEAD");
        }
    }
    Match::OtherMethod { template: first.template, allow: allow.join(", ") }
}

fn parameter_of<'path>(template: &str, path: &'path str) -> Option<&'path str> {
    let Some((before, after)) = template.split_once('{') else {
        return (template == path).then_some("");
    };
    let (_, after) = after.split_once('}')?;
    let parameter = path.strip_prefix(before)?.strip_suffix(after)?;
    (!parameter.is_empty() && !parameter.contains('/')).then_some(parameter)
}
