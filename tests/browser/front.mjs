// What stands before the Worker in production: TLS, HTTP/2 and compression. workerd serves none of them by itself, so
// whatever is judged or measured "as a visitor gets it" goes through here.
import { execFileSync } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream";
import zlib from "node:zlib";

// What Cloudflare compresses (its documentation, "Content compression"), as far as this site sends it: these types, of
// answers with these statuses, and brotli before gzip. A stream of events is none of them.
const COMPRESSED_TYPES =
  /^(text\/(html|plain|css|javascript|xml)|application\/(javascript|json|manifest\+json|xml)|image\/svg\+xml)\b/;
const COMPRESSED_STATUSES = [200, 403, 404];
// Smaller ones are sent as they are.
const COMPRESSED_BYTES_MIN = 50;
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 8;

/** Whether answers of this content type are compressed. */
export const isCompressed = (type) => COMPRESSED_TYPES.test(type ?? "");

const HOP_BY_HOP = ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "host"];
const CERTIFICATE_DAYS = 2;

/**
 * A certificate for localhost that nobody trusts, made now and gone with the suite: the paths of its files, and `spki`,
 * the digest of its key by which Chromium can be told to take it.
 */
export function makeCertificate({ after }) {
  const folder = mkdtempSync(join(tmpdir(), "anytryon-tls-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  execFileSync("openssl", [
    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
    "-days", `${CERTIFICATE_DAYS}`, "-keyout", key, "-out", cert,
    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
  ], { stdio: "pipe" });
  const { publicKey } = new X509Certificate(readFileSync(cert));
  const der = publicKey.export({ type: "spki", format: "der" });
  return { key, cert, spki: createHash("sha256").update(der).digest("base64") };
}

/** How Chromium is told to take the certificate for a good one, so that it also caches and runs service workers. */
export const trust = ({ spki }) => [`--ignore-certificate-errors-spki-list=${spki}`];

/** What the request may get its answer in, by Cloudflare's preference. */
function encodingFor({ headers: asked }, { status, headers }) {
  if (!COMPRESSED_STATUSES.includes(status) || headers["content-encoding"]) return null;
  if (!isCompressed(headers["content-type"])) return null;
  if (Number(headers["content-length"] ?? COMPRESSED_BYTES_MIN) < COMPRESSED_BYTES_MIN) return null;
  if (/\bno-transform\b/.test(headers["cache-control"] ?? "")) return null;
  return ["br", "gzip"].find((name) => new RegExp(`\\b${name}\\b`).test(asked["accept-encoding"] ?? "")) ?? null;
}

const ENCODERS = {
  br: () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: () => zlib.createGzip({ level: GZIP_LEVEL }),
};

const passed = (headers) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":") && !HOP_BY_HOP.includes(name)));

function relay(world, agent, change, request, response) {
  const headers = passed(request.headers);
  // Miniflare's front overwrites the header of this name; it takes the client's own under another.
  if (headers["sec-fetch-mode"]) headers["mf-sec-fetch-mode"] = headers["sec-fetch-mode"];
  // The bytes come as they are and are compressed here.
  delete headers["accept-encoding"];
  const inner = http.request(new URL(request.url, world.origin), { method: request.method, headers, agent });
  inner.on("error", () => response.destroy());
  inner.on("response", (got) => {
    const answer = change({ status: got.statusCode, headers: passed(got.headers) }, request);
    const encoding = encodingFor(request, answer);
    if (encoding) {
      answer.headers["content-encoding"] = encoding;
      answer.headers.vary = [answer.headers.vary, "accept-encoding"].filter(Boolean).join(", ");
      delete answer.headers["content-length"];
    }
    response.writeHead(answer.status, answer.headers);
    pipeline([got, ...(encoding ? [ENCODERS[encoding]()] : []), response], () => {});
  });
  response.on("close", () => inner.destroy());
  pipeline(request, inner, () => {});
}

/**
 * Starts one before `world`: where it is (`origin`, and `host` without the scheme) and its `certificate`. `change` may
 * alter the status and the headers of an answer; `stored` may hold answers (`{ status, headers, bytes }` by path) that
 * are given instead of asking the Worker.
 */
export async function startFront({ after }, world, { change = (answer) => answer, stored = new Map() } = {}) {
  const certificate = makeCertificate({ after });
  const agent = new http.Agent({ keepAlive: false });
  const secrets = { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) };
  const server = http2.createSecureServer({ ...secrets, allowHTTP1: true }, (request, response) => {
    const kept = stored.get(request.url);
    if (kept) response.writeHead(kept.status, passed(kept.headers)).end(kept.bytes);
    else relay(world, agent, change, request, response);
  });
  const sessions = new Set();
  server.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", () => {});
  });
  const sockets = new Set();
  server.on("secureConnection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => {
    server.close();
    for (const session of sessions) session.destroy();
    for (const socket of sockets) socket.destroy();
  });
  const host = `localhost:${server.address().port}`;
  return { origin: `https://${host}`, host, certificate };
}
