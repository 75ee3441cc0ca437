//! Deleting an account, and the receipt of it.

use crate::pages::text::{Counted, DeletionText};

/// Deleting an account, and the receipt of it.
pub(super) const DELETION: DeletionText = DeletionText {
    title: "Delete my account",
    go_on: "Go on to deletion",
    lede: "72 hours after you ask for it, everything that belongs to your account is deleted. \
           Until the last second you can change your mind.",
    what_title: "What is deleted",
    what: "All orders with their photos and pictures, your History and its trash, data exports, \
           your name, address and portrait, your settings and consents, and every session. You \
           are signed out everywhere. Who signs in after that begins as a new person.",
    stays_title: "What stays for a while elsewhere",
    stays: "Kie AI keeps its copies of the pictures that it made for 14 days and its logs for two \
            months. Rows can remain in our database’s own recovery history for 30 days. The \
            receipt names each of these stores and the day until which it may hold something.",
    export_first: "What is deleted cannot be brought back. If you want to keep your pictures, \
                   download your data first.",
    export: "Download my data",
    receipt_note: "When you ask for the deletion you get a code. With it you can fetch a signed \
                   receipt afterwards, for 30 days. We also mail the receipt to you, as the last \
                   thing before your address is erased.",
    prove_first: "To be sure that it is you, Google has to ask you once more. The proof is good \
                  for ten minutes.",
    prove: "Sign in once more",
    confirm: "Delete everything in 72 hours",
    scheduled_title: "Your account will be deleted",
    scheduled: "On {time}, in {left}, everything goes.",
    hours: Counted { one: "1 hour", other: "{count} hours" },
    scheduled_note: "Until then your account works as before.",
    cancel: "Keep my account",
    code_title: "Your code for the receipt",
    code_note: "Write it down or keep a picture of it: it is shown only now, and we keep no more \
                than a fingerprint of it.",
    lost_code: "You have lost your code? A new one replaces it; the date stays.",
    new_code: "Show a new code",
    to_receipt: "To the receipt",
    receipt_title: "Receipt of a deletion",
    receipt_lede: "Who has deleted an account can fetch its receipt here, for 30 days.",
    code_label: "Your code",
    code_hint: "32 digits and letters from a to f. Dashes do not matter.",
    show: "Show the receipt",
    unknown: "There is no receipt for this code. It comes a few minutes after the countdown has \
              ended and waits for 30 days.",
    no_code: "This is no code: it must have 32 digits and letters from a to f.",
    waits_until: "This receipt waits here until {time}. Keep it yourself: we do not.",
    says: "What it says",
    signed: "The signed receipt",
    download: "Download the receipt",
    verify_title: "Verify it yourself",
    verify: "Download the receipt and our public key into one folder. With OpenSSL 3 these \
             commands verify the signature without any network:",
    key: "Download the public key",
    proves_title: "What it proves",
    proves: "The signature proves that we have stated this and have not changed it since. It \
             cannot prove that no copy exists anywhere: nothing can.",
};
