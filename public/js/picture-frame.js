// @ts-check
// Where the pictures of an order are shown.

/** @param {HTMLElement} frame */
function classOf(frame) {
  if (frame.classList.contains("thumb")) return "thumb__image";
  return frame.dataset.picture === "waiting" ? "waiting__image" : "compare__image";
}

/**
 * Shows an image in its frame; with a local copy the image itself is never fetched.
 * @param {HTMLElement} frame
 * @param {import("./order-status.js").Image} image
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
