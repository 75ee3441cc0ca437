// The line drawings of the pages: choices, tips and steps. Each is one file for a template to include.
import { CATEGORIES, FORMATS } from "./line_choices.mjs";
import { STYLES } from "./line_styles.mjs";
import { TIPS } from "./line_tips.mjs";
import { STEPS } from "./line_steps.mjs";

/** The content of each drawing by its name. */
export const LINES = { ...TIPS, ...CATEGORIES, ...STYLES, ...FORMATS, ...STEPS };
