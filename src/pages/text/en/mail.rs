//! What the product writes by mail.

use crate::pages::text::{LetterText, MailText, NewsPageText, WaitlistPageText};

/// What the product writes by mail.
pub(super) const MAIL: MailText = MailText {
    new_sign_in: LetterText {
        subject: "New sign-in to your {site} account",
        lines: &[
            "Somebody signed in to your account with Google on {time}. The device: {device}.",
            "If that was you, there is nothing to do. If not, secure your Google account first, \
             then end that session on your account page.",
        ],
        action: "See where you are signed in",
    },
    unknown_device: "unknown",
    email_change_confirm: LetterText {
        subject: "Confirm your address for {site}",
        lines: &[
            "Somebody, probably you, wants the mails of a {site} account to go to this address. \
             It changes when you press the button on the page behind this link.",
            "If it was not you, do nothing. Then nothing changes.",
        ],
        action: "Look at the change",
    },
    email_changed: LetterText {
        subject: "Your address at {site} was changed",
        lines: &[
            "The mails of your account go to another address since {time}. This is the last one \
             to this address.",
            "If that was not you, secure your Google account, sign in and put it right. If you \
             cannot, write to {contact}.",
        ],
        action: "To your account",
    },
    deletion_scheduled: LetterText {
        subject: "Your {site} account will be deleted",
        lines: &[
            "On {time} everything that belongs to your account will be deleted: pictures, orders, \
             sessions and the account itself. That cannot be undone afterwards.",
            "Until that moment you can cancel it on your account page. If it was not you who \
             asked for it, do that now and secure your Google account.",
            "The code for the receipt was shown when the deletion was asked for. No mail will \
             repeat it.",
        ],
        action: "Cancel the deletion",
    },
    deletion_done: LetterText {
        subject: "Your {site} account is deleted",
        lines: &[
            "Everything that belonged to your account is deleted. Below is the signed receipt. \
             It also says who else still holds copies and until when.",
            "Keep it if you want proof: our copy goes after 30 days. The page behind this link \
             tells how to check the signature without us.",
        ],
        action: "How to check the receipt",
    },
    export_ready: LetterText {
        subject: "Your data from {site} is ready",
        lines: &[
            "Everything that is stored of you can be downloaded until {time}. You need to be \
             signed in for it.",
        ],
        action: "To the download",
    },
    waitlist_confirm: LetterText {
        subject: "Do you want to hear from {site}?",
        lines: &[
            "Somebody, probably you, put this address on our waitlist. We write to it when you \
             press the button on the page behind this link, and not before.",
            "If it was not you, do nothing. In 7 days we have forgotten the address.",
        ],
        action: "Look at the waitlist",
    },
    announcement_action: "Read what changes",
    or_copy: "Or copy this address into your browser:",
    from: "{site} writes this. Questions go to {contact}.",
    why_account: "You get it because it concerns the safety or the data of your account. Such \
                  mails cannot be switched off; which ones can, your account page shows: {link}",
    why_deleted: "You get it because you had an account. It is the last mail: your address is \
                  deleted when it has left.",
    why_entered: "You get it because somebody entered this address on our site. Without you no \
                  other mail follows.",
    why_asked: "You get it because somebody entered this address for our waitlist. Without you no \
                other mail comes. This forgets the address at once: {link}",
    why_announced: "You get it because you have an account and everybody who has one must learn \
                    of this. Such mails cannot be switched off; which ones can, your account page \
                    shows: {link}",
    why_waitlist: "You get it because you confirmed this address for our waitlist. This ends such \
                   mails: {link}",
    why_news: "You get it because news by mail are switched on in your account. This ends them: \
               {link}",
    waitlist: WaitlistPageText {
        confirm_title: "Do you want to hear from us?",
        confirm_detail: "Press the button, and we write to you when there is news. Each mail has \
                         a link that ends this.",
        confirm: "Yes, write to me",
        confirmed_title: "You are on the list",
        confirmed_detail: "We write to you when there is news. Each mail has a link that ends \
                           this.",
        leave_title: "Leave the waitlist?",
        leave_detail: "Press the button, and we delete your address from the waitlist.",
        leave: "Delete my address",
        left_title: "Your address is deleted",
        left_detail: "It is no longer on the waitlist, and no mail will follow.",
    },
    news: NewsPageText {
        end_title: "No more news by mail?",
        end_detail: "Press the button, and we write no more news to the address of your account. \
                     It also leaves the waitlist, if it is on it. You need not sign in.",
        end: "No more news",
        ended_title: "You get no more news",
        ended_detail: "Only mails about the safety and the data of your account still come. On \
                       your account page you can switch news on again.",
    },
};
