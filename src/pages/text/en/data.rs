//! The words of the data map.

use crate::pages::text::Counted;
use crate::pages::text::data::{CategoryText, CategoryTexts, DataText, PlaceText, ProcessorText};
use crate::policy::browser::{CookieId, KeptId, Store};
use crate::policy::data_map::{Basis, Until};
use crate::policy::parties::ProcessorId;
use crate::policy::terms::{Term, Unit};

/// The words of the data map.
pub(super) const DATA: DataText = DataText {
    until_when: "Until when",
    more: "Legal basis, companies, place",
    legal_basis: "Legal basis",
    handled_by: "Handled by",
    where_it_lies: "Where it lies",
    article: "GDPR article {article}",
    gets: "Gets",
    place: "Where",
    keeps: "Keeps it",
    hosts: "Hosts",
    terms_link: "Its own terms",
    name: "Name",
    purpose: "What for",
    how_long: "How long",
    what: "What",
    needs_consent: "Only after you agreed.",
    until_forgotten: "Until you forget it, or clear your browser",
    version: "Version {number}",
    published: "Published {date}",
    effective: "Holds from {date}",
    places: PlaceText {
        columns: "Database, table {name}:",
        table: "Database, table {name}",
        files: "Private files under {name}",
        object: "Memory of the limits and the queue, {name}",
        cookie: "Your browser, cookie {name}",
        log: "The log",
        recovery: "The database’s own recovery history",
        nowhere: "Nowhere: it is used while your request is answered",
    },
    categories: CATEGORIES,
    basis,
    until,
    amount,
    term,
    processor,
    cookie,
    kept,
    store,
};

const fn of(title: &'static str, purpose: &'static str) -> CategoryText {
    CategoryText { title, purpose }
}

const CATEGORIES: CategoryTexts = CategoryTexts {
    pictures: of(
        "Your photos and the pictures",
        "To make the picture and show it to you. Location and other hidden data are gone before \
         we store them.",
    ),
    order: of(
        "The order",
        "Your choices, what you typed, its times, which kinds of hidden data were removed, what \
         it cost us and problems you reported: to make the picture and tell you the facts.",
    ),
    trial: of(
        "Counting the free pictures",
        "A fingerprint of your cookie with the time of each order, and of a deleted order one of \
         its number: so that the free pictures are counted, and no order is placed twice.",
    ),
    network: of(
        "Counting a network’s orders",
        "A keyed fingerprint of your network, another one each day: so that one network does not \
         use up everybody’s turn.",
    ),
    connection: of(
        "Your internet address and browser",
        "Every request brings them along. We use them against misuse, and to tell you on which \
         device you are signed in; we do not write the address down.",
    ),
    history: of(
        "Your history",
        "Which orders are yours, and your stars, ratings and labels: so that you find your \
         pictures again.",
    ),
    account: of(
        "Your account",
        "Name, mail address and picture as Google told them or you corrected them, Google’s own \
         number for you, language and theme: so that you can sign in and we can reach you.",
    ),
    session: of(
        "Where you are signed in",
        "A fingerprint of a secret number in your browser, the kind of device, and when it was \
         last used: so that you stay signed in, and can end it from anywhere.",
    ),
    sign_in: of(
        "A sign-in on its way",
        "What ties Google’s answer to the browser that asked: so that nobody signs in as you.",
    ),
    email_change: of("A new mail address", "The address that waits for you to confirm it."),
    consent: of(
        "What you agreed to",
        "Which text, when, and when you took it back: we have to be able to show it.",
    ),
    restriction: of(
        "Restriction and objection",
        "Since when you want us to stop processing, or not to count you.",
    ),
    export: of(
        "Download of your data",
        "The archives that you asked for, with everything of your account.",
    ),
    deletion: of(
        "A deletion on its way",
        "When your account will go, and a fingerprint of the code for its receipt: so that you \
         can call it off until then.",
    ),
    receipt: of(
        "Deletion receipts",
        "Signed proof of what was deleted and when, for whoever has the code. It names nobody.",
    ),
    mail: of(
        "Mails to you",
        "Recipient and content of a mail that is still to be sent: security notices, changes \
         announced, what you asked for.",
    ),
    waitlist: of(
        "The waitlist",
        "Your mail address, on which page and when you joined, and whether you confirmed: to \
         write to you, as you asked.",
    ),
    counts: of(
        "Counts",
        "How orders ended, how long they took, which problems were reported: for the [status \
         page](/status). They name nobody and no order.",
    ),
    log: of(
        "The log",
        "One line for each request, with kind of page, result, duration and a random number: to \
         find faults. It holds no address, no link and nothing you typed.",
    ),
    operator_log: of(
        "What operators did",
        "What we looked at or sent, without personal data: so that nobody does it in secret.",
    ),
    recovery: of(
        "The database’s recovery history",
        "What stood in a row can be brought back if something breaks. Pictures never lie there.",
    ),
};

