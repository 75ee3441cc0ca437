//! The data map: every category of data with its purpose, its legal basis, where it lies and until
//! when. What it is called and what it is for, the catalogue says in every language.

use super::parties::ProcessorId;
use super::terms::Term;

/// A kind of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CategoryId {
    /// Photos that somebody gave, and pictures made of them.
    Pictures,
    /// What is known of an order beside its pictures.
    Order,
    /// How free pictures are counted.
    Trial,
    /// How much one network ordered.
    Network,
    /// What every request brings along: address and browser.
    Connection,
    /// What makes orders a history: whose they are, how they are marked.
    History,
    /// Who has an account.
    Account,
    /// Where somebody is signed in.
    Session,
    /// A sign-in on its way.
    SignIn,
    /// A mail address that waits for its confirmation.
    EmailChange,
    /// What was consented to.
    Consent,
    /// Restriction and objection.
    Restriction,
    /// A deletion that is scheduled.
    Deletion,
    /// Proof of a deletion.
    Receipt,
    /// "Download my data".
    Export,
    /// Mails that are to be sent.
    Mail,
    /// Who asked to be told.
    Waitlist,
    /// How orders ended, as numbers.
    Counts,
    /// The lines of the log.
    Log,
    /// What operators did.
    OperatorLog,
    /// The database's own history.
    Recovery,
}

/// What a category is about; a page tells one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Making pictures, with or without an account.
    Making,
    /// What only an account has.
    Account,
    /// Running the site, and writing to people.
    Running,
}

/// Why it is lawful, by the GDPR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Article 6(1)(a): consent.
    Consent,
    /// Article 6(1)(b): what was asked for cannot be done without it.
    Contract,
    /// Article 6(1)(c): the law demands it.
    Duty,
    /// Article 6(1)(f): a service that works and is not misused.
    Interest,
    /// Nothing personal in it.
    NotPersonal,
}

impl Basis {
    /// The article, as a lawyer writes it; `None` where none is needed.
    pub const fn article(self) -> Option<&'static str> {
        match self {
            Self::Consent => Some("6(1)(a)"),
            Self::Contract => Some("6(1)(b)"),
            Self::Duty => Some("6(1)(c)"),
            Self::Interest => Some("6(1)(f)"),
            Self::NotPersonal => None,
        }
    }
}

