// @ts-check
// Where the pictures of an order are shown: in their frames, and one at its own size in a dialog, to be scrolled and
// pinched.

/** @param {HTMLElement} frame */
function classOf(frame) {
  if (frame.classList.contains("thumb")) return "thumb__image";
  return frame.dataset.picture === "waiting" ? "waiting__image" : "compare__image";
}

/**
 * Shows an image in its frame; with a local copy the image itself is never fetched.
 * @param {HTMLElement} frame
 * @param {import("../../src/web/openapi.d.ts").Image} image
 * @param {string} alt
 * @param {string} [localUrl]
 */
export function showPicture(frame, image, alt, localUrl) {
  let picture = frame.querySelector("img");
  if (!picture) {
    picture = document.createElement("img");
    picture.className = classOf(frame);
    picture.decoding = "async";
    frame.prepend(picture);
  }
  picture.width = image.width;
  picture.height = image.height;
  picture.alt = alt;
  const url = localUrl ?? image.url;
  // The same link again would load the picture again.
  if (picture.getAttribute("src") !== url) picture.setAttribute("src", url);
}

/**
 * A click beside the picture closes the dialog; its button and Escape do so by themselves.
 * @param {HTMLDialogElement} dialog
 * @param {HTMLImageElement} picture
 */
export function openZoom(dialog, picture) {
  const room = /** @type {HTMLElement} */ (dialog.querySelector("[data-part=zoom_room]"));
  const copy = /** @type {HTMLImageElement} */ (picture.cloneNode());
  copy.className = "zoom__image";
  room.replaceChildren(copy);
  room.onclick = ({ target }) => target === room && dialog.close();
  dialog.onclose = () => room.replaceChildren();
  dialog.showModal();
  room.scrollTo((room.scrollWidth - room.clientWidth) / 2, (room.scrollHeight - room.clientHeight) / 2);
}
