// @ts-check
// The status page's times as the visitor's language and zone have them.
import { momentWords } from "./numbers.js";

for (const time of document.querySelectorAll("time")) time.textContent = momentWords(time.dateTime);
