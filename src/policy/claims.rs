//! What is claimed in public, and the tests that prove it. `make claims` prints this; a test fails
//! when a claim names a test that is not there.

/// Whether a claim is about what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It holds today.
    Built,
    /// What it is about does not exist yet, so nobody is told of it.
    Later,
}

/// A claim.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Its number: `P01` and so on.
    pub id: &'static str,
    /// What is claimed.
    pub text: &'static str,
    /// Whether it is about what there is.
    pub stage: Stage,
    /// Tests that fail when it is false: the ring, then a test's path (`native sweep::…`) or its
    /// file and title (`workerd order.test.mjs …`).
    pub proofs: &'static [&'static str],
}

const fn built(id: &'static str, text: &'static str, proofs: &'static [&'static str]) -> Claim {
    Claim { id, text, stage: Stage::Built, proofs }
}

const fn later(id: &'static str, text: &'static str) -> Claim {
    Claim { id, text, stage: Stage::Later, proofs: &[] }
}

/// Every claim.
pub const CLAIMS: &[Claim] = &[
    built(
        "P01",
        "Uploads and results lie in private storage without a public address.",
        &[
            "native handlers::pictures::a_link_to_another_place_finds_nothing_there",
            "native policy::configuration::the_bucket_has_no_public_address",
            "workerd deployment.test.mjs production binds the same names as development",
        ],
    ),
    built(
        "P02",
        "Pictures are shown and downloaded by signed links that live for minutes only.",
        &[
            "native link::every_flipped_bit_of_a_thousand_links_is_altered",
            "native link::a_link_ends_at_the_moment_of_its_expiry",
            "native handlers::pictures::each_altered_character_makes_it_no_link",
            "native handlers::pictures::a_deleted_picture_is_gone_while_its_link_still_lives",
        ],
    ),
    built(
        "P03",
        "Of an account we keep name, mail address, picture and the issuer's own id, and what the \
         data map names beside them.",
        &[
            "native policy::schema::every_column_is_named_once",
            "native handlers::signing_in::who_signs_in_has_an_account_and_a_session_\
             of_which_only_the_hash_is_kept",
        ],
    ),
    built(
        "P04",
        "Without an account the order's id is its private link, which cannot be guessed and is \
         found by no search engine.",
        &[
            "native order_id::every_flipped_bit_of_an_id_is_found",
            "native handlers::reading::what_never_was_is_not_found",
            "native handlers::placing::a_browser_without_script_is_led_to_the_page",
        ],
    ),
    built(
        "P05",
        "The free pictures are counted by one cookie, out of reach of scripts.",
        &[
            "native handlers::visitor::a_first_visit_gets_a_cookie_of_its_own",
            "native handlers::trial::of_200_at_once_exactly_three_are_placed",
            "browser policy.test.mjs one cookie, only for this host, out of reach of scripts",
        ],
    ),
    built(
        "P06",
        "Without an account photos, picture and order are closed after 48 hours and gone within \
         the hour.",
        &[
            "native journey::at_48_hours_an_order_is_gone_and_soon_after_its_files",
            "workerd clock.test.mjs expiry",
            "workerd deployment.test.mjs the bucket's backstop",
        ],
    ),
    built(
        "P07",
        "Who signs in has a history, and what is deleted is gone from every view of it.",
        &[
            "native keep::an_accounts_order_is_moved_when_it_is_delivered_and_stays",
            "native keep::signing_in_claims_the_orders_of_this_browser_and_nobody_elses",
            "native keep::a_link_finds_its_picture_while_it_moves_and_ends_\
             within_a_minute_of_its_order",
            "native handlers::history::the_trash_shows_its_days_gives_back_and_is_emptied",
            "native handlers::history::notes_are_taken_kept_and_taken_away",
            "native handlers::history::each_account_has_its_own_and_nobody_has_none",
        ],
    ),
    built(
        "P08",
        "What was deleted is gone for good within 30 days.",
        &[
            "native handlers::changing::a_deleted_order_is_gone_with_its_rows_and_files",
            "native keep::the_trash_gives_back_for_29_days_and_then_nothing_is_left",
            "native keep::emptying_the_trash_deletes_at_once_whatever_fails_on_the_way",
            "native leftovers::a_file_that_no_order_names_is_found_51_hours_after_its_order_\
             and_the_named_stay",
        ],
    ),
    built(
        "P09",
        "Addresses are used against misuse only, and no table holds one.",
        &[
            "native handlers::networks::an_address_is_not_kept",
            "native network::no_two_prefixes_days_or_secrets_share_a_pseudonym",
        ],
    ),
    built(
        "P10",
        "A line of the log holds path template, status, duration and request id.",
        &[
            "native handlers::logs::the_line_of_a_request_has_these_fields_and_no_other",
            "native handlers::logs::nothing_that_belongs_to_anybody_is_in_the_log",
            "workerd logs.test.mjs the log of a full run",
        ],
    ),
    built(
        "P11",
        "Logs are kept for 30 days at most; what stays are numbers that name nobody.",
        &[
            "native policy::configuration::log_lines_go_nowhere_but_to_the_platforms_own_log",
            "native handlers::logs::the_line_of_a_request_has_these_fields_and_no_other",
            "workerd deployment.test.mjs invocation logs, which hold secret URLs, are off",
            "native sql::counters_are_a_ring_of_two_days",
        ],
    ),
    later("P12", "Spending is kept in a ledger, without a person after the account is gone."),
    later("P13", "Caps of an account cannot be overspent."),
    later("P14", "Credits are held, settled or given back, and the ledger adds up."),
    later("P15", "Of payments we keep what the payment service tells, and no card."),
    built(
        "P16",
        "Everything of an account can be downloaded, rows and files.",
        &[
            "native exports::journey::an_export_has_every_row_and_every_picture_of_its_account",
            "native exports::completeness::every_table_is_in_the_export_or_left_out_for_a_reason",
        ],
    ),
    built(
        "P17",
        "Name and mail address can be corrected.",
        &[
            "native handlers::account::what_is_corrected_stays_through_the_next_sign_in_and_\
             what_is_not_sent_stays_as_it_is",
            "native handlers::account_email::an_address_counts_once_its_mailbox_confirms_it_and_\
             the_old_one_is_told",
        ],
    ),
    built(
        "P18",
        "An account can be deleted, and for 72 hours that can be called off.",
        &[
            "native deletion::schedule::it_can_be_taken_back_until_the_last_millisecond_and_not_\
             at_the_end",
            "native deletion::everything_of_the_person_goes_and_nothing_of_anybody_else",
            "native deletion::the_address_is_gone_a_day_after_the_deletion_though_nobody_\
             takes_the_mail",
        ],
    ),
    built(
        "P19",
        "Processing can be restricted, and objected to.",
        &[
            "native handlers::account::nothing_is_made_for_an_account_while_it_is_restricted",
            "native handlers::account::what_still_waits_is_canceled_by_a_restriction_and_its_\
             tries_are_free_again",
            "native handlers::account::an_order_that_is_let_in_at_the_moment_of_a_restriction_\
             is_not_sent",
            "native handlers::account::a_restriction_has_a_moment_and_leaves_everything_readable",
            "native keep::who_objects_to_statistics_is_not_counted",
        ],
    ),
    built(
        "P20",
        "Without consent there are necessary cookies only, and nothing of anybody else.",
        &[
            "native pages::no_page_needs_more_than_the_strict_content_security_policy",
            "native policy::browser::every_cookie_that_is_set_is_named",
            "browser policy.test.mjs a whole journey violates no policy and asks nobody else",
        ],
    ),
    built(
        "P21",
        "Analytics never see a page with photos of people.",
        &[
            "native policy::analytics::only_prose_ever_asks_for_consent",
            "browser static_pages.test.mjs nothing is asked of others before a yes",
        ],
    ),
    built(
        "P22",
        "Nothing is trained on anybody's photos.",
        &[
            "native provider::requests::every_request_holds_only_what_kie_publishes",
            "native policy::pages::every_language_says_what_is_promised",
        ],
    ),
    built(
        "P23",
        "What changes is announced at least 14 days before, in the app and by mail.",
        &[
            "native policy::announcements::nothing_holds_before_it_was_announced_for_14_days",
            "native policy::announcements::every_page_carries_the_newest_announcement",
            "native handlers::announcing::everybody_with_an_account_gets_one_mail_whatever_breaks",
            "browser static_pages.test.mjs news is there before anything is drawn",
        ],
    ),
    built(
        "P24",
        "No advertising by mail without consent; the waitlist writes to who asked.",
        &[
            "native handlers::account::news_are_off_until_they_are_wanted_and_each_consent_is_\
             on_record",
            "native handlers::news::news_reach_who_switched_them_on_and_nobody_else",
            "native handlers::news::one_press_ends_them_without_a_session_and_a_scanner_does_not",
            "native handlers::operator::only_who_confirmed_gets_the_mail_and_who_is_from_before_\
             is_asked",
            "native handlers::waitlist::one_press_in_a_mail_program_ends_it_and_a_scanner_does_not",
            "native handlers::waitlist::who_does_not_confirm_is_forgotten_after_a_week",
        ],
    ),
    built(
        "P25",
        "Nobody under 16 uses the site or is shown.",
        &[
            "native handlers::placing::consent_is_asked_for_and_named",
            "native policy::pages::every_language_says_what_is_promised",
        ],
    ),
    built(
        "P26",
        "Every company that gets data is named, with how long it keeps them.",
        &[
            "native policy::pages::every_company_is_told_in_every_language",
            "native policy::configuration::every_outside_host_is_named",
        ],
    ),
    built(
        "P27",
        "Everything travels encrypted, and lies encrypted.",
        &["workerd http.test.mjs the security headers stand on every status"],
    ),
    built(
        "P28",
        "Every reading of an account's things is checked against its session.",
        &[
            "native authorization::what_is_not_ones_own_is_refused_and_changes_and_tells_nothing",
            "native authorization::what_is_ones_own_is_served_and_tells_nothing_of_anybody_else",
            "native authorization::a_proof_with_one_letter_changed_proves_nothing",
            "native keep::who_may_do_what_is_decided_in_one_place",
            "native machine::an_account_never_takes_another_accounts_order",
        ],
    ),
];
