//! The page of an account.

use crate::pages::text::AccountText;

/// The page of an account.
pub(super) const ACCOUNT: AccountText = AccountText {
    title: "Your account",
    since: "Here since",
    orders: "{used} of {limit} orders of the last 24 hours used.",
    save: "Save",
    saved: "Saved.",
    not_sent_detail: "Nothing was changed. Check the connection and try again.",
    profile: "Profile",
    name: "Name",
    picture_note: "Your picture comes from Google. We fetched it once and show our own copy, to \
                   you alone.",
    email: "Email address",
    email_note: "We send a link to the new address. Nothing changes until it is opened and \
                 confirmed there. You still sign in with the same Google account.",
    email_change: "Send the link",
    email_waiting: "A link is on its way to {email}. Until it is confirmed, your present address \
                    stays.",
    email_until: "The link works until",
    email_keep: "Keep the present address",
    sessions: "Where you are signed in",
    this_device: "This device",
    unknown_device: "Unknown device",
    last_used: "Last used",
    signed_in: "Signed in",
    end: "Sign out there",
    end_others: "Sign out everywhere else",
    ended: "Signed out there.",
    appearance: "Language and appearance",
    appearance_note: "Also for our mails, and for the next device on which you sign in.",
    privacy: "Privacy choices",
    marketing: "News by email",
    marketing_note: "What is new here, at most once a month. Off unless you switch it on; every \
                     such mail has a link that ends it.",
    objection: "Leave my orders out of the statistics",
    objection_note: "We count how orders end, without names. Orders that you place while this is \
                     on are not counted.",
    consents: "What you agreed to, and when",
    no_consents: "Nothing yet.",
    consent_version: "text of",
    consent_given: "Given",
    consent_withdrawn: "Withdrawn",
    restriction: "Restrict processing",
    restriction_note: "We then only keep what is there: no new pictures, and nothing more of \
                       yours goes to the image service. Orders that still wait in the queue are \
                       canceled, and their tries are free again. You can still look at \
                       everything, take it with you and delete it.",
    restricted: "Processing is restricted since",
    restrict: "Restrict processing",
    lift: "Lift the restriction",
    confirm_title: "Is this your address?",
    confirm_detail: "Your account will use {email} from then on, and mails go there.",
    confirm_button: "Yes, use this address",
    confirmed_title: "Address changed",
    confirmed_detail: "Your account uses the new address now.",
    over_title: "This link does not work any more",
    over_detail: "It has been used, is older than a day, or was replaced by a newer one. You can \
                  ask for another one on your account page.",
};
