// @ts-check
// Puts photos in another order by dragging them with a mouse or a pen. A finger scrolls; for it, and for the keyboard,
// there are buttons.

/** A press that moves less is a click. */
const DRAG_PIXELS_MIN = 6;

export class Arranger {
  #field;
  #move;
  /** @type {{tile: Element, x: number, y: number, moving: boolean} | null} */
  #drag = null;
  /** @type {AbortController | null} */
  #listening = null;

  /**
   * @param {HTMLElement} field
   * @param {(from: number, to: number) => void} move
   */
  constructor(field, move) {
    this.#field = field;
    this.#move = move;
  }

  /** @param {HTMLElement} grid */
  start(grid) {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    grid.addEventListener("pointerdown", this.#press, { signal });
    grid.addEventListener("pointermove", this.#pull, { signal });
    for (const end of ["pointerup", "pointercancel"]) grid.addEventListener(end, this.#drop, { signal });
  }

  stop() {
    this.#listening?.abort();
  }

  get #tiles() {
    return Array.from(this.#field.querySelectorAll(".photo__preview"));
  }

  /** @param {PointerEvent} event */
  #press = (event) => {
    const target = /** @type {Element} */ (event.target);
    const tile = target.closest(".photo__preview");
    if (!tile || event.pointerType === "touch" || event.button !== 0 || target.closest("button")) return;
    if (this.#tiles.length > 1) this.#drag = { tile, x: event.clientX, y: event.clientY, moving: false };
  };

  /** @param {PointerEvent} event */
  #pull = (event) => {
    const drag = this.#drag;
    if (!drag) return;
    if (!drag.moving) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < DRAG_PIXELS_MIN) return;
      drag.moving = true;
      drag.tile.toggleAttribute("data-dragged", true);
      // By the grid and not by the tile: a tile that changes its place would lose it.
      /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    }
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest(".photo__preview");
    const [from, to] = [drag.tile, over].map((tile) => this.#tiles.indexOf(/** @type {Element} */ (tile)));
    if (over && from !== to && from >= 0 && to >= 0) this.#move(from, to);
  };

  #drop = () => {
    this.#drag?.tile.removeAttribute("data-dragged");
    this.#drag = null;
  };
}
