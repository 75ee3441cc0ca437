// `make operator`: what only the operator may do, over the product's own interface. The key comes from OPERATOR_KEY, the
// site from PUBLIC_ORIGIN; both also from .deploy.env. Everything it does is noted in the operator's log.
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Stop, at, command } from "./step.mjs";

const USAGE = `Say what to do:
  make operator DO=overview                     how many there are of each thing
  make operator DO=log                          what an operator looked at and sent
  make operator DO=mailing FILE=news.txt [TO=both] [ONLY=de]
                                                writes to the confirmed waitlist, with TO=accounts to accounts that want
                                                news, with TO=both to either: the file's first line is the subject, what
                                                follows an empty line the text; ONLY is one language`;

function settings() {
  const file = existsSync(at(".deploy.env")) ? parseEnv(readFileSync(at(".deploy.env"), "utf8")) : {};
  const setting = (name) => process.env[name] || file[name];
  const [origin, key] = [setting("PUBLIC_ORIGIN"), setting("OPERATOR_KEY")];
  if (!origin || !key) throw new Stop("Set PUBLIC_ORIGIN and OPERATOR_KEY, or put them into .deploy.env.");
  return { origin, key };
}

/** The subject and the text of a file. */
export function draft(content, to, language) {
  const [subject, ...rest] = content.replaceAll("\r\n", "\n").trim().split("\n");
  const text = rest.join("\n").trim();
  if (rest[0]?.trim() !== "" || !text) {
    throw new Stop("The file's first line is the subject, then comes an empty line, then the text.");
  }
  return { subject, text, ...(to && { to }), ...(language && { language }) };
}

async function ask(method, path, body) {
  const { origin, key } = settings();
  const headers = { authorization: `Bearer ${key}`, ...(body && { "content-type": "application/json" }) };
  const url = new URL(`/api/operator/${path}`, origin);
  const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body), redirect: "error" });
  const told = await answer.json();
  if (!answer.ok) throw new Stop(`${answer.status}: ${told.detail}`);
  return told;
}

await command(async () => {
  const { DO: what, FILE: file, TO: to, ONLY: language } = process.env;
  if (what === "overview" || what === "log") {
    const told = await ask("GET", what);
    console.table(told.notes ?? told);
  } else if (what === "mailing" && file) {
    const { is_new } = await ask("POST", "mailings", draft(readFileSync(file, "utf8"), to, language));
    console.log(is_new ? "Taken. The mails leave in the next minutes." : "It was sent in the last 31 days: nothing is sent.");
  } else {
    throw new Stop(USAGE);
  }
});
