// @ts-check
// A dialog that holds one picture at its own size, to be scrolled and pinched.

/** @param {HTMLDialogElement} dialog */
const roomOf = (dialog) => /** @type {HTMLElement} */ (dialog.querySelector("[data-part=zoom_room]"));

/** Prepares the dialog: its button and a click beside the picture close it; Escape does so by itself.
 * @param {HTMLDialogElement} dialog */
export function prepareZoom(dialog) {
  dialog.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target === roomOf(dialog) || target.closest("[data-part=zoom_close]")) dialog.close();
  });
  dialog.addEventListener("close", () => roomOf(dialog).replaceChildren());
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {HTMLImageElement} picture
 */
export function openZoom(dialog, picture) {
  const room = roomOf(dialog);
  const copy = /** @type {HTMLImageElement} */ (picture.cloneNode());
  copy.className = "zoom__image";
  room.replaceChildren(copy);
  dialog.showModal();
  room.scrollTo((room.scrollWidth - room.clientWidth) / 2, (room.scrollHeight - room.clientHeight) / 2);
}
