//! Who else takes part: companies, the hosts that are asked, and what the platform lends us.

use crate::domain::site::Analytics;

use super::terms::Term;

/// A company that handles data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProcessorId {
    /// Runs the site, the storage and the database.
    Cloudflare,
    /// Makes the pictures.
    Kie,
    /// Says who signs in.
    Google,
    /// Sends mails.
    Mail,
    /// Counts visits, where the operator wants it and the visitor agrees.
    GoogleAnalytics,
    /// Records visits, where the operator wants it and the visitor agrees.
    Clarity,
}

/// When a company, a host or a cookie takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// In every visit or order.
    Always,
    /// For whoever signs in, or leaves a mail address.
    Account,
    /// Where the operator configured Google Analytics, after consent.
    GoogleAnalytics,
    /// Where the operator configured Clarity, after consent.
    Clarity,
}

impl When {
    /// Whether it can happen on a site with this configuration.
    pub const fn is_possible(self, analytics: &Analytics) -> bool {
        match self {
            Self::Always | Self::Account => true,
            Self::GoogleAnalytics => analytics.google.is_some(),
            Self::Clarity => analytics.clarity.is_some(),
        }
    }
}

/// A company, and what is to be told of it.
#[derive(Clone, Copy, Debug)]
pub struct Processor {
    /// Which.
    pub id: ProcessorId,
    /// Its name.
    pub name: &'static str,
    /// When it takes part.
    pub when: When,
    /// How long it keeps what it gets, where it says so.
    pub keeps: &'static [Term],
    /// Where it says what it does with data.
    pub terms_url: &'static str,
}

/// Every company.
pub const PROCESSORS: &[Processor] = &[
    Processor {
        id: ProcessorId::Cloudflare,
        name: "Cloudflare, Inc.",
        when: When::Always,
        keeps: &[Term::Log, Term::Recovery],
        terms_url: "https://www.cloudflare.com/cloudflare-customer-dpa/",
    },
    Processor {
        id: ProcessorId::Kie,
        name: "Kie AI",
        when: When::Always,
        keeps: &[Term::ProviderLink, Term::ProviderResult, Term::ProviderRecords],
        terms_url: "https://kie.ai/privacy-policy",
    },
    Processor {
        id: ProcessorId::Google,
        name: "Google (Sign-In)",
        when: When::Account,
        keeps: &[],
        terms_url: "https://policies.google.com/privacy",
    },
    Processor {
        id: ProcessorId::Mail,
        name: "Cloudflare Email Service",
        when: When::Account,
        keeps: &[Term::Outbox],
        terms_url: "https://www.cloudflare.com/cloudflare-customer-dpa/",
    },
    Processor {
        id: ProcessorId::GoogleAnalytics,
        name: "Google Analytics",
        when: When::GoogleAnalytics,
        keeps: &[],
        terms_url: "https://business.safety.google/adsprocessorterms/",
    },
    Processor {
        id: ProcessorId::Clarity,
        name: "Microsoft Clarity",
        when: When::Clarity,
        keeps: &[],
        terms_url: "https://clarity.microsoft.com/terms",
    },
];

/// Where the name of a host is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// In the configuration or the code.
    Configured,
    /// At run time, told by a host that is configured.
    Told,
}

/// A host outside that the Worker or the browser asks.
#[derive(Clone, Copy, Debug)]
pub struct OutsideHost {
    /// Its name; `*.` stands for one label.
    pub host: &'static str,
    /// Whose it is.
    pub processor: ProcessorId,
    /// Where its name is found.
    pub found: Found,
}

/// Every host outside.
pub const OUTSIDE_HOSTS: &[OutsideHost] = &[
    configured("api.kie.ai", ProcessorId::Kie),
    configured("tempfile.aiquickdraw.com", ProcessorId::Kie),
    configured("file.aiquickdraw.com", ProcessorId::Kie),
    configured("tempfile.redpandaai.co", ProcessorId::Kie),
    configured("accounts.google.com", ProcessorId::Google),
    told("oauth2.googleapis.com", ProcessorId::Google),
    told("www.googleapis.com", ProcessorId::Google),
    told("lh3.googleusercontent.com", ProcessorId::Google),
    configured("www.googletagmanager.com", ProcessorId::GoogleAnalytics),
    configured("*.google-analytics.com", ProcessorId::GoogleAnalytics),
    configured("www.clarity.ms", ProcessorId::Clarity),
    configured("*.clarity.ms", ProcessorId::Clarity),
];

const fn configured(host: &'static str, processor: ProcessorId) -> OutsideHost {
    OutsideHost { host, processor, found: Found::Configured }
}

const fn told(host: &'static str, processor: ProcessorId) -> OutsideHost {
    OutsideHost { host, processor, found: Found::Told }
}

/// What the platform lends the Worker under a name.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Its name in the configuration.
    pub name: &'static str,
    /// Whose it is.
    pub processor: ProcessorId,
    /// What lies there, if anything does.
    pub holds: Holds,
}

/// What lies behind a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The same for everybody.
    NothingPersonal,
    /// Tables.
    Tables,
    /// Files.
    Files,
    /// The storage of a Durable Object of this class.
    Object(&'static str),
    /// Mails on their way out.
    Mails,
    /// Counts of networks, at one location for a minute.
    Fence,
}

/// Every binding.
pub const BINDINGS: &[Binding] = &[
    binding("ASSETS", Holds::NothingPersonal),
    binding("DB", Holds::Tables),
    binding("FILES", Holds::Files),
    binding("LIMITER", Holds::Object("Limiter")),
    binding("DISPATCHER", Holds::Object("Dispatcher")),
    binding("EXPORTER", Holds::Object("Exporter")),
    binding("FENCE_WRITES", Holds::Fence),
    binding("FENCE_READS", Holds::Fence),
    Binding { name: "MAIL", processor: ProcessorId::Mail, holds: Holds::Mails },
];

const fn binding(name: &'static str, holds: Holds) -> Binding {
    Binding { name, processor: ProcessorId::Cloudflare, holds }
}