const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "You agreed, and may take it back at any time",
        Basis::Contract => "Without it we cannot do what you ask for",
        Basis::Duty => "The law demands it",
        Basis::Interest => "Our interest in a service that works and is not misused",
        Basis::NotPersonal => "None needed: nothing personal is in it",
    }
}

const fn until(until: Until) -> &'static str {
    match until {
        Until::OrderEnds => {
            "Without an account: {anonymous_order} hours after the order, or until you delete it. \
             Then nobody can open it; the files are removed within the hour."
        }
        Until::OwnerDeletes => {
            "With an account: until you delete it. Then it lies in the trash, and by day {trash} \
             it is gone; at once if you empty the trash."
        }
        Until::LeftBehind => {
            "If something breaks while files are moved for you, a copy can be left behind. It is \
             found and deleted {leftover} hours after the order at the latest."
        }
        Until::AccountEnds => {
            "As long as your account: {account_deletion} hours after you ask for its deletion it \
             is gone."
        }
        Until::For(_) => "{time}",
        Until::AtMost(_) => "{time} at most",
        Until::SignedOut => {
            "Until you sign out; at the latest {session_idle} days after its last use and \
             {session_absolute} days after signing in."
        }
        Until::Sent => {
            "Until it is sent, {outbox} days at most; the last one, with the receipt of a \
             deletion, {last_mail} hours at most"
        }
        Until::Left => {
            "Until you leave the list. If we wrote and you do not confirm, {unconfirmed} days."
        }
        Until::Replaced => "At least {counts} hours, until newer counts take their place",
        Until::Answered => "It is not kept",
        Until::SiteEnds => "As long as there is the site",
    }
}

const fn amount(unit: Unit) -> Counted {
    match unit {
        Unit::Minutes => Counted { one: "1 minute", other: "{count} minutes" },
        Unit::Hours => Counted { one: "1 hour", other: "{count} hours" },
        Unit::Days => Counted { one: "1 day", other: "{count} days" },
        Unit::Months => Counted { one: "1 month", other: "{count} months" },
        Unit::Years => Counted { one: "1 year", other: "{count} years" },
    }
}

const fn term(term: Term) -> &'static str {
    match term {
        Term::AnonymousOrder => "An order without an account can be opened",
        Term::PictureLink => "A link to a picture works, at most",
        Term::ProviderLink => "Kie AI’s link to a photo works",
        Term::TrialWindow => "Free pictures are counted within",
        Term::SpentTry => "A used-up try is remembered, at most",
        Term::NetworkCount => "A network’s count is kept",
        Term::ClosedOrder => "The link of a closed order says “deleted” and not “never existed”",
        Term::Counts => "Counts for the status page are kept, at least",
        Term::Trash => "Deleted things of an account lie in the trash, at most",
        Term::Leftover => "A copy of an order’s files that was left behind is found after, at most",
        Term::AccountDeletion => "The deletion of an account can be called off",
        Term::Receipt => "A deletion receipt waits for you",
        Term::Export => "An export can be downloaded",
        Term::ExportNote => "It is noted that there was an export",
        Term::SessionIdle => "A sign-in lasts without use",
        Term::SessionAbsolute => "A sign-in lasts at all",
        Term::SignIn => "A sign-in that was begun can be finished",
        Term::EmailChange => "A new mail address can be confirmed",
        Term::Outbox => "A mail that cannot be sent is tried again",
        Term::LastMail => "The mail with the receipt of a deletion waits, and the address with it",
        Term::Unconfirmed => "An address on the waitlist that does not confirm is kept",
        Term::Log => "Lines of the log are kept, at most",
        Term::Recovery => "The database’s history, our only backup, reaches back",
        Term::ProviderResult => "Kie AI keeps its copy of a result",
        Term::ProviderRecords => "Kie AI keeps records of its work",
        Term::Preference => "Language and theme are remembered",
        Term::Notice => "Changes are announced before they hold",
    }
}

