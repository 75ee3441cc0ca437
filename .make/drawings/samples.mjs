// The sample photos by their file names: people who wear plain clothes, and garments that lie alone.
import { BOTTOMS } from "./bottoms.mjs";
import { people } from "./people.mjs";
import { freshSheet } from "./pen.mjs";
import { TOPS } from "./tops.mjs";

function garment([name, draw]) {
  freshSheet();
  return [`garment-${name}`, draw()];
}

/** The drawing of each sample. */
export const samples = () => ({ ...people(), ...Object.fromEntries(Object.entries({ ...TOPS,
  ...BOTTOMS }).map(garment)) });
