// @ts-check
// The drawings of the controls that scripts make.

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} name of a drawing in /img/icons.svg */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/img/icons.svg#icon-${name}`);
  drawing.append(use);
  return drawing;
}
