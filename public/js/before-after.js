// @ts-check
// <before-after>: two pictures in one box, and how much of the first covers the second is the visitor's to choose: by a
// native slider (keyboard, touch and screen readers know it), or by a button that shows the first while it is held.
//
//   <before-after class="compare">
//     <div class="compare__stage">
//       <div class="compare__side" data-side="after"><img class="compare__image" width="…" height="…" …></div>
//       <div class="compare__side" data-side="before"><img class="compare__image" width="…" height="…" …></div>
//       <input class="compare__range" type="range" min="0" max="100" value="50"
//         aria-label="…" data-words="{before} percent original, {after} percent result">
//       <span class="compare__handle" aria-hidden="true"></span>
//     </div>
//     <div class="compare__tools">
//       <button class="button compare__hold" type="button" aria-pressed="false">Hold to see the original</button>
//     </div>
//   </before-after>
//
// The box has the shape of the `after` picture; the other is cut to it. `value` is where the slider begins. More
// buttons may stand beside that one. `data-held` on the element says that the `before` picture is shown whole.
// css/compare.css does the rest, and shows two pictures one after the other where no script runs.

/** Keys that press a button. */
const PRESSING_KEYS = [" ", "Enter"];

export class BeforeAfter extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this.#split);
    const hold = this.#hold;
    hold.addEventListener("pointerdown", this.#pointerDown);
    for (const end of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) {
      hold.addEventListener(end, this.#letGo);
    }
    hold.addEventListener("keydown", this.#keyDown);
    hold.addEventListener("keyup", this.#keyUp);
    hold.addEventListener("click", this.#click);
    // A long press of a finger would open a menu.
    hold.addEventListener("contextmenu", this.#prevent);
    this.#split();
  }

  get #range() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[type=range]"));
  }

  get #hold() {
    return /** @type {HTMLButtonElement} */ (this.querySelector(".compare__hold"));
  }

  #split = () => {
    const range = this.#range;
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

  /** @param {PointerEvent} event */
  #pointerDown = (event) => {
    if (event.button !== 0) return;
    this.#hold.setPointerCapture(event.pointerId);
    this.#show(true);
  };

  #letGo = () => this.#show(false);

  /** @param {KeyboardEvent} event */
  #keyDown = (event) => {
    if (!PRESSING_KEYS.includes(event.key)) return;
    event.preventDefault();
    this.#show(true);
  };

  /** @param {KeyboardEvent} event */
  #keyUp = (event) => {
    if (!PRESSING_KEYS.includes(event.key)) return;
    event.preventDefault();
    this.#show(false);
  };

  /** A screen reader presses without holding: then each press turns it over. @param {MouseEvent} event */
  #click = (event) => {
    if (event.detail === 0) this.#show(!this.hasAttribute("data-held"));
  };

  /** @param {Event} event */
  #prevent = (event) => event.preventDefault();
}

customElements.define("before-after", BeforeAfter);
