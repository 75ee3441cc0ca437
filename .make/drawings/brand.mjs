// The mark: a white hanger on deep green. And the card that is shown where somebody shares a link to the site.
const GREEN = "#1f5a45";
const MARK = "M16 14v-1.6a2.6 2.6 0 1 0-2.6-2.6M16 14l10 6.9a1.1 1.1 0 0 1-.6 2H6.6a1.1 1.1 0 0 1-.6-2L16 14Z";
/** The mark's middle lies above that of its square. */
const MIDDLE = 15.1;

const pen = (colour, width = 2) =>
  `fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`;

/** The icon as a file of its own, for the browser's tab and for installing. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="8" fill="${GREEN}"/>
  <path d="${MARK}" ${pen("#fff")}/>
</svg>
`;

/** The icon without rounded corners, for systems that cut it themselves: a maskable one keeps its mark in the safe circle. */
export const squareIcon = (scale) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
  `<rect width="32" height="32" fill="${GREEN}"/><g transform="translate(16 16) scale(${scale}) translate(-16 -${MIDDLE})"><path d="${MARK}" ${pen("#fff")}/></g></svg>`;

const SERIF = "'Iowan Old Style', 'Palatino Linotype', Palatino, P052, 'Noto Serif', Georgia, serif";

/** An inner picture keeps its own names apart from the other's. */
const inner = (svg, prefix, x, y, width, height) => svg
  .replace(/(id="|url\(#)/g, `$1${prefix}`)
  .replace("<svg ", `<svg x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice" `);

/** The card, 1200 by 630: the name, and the example before and after. */
export function card({ before, after }) {
  const [x, y, width, height] = [610, 45, 540, 540];
  const half = width / 2;
  const picture = (svg, prefix, left) => inner(svg, prefix, left, y, half, height);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="#faf8f4"/>` +
    `<clipPath id="frame"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="28"/></clipPath>` +
    `<g clip-path="url(#frame)">${picture(before, "b", x)}${picture(after, "a", x + half)}</g>` +
    `<path d="M${x + half} ${y}v${height}" ${pen("#ffffff", 5)}/><circle cx="${x + half}" cy="${y + height / 2}" r="27" fill="#fff"/>` +
    `<path d="M${x + half - 7} ${y + height / 2 - 9}l-8 9 8 9M${x + half + 7} ${y + height / 2 - 9}l8 9-8 9" ${pen(GREEN, 3.6)}/>` +
    `<g transform="translate(84 196) scale(4.6)"><path d="${MARK}" ${pen(GREEN, 1.9)} transform="translate(-4.5 -6)"/></g>` +
    `<text x="84" y="398" font-family="${SERIF}" font-size="98" font-weight="600" letter-spacing="-2" fill="#2b2620">AnyTryOn</text>` +
    `<path d="M88 440h96" ${pen(GREEN, 6)}/></svg>`;
}
