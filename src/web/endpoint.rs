//! Everything that answers: one name for each handler.

/// What answers a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// Place an order.
    PlaceOrder,
    /// Read an order.
    ReadOrder,
    /// Listen to an order.
    WatchOrder,
    /// Delete an order.
    DeleteOrder,
    /// Cancel an order.
    CancelOrder,
    /// Report a problem of a picture.
    ReportProblems,
    /// Note something about an order of one's own.
    NoteOrder,
    /// The small picture of an order, for its owner.
    ShowPreview,
    /// Store the small picture of an order.
    PutPreview,
    /// Take an order out of the trash.
    RestoreOrder,
    /// A page of History.
    ReadHistory,
    /// Put a selection into the trash.
    TrashChosen,
    /// Take a selection out of the trash.
    RestoreChosen,
    /// Download the pictures of a selection.
    DownloadChosen,
    /// Delete for good what lies in the trash.
    EmptyTrash,
    /// The page of History.
    HistoryPage,
    /// Note something about an order by a form.
    NoteForm,
    /// Put a selection into the trash by a form.
    TrashForm,
    /// Take a selection out of the trash by a form.
    RestoreForm,
    /// Empty the trash by a form.
    EmptyTrashForm,
    /// The page of an order.
    OrderPage,
    /// Delete an order by a form.
    DeleteForm,
    /// Cancel an order by a form.
    CancelForm,
    /// Report a problem of a picture by a form.
    ReportForm,
    /// A picture behind a signed link.
    Picture,
    /// What the form offers.
    Options,
    /// Who the visitor is and how many tries are left.
    Session,
    /// Begin to sign in.
    SignIn,
    /// Come back from Google.
    SignedIn,
    /// Sign out.
    SignOut,
    /// Read the account.
    ReadAccount,
    /// Change the account.
    ChangeAccount,
    /// List the account's sessions.
    ListSessions,
    /// End one session of the account.
    EndSession,
    /// End every other session of the account.
    EndOtherSessions,
    /// Restrict processing.
    Restrict,
    /// Lift the restriction.
    LiftRestriction,
    /// The account's picture.
    Portrait,
    /// The page of the account.
    AccountPage,
    /// Change the account by a form.
    ChangeAccountForm,
    /// End one session by a form.
    EndSessionForm,
    /// End every other session by a form.
    EndOtherSessionsForm,
    /// Restrict processing by a form.
    RestrictForm,
    /// Lift the restriction by a form.
    LiftRestrictionForm,
    /// The page that a link to a new mail address leads to.
    EmailConfirmation,
    /// Confirm a new mail address.
    ConfirmEmail,
    /// Request an export.
    RequestExport,
    /// Request an export by a form.
    RequestExportForm,
    /// List the exports.
    ListExports,
    /// A part of an export.
    ExportPart,
    /// Whether the account's deletion is scheduled.
    ReadDeletion,
    /// Schedule the account's deletion.
    ScheduleDeletion,
    /// Take the account's deletion back.
    CancelDeletion,
    /// The page of the account's deletion.
    DeletionPage,
    /// Schedule the account's deletion by a form.
    ScheduleDeletionForm,
    /// Take the account's deletion back by a form.
    CancelDeletionForm,
    /// Claim the receipt of a deletion.
    ClaimReceipt,
    /// The key with which receipts are verified.
    ReceiptKey,
    /// The page on which receipts are claimed.
    ReceiptPage,
    /// Claim the receipt of a deletion by a form.
    ClaimReceiptForm,
    /// Join the waitlist.
    JoinWaitlist,
    /// The page that asks whether an address of the waitlist is right.
    WaitlistConfirmation,
    /// Say that it is.
    ConfirmWaitlist,
    /// The page that asks whether somebody wants to leave the waitlist.
    WaitlistUnsubscription,
    /// Leave it.
    LeaveWaitlist,
    /// The page that asks whether somebody wants no more news by mail.
    NewsUnsubscription,
    /// End them.
    EndNews,
    /// Counts, for the operator.
    OperatorOverview,
    /// What an operator did.
    OperatorLog,
    /// Write to the confirmed waitlist and to accounts.
    BeginMailing,
    /// Take a photo that the system shares with the installed site.
    ShareTarget,
    /// The provider's callback.
    Callback,
    /// How the product is.
    Health,
    /// How the service is and was in the last day.
    Status,
}