/// Where data lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Some columns of a table that holds other things too.
    Columns(&'static str, &'static [&'static str]),
    /// All of a table.
    Table(&'static str),
    /// Files in the bucket whose keys begin so.
    Prefix(&'static str),
    /// The storage of a Durable Object of this class.
    Object(&'static str),
    /// A cookie.
    Cookie(&'static str),
    /// The lines of the log.
    Log,
    /// The recovery history of the database.
    RecoveryHistory,
    /// Nowhere: it is used while a request is answered.
    Passing,
}

/// Until when data are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Without an account: a while after the order, or until its owner deletes it.
    OrderEnds,
    /// With an account: until its owner deletes it, then a while in the trash.
    OwnerDeletes,
    /// What was left behind when something broke: until it is looked for.
    LeftBehind,
    /// As long as there is the account.
    AccountEnds,
    /// So long.
    For(Term),
    /// So long and seldom as long.
    AtMost(Term),
    /// Until sign-out, or too long without use, or too old.
    SignedOut,
    /// Until it is sent, or given up.
    Sent,
    /// Until somebody leaves the list, or never confirms.
    Left,
    /// A while, then newer ones take its place.
    Replaced,
    /// As long as the request takes.
    Answered,
    /// As long as there is the site.
    SiteEnds,
}

impl Until {
    /// The terms that it speaks of.
    pub fn terms(self) -> Vec<Term> {
        match self {
            Self::OrderEnds => vec![Term::AnonymousOrder],
            Self::OwnerDeletes => vec![Term::Trash],
            Self::LeftBehind => vec![Term::Leftover],
            Self::AccountEnds => vec![Term::AccountDeletion],
            Self::For(term) | Self::AtMost(term) => vec![term],
            Self::SignedOut => vec![Term::SessionIdle, Term::SessionAbsolute],
            Self::Sent => vec![Term::Outbox, Term::LastMail],
            Self::Left => vec![Term::Unconfirmed],
            Self::Replaced => vec![Term::Counts],
            Self::Answered | Self::SiteEnds => vec![],
        }
    }
}

/// A kind of data and everything that is to be told of it.
#[derive(Clone, Copy, Debug)]
pub struct Category {
    /// Which.
    pub id: CategoryId,
    /// Among which it is told.
    pub group: Group,
    /// Why it is lawful.
    pub basis: Basis,
    /// Where it lies.
    pub held_in: &'static [Place],
    /// Until when.
    pub kept: &'static [Until],
    /// Who else handles it.
    pub processors: &'static [ProcessorId],
}

const CLOUDFLARE: &[ProcessorId] = &[ProcessorId::Cloudflare];
const WITH_KIE: &[ProcessorId] = &[ProcessorId::Cloudflare, ProcessorId::Kie];
const WITH_GOOGLE: &[ProcessorId] = &[ProcessorId::Cloudflare, ProcessorId::Google];
const WITH_MAIL: &[ProcessorId] = &[ProcessorId::Cloudflare, ProcessorId::Mail];

/// Every category, in the order in which pages tell them.
pub const CATEGORIES: &[Category] = &[
    Category {
        id: CategoryId::Pictures,
        group: Group::Making,
        basis: Basis::Contract,
        held_in: &[
            Place::Prefix("anon/"),
            Place::Prefix("kept/"),
            Place::Columns("orders", &["images", "result_key", "preview"]),
        ],
        kept: &[Until::OrderEnds, Until::OwnerDeletes, Until::LeftBehind],
        processors: WITH_KIE,
    },
    Category {
        id: CategoryId::Order,
        group: Group::Making,
        basis: Basis::Contract,
        held_in: &[
            Place::Columns(
                "orders",
                &[
                    "id",
                    "state",
                    "options",
                    "model",
                    "metadata_removed",
                    "task_id",
                    "credits_milli",
                    "error",
                    "problems",
                    "created_at",
                    "submitted_at",
                    "completed_at",
                    "expires_at",
                ],
            ),
            Place::Object("Dispatcher"),
        ],
        kept: &[Until::OrderEnds, Until::OwnerDeletes],
        processors: WITH_KIE,
    },
    Category {
        id: CategoryId::Trial,
        group: Group::Making,
        basis: Basis::Interest,
        held_in: &[
            Place::Cookie("__Host-anon_sid"),
            Place::Columns("orders", &["visitor", "idempotency", "fingerprint"]),
            Place::Table("spent_tries"),
        ],
        kept: &[Until::For(Term::SpentTry), Until::OwnerDeletes],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Network,
        group: Group::Making,
        basis: Basis::Interest,
        held_in: &[Place::Object("Limiter")],
        kept: &[Until::For(Term::NetworkCount)],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Connection,
        group: Group::Making,
        basis: Basis::Interest,
        held_in: &[Place::Passing],
        kept: &[Until::Answered],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Account,
        group: Group::Account,
        basis: Basis::Contract,
        held_in: &[
            Place::Columns(
                "accounts",
                &[
                    "id",
                    "issuer",
                    "subject",
                    "name",
                    "email",
                    "portrait",
                    "portrait_source",
                    "language",
                    "theme",
                    "created_at",
                ],
            ),
            Place::Prefix("portraits/"),
            Place::Cookie("signed_in"),
        ],
        kept: &[Until::AccountEnds],
        processors: WITH_GOOGLE,
    },
    Category {
        id: CategoryId::History,
        group: Group::Account,
        basis: Basis::Contract,
        held_in: &[Place::Columns(
            "orders",
            &["account", "trashed_at", "starred", "rating", "label"],
        )],
        kept: &[Until::OwnerDeletes],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Session,
        group: Group::Account,
        basis: Basis::Contract,
        held_in: &[Place::Table("sessions"), Place::Cookie("__Host-session")],
        kept: &[Until::SignedOut],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::SignIn,
        group: Group::Account,
        basis: Basis::Contract,
        held_in: &[Place::Table("sign_ins"), Place::Cookie("__Host-sign_in")],
        kept: &[Until::AtMost(Term::SignIn)],
        processors: WITH_GOOGLE,
    },
    Category {
        id: CategoryId::EmailChange,
        group: Group::Account,
        basis: Basis::Contract,
        held_in: &[Place::Table("email_changes")],
        kept: &[Until::AtMost(Term::EmailChange)],
        processors: WITH_MAIL,
    },
    Category {
        id: CategoryId::Consent,
        group: Group::Account,
        basis: Basis::Duty,
        held_in: &[Place::Table("consents")],
        kept: &[Until::AccountEnds],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Restriction,
        group: Group::Account,
        basis: Basis::Duty,
        held_in: &[Place::Columns("accounts", &["restricted_at", "objected_at"])],
        kept: &[Until::AccountEnds],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Export,
        group: Group::Account,
        basis: Basis::Duty,
        held_in: &[Place::Table("exports"), Place::Prefix("exports/"), Place::Object("Exporter")],
        kept: &[Until::For(Term::Export), Until::AtMost(Term::ExportNote)],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Deletion,
        group: Group::Account,
        basis: Basis::Duty,
        held_in: &[
            Place::Columns(
                "accounts",
                &["deletion_due_at", "deletion_asked_at", "deletion_claim", "deletion_tried_at"],
            ),
            Place::Table("deletions"),
        ],
        kept: &[Until::For(Term::AccountDeletion)],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Receipt,
        group: Group::Account,
        basis: Basis::Interest,
        held_in: &[Place::Table("receipts")],
        kept: &[Until::For(Term::Receipt)],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Mail,
        group: Group::Running,
        basis: Basis::Contract,
        held_in: &[Place::Table("mails"), Place::Columns("mailings", &["after_email"])],
        kept: &[Until::Sent],
        processors: WITH_MAIL,
    },
    Category {
        id: CategoryId::Waitlist,
        group: Group::Running,
        basis: Basis::Consent,
        held_in: &[Place::Table("waitlist")],
        kept: &[Until::Left],
        processors: WITH_MAIL,
    },
    Category {
        id: CategoryId::Counts,
        group: Group::Running,
        basis: Basis::NotPersonal,
        held_in: &[Place::Table("outcomes"), Place::Table("reports")],
        kept: &[Until::Replaced],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Log,
        group: Group::Running,
        basis: Basis::Interest,
        held_in: &[Place::Log],
        kept: &[Until::AtMost(Term::Log)],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::OperatorLog,
        group: Group::Running,
        basis: Basis::Interest,
        held_in: &[Place::Table("operator_log")],
        kept: &[Until::SiteEnds],
        processors: CLOUDFLARE,
    },
    Category {
        id: CategoryId::Recovery,
        group: Group::Running,
        basis: Basis::Interest,
        held_in: &[Place::RecoveryHistory],
        kept: &[Until::For(Term::Recovery)],
        processors: CLOUDFLARE,
    },
];

/// Columns that say nothing of a person: how a row is worked on, or what is the same for everybody.
/// They live and go with their rows.
pub const TECHNICAL: &[Place] = &[
    Place::Columns(
        "orders",
        &[
            "version",
            "prompt_version",
            "callback_token",
            "tasks",
            "parked",
            "due_at",
            "wake_at",
            "given_back",
            "kept",
            "keep_at",
            "counted",
        ],
    ),
    Place::Columns("accounts", &["name_is_own", "email_is_own"]),
    Place::Table("provider_status"),
    Place::Table("identity_providers"),
    Place::Table("announced"),
    Place::Table("listings"),
    Place::Columns(
        "mailings",
        &[
            "id",
            "subject",
            "text",
            "audience",
            "language",
            "written",
            "asked",
            "asked_at",
            "finished_at",
        ],
    ),
];

/// The category of this kind, if it is in the map.
pub fn category(id: CategoryId) -> Option<&'static Category> {
    CATEGORIES.iter().find(|category| category.id == id)
}
