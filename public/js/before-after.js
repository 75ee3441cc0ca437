// @ts-check
// <before-after>: two pictures in one box, and how much of the first covers the second is the visitor's to choose: by a
// native slider (keyboard, touch and screen readers know it), or by a button that shows the first while it is held.
// The box has the shape of the `after` picture; the other is cut to it. `data-held` on the element says that the
// `before` picture is shown whole. css/compare.css does the rest.

const EVENTS = ["pointerdown", "lostpointercapture", "blur", "keydown", "keyup", "click", "contextmenu"];

export class BeforeAfter extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this.#split);
    for (const type of EVENTS) this.#hold.addEventListener(type, this.#press);
    this.#split();
  }

  get #hold() {
    return /** @type {HTMLButtonElement} */ (this.querySelector(".compare__hold"));
  }

  #split = () => {
    const range = /** @type {HTMLInputElement} */ (this.querySelector("input[type=range]"));
    const before = Number(range.value);
    this.style.setProperty("--split", String(before / 100));
    const words = range.dataset.words ?? "";
    range.setAttribute("aria-valuetext", words.replace("{before}", `${before}`).replace("{after}", `${100 - before}`));
  };

  /** @param {boolean} held */
  #show(held) {
    this.toggleAttribute("data-held", held);
    this.#hold.setAttribute("aria-pressed", String(held));
  }

  /** @param {Event} event */
  #press = (event) => {
    if (event instanceof KeyboardEvent) {
      if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      this.#show(event.type === "keydown");
    } else if (event.type === "contextmenu") {
      // A long press of a finger would open it.
      event.preventDefault();
    } else if (event instanceof PointerEvent && event.type === "pointerdown") {
      if (event.button !== 0) return;
      this.#hold.setPointerCapture(event.pointerId);
      this.#show(true);
    } else if (event.type !== "click") this.#show(false);
    // A screen reader presses without holding: then each press turns it over.
    else if (/** @type {MouseEvent} */ (event).detail === 0) this.#show(!this.hasAttribute("data-held"));
  };
}

customElements.define("before-after", BeforeAfter);
