//! What the product writes by mail, and the pages that a mail leads to.

/// One kind of letter. `{site}` is the product's name, `{contact}` the operator's address.
pub struct LetterText {
    pub(in crate::pages) subject: &'static str,
    /// Paragraphs.
    pub(in crate::pages) lines: &'static [&'static str],
    /// The label of the link; empty when there is none.
    pub(in crate::pages) action: &'static str,
}

/// All letters, their frame, and the waitlist's pages.
pub struct MailText {
    /// `{device}`, `{time}`.
    pub(in crate::pages) new_sign_in: LetterText,
    /// In the place of a device that nothing is known of.
    pub(in crate::pages) unknown_device: &'static str,
    pub(in crate::pages) email_change_confirm: LetterText,
    /// `{time}`.
    pub(in crate::pages) email_changed: LetterText,
    /// `{time}`.
    pub(in crate::pages) deletion_scheduled: LetterText,
    pub(in crate::pages) deletion_done: LetterText,
    /// `{time}`.
    pub(in crate::pages) export_ready: LetterText,
    pub(in crate::pages) waitlist_confirm: LetterText,
    /// The label of an announcement's link.
    pub(in crate::pages) announcement_action: &'static str,
    /// Before the address that the link leads to.
    pub(in crate::pages) or_copy: &'static str,
    /// Who writes.
    pub(in crate::pages) from: &'static str,
    /// Why: the account asks for it; `{link}` leads to the account page.
    pub(in crate::pages) why_account: &'static str,
    /// Why: the account is gone.
    pub(in crate::pages) why_deleted: &'static str,
    /// Why: somebody has entered this address.
    pub(in crate::pages) why_entered: &'static str,
    /// Why: somebody has entered this address for the waitlist; `{link}` takes it off.
    pub(in crate::pages) why_asked: &'static str,
    /// Why: a change concerns everybody with an account; `{link}` leads to the account page.
    pub(in crate::pages) why_announced: &'static str,
    /// Why: on the waitlist; `{link}` ends it.
    pub(in crate::pages) why_waitlist: &'static str,
    /// Why: news by mail are switched on; `{link}` ends them.
    pub(in crate::pages) why_news: &'static str,
    pub(in crate::pages) waitlist: WaitlistPageText,
    pub(in crate::pages) news: NewsPageText,
}

/// The pages that the waitlist's mails lead to.
pub struct WaitlistPageText {
    pub(in crate::pages) confirm_title: &'static str,
    pub(in crate::pages) confirm_detail: &'static str,
    pub(in crate::pages) confirm: &'static str,
    pub(in crate::pages) confirmed_title: &'static str,
    pub(in crate::pages) confirmed_detail: &'static str,
    pub(in crate::pages) leave_title: &'static str,
    pub(in crate::pages) leave_detail: &'static str,
    pub(in crate::pages) leave: &'static str,
    pub(in crate::pages) left_title: &'static str,
    pub(in crate::pages) left_detail: &'static str,
}

/// The page that the link in news leads to.
pub struct NewsPageText {
    pub(in crate::pages) end_title: &'static str,
    pub(in crate::pages) end_detail: &'static str,
    pub(in crate::pages) end: &'static str,
    pub(in crate::pages) ended_title: &'static str,
    pub(in crate::pages) ended_detail: &'static str,
}