const fn processor(id: ProcessorId) -> ProcessorText {
    match id {
        ProcessorId::Cloudflare => ProcessorText {
            role: "Runs the site, the storage and the database for us, and keeps the log.",
            gets: "Everything that [Privacy](/privacy#kept) lists; with every request your \
                   internet address and what your browser says of itself.",
            place: "United States; its network is everywhere. Where files and database lie, the \
                    operator chose when the site was set up.",
            keeps: "The log {log} days at most, the database’s history {recovery} days, all else \
                    until we delete it",
        },
        ProcessorId::Kie => ProcessorText {
            role: "Makes the picture.",
            gets: "Links to your photos that work for {provider_link} minutes, your choices and \
                   what you typed; never your address, cookie, name or mail address.",
            place: "It does not say. Count on a country outside the European Union.",
            keeps: "The result {provider_result} days, records of its work {provider_records} \
                    months; we cannot shorten that. How long it keeps the photos that it fetched, \
                    it does not say.",
        },
        ProcessorId::Google => ProcessorText {
            role: "Says who you are, if you sign in. For that it is responsible itself.",
            gets: "That you sign in here, and when. No photo, no order.",
            place: "United States and Ireland",
            keeps: "As its own terms say",
        },
        ProcessorId::Mail => ProcessorText {
            role: "Sends our mails.",
            gets: "Your mail address and what we write to you.",
            place: "United States",
            keeps: "Until the mail is delivered, and as its own terms say; we give up after \
                    {outbox} days",
        },
        ProcessorId::GoogleAnalytics => ProcessorText {
            role: "Counts visits of pages of text, after you agreed.",
            gets: "Which of these pages you open, and what your browser says of itself. No page \
                   with a photo.",
            place: "United States and Ireland",
            keeps: "As its own terms say",
        },
        ProcessorId::Clarity => ProcessorText {
            role: "Records how pages of text are used, after you agreed. Only for people of 18 and \
                   over.",
            gets: "What you do on these pages, with texts masked. No page with a photo.",
            place: "United States",
            keeps: "As its own terms say",
        },
    }
}

const fn cookie(id: CookieId) -> &'static str {
    match id {
        CookieId::AnonSid => {
            "A random number that counts your free pictures and keeps one order from being placed \
             twice"
        }
        CookieId::Language => "The language you chose, if you chose one",
        CookieId::Theme => "Light or dark, if you chose one",
        CookieId::Session => "A secret number that keeps you signed in",
        CookieId::SignIn => "Ties a sign-in to this browser, while it is on its way",
        CookieId::SignedIn => "Says that you are signed in, so that pages show the right menu",
        CookieId::GoogleAnalytics => "Google Analytics: tells visitors apart",
        CookieId::ClarityVisitor => "Clarity: tells visitors apart",
        CookieId::ClarityVisit => "Clarity: which pages belong to one visit",
    }
}

const fn kept(id: KeptId) -> CategoryText {
    match id {
        KeptId::RememberedPhoto => of(
            "The photo of a person that you used last",
            "Only if you ask your browser to remember it. It never leaves it by itself.",
        ),
        KeptId::SiteFiles => of(
            "Files of the site",
            "Style sheets, scripts and a page for when you are offline. The same for everybody.",
        ),
        KeptId::Announcement => {
            of("Which announcement you closed", "So that it is not shown again.")
        }
        KeptId::Consent => of("What you said about analytics", "So that you are asked once."),
    }
}

const fn store(store: Store) -> &'static str {
    match store {
        Store::Cache => "Cache of the browser",
        Store::Local => "Storage of the browser",
    }
}
