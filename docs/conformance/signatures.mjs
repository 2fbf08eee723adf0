// Checks signatures.json with nothing but what a browser has: `node docs/conformance/signatures.mjs`.
// It is also the shortest description of what an app in JavaScript has to do before it pushes.
import { readFileSync } from "node:fs";
import { webcrypto as crypto } from "node:crypto";

const vectors = JSON.parse(readFileSync(new URL("signatures.json", import.meta.url), "utf8"));
const ALGORITHMS = {
  p256: [{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }],
  ed25519: [{ name: "Ed25519" }, { name: "Ed25519" }],
};

// RFC 8785 for integers and ASCII keys: sorted keys, no white space, JSON.stringify's own escapes.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") {
    if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError(`${value} is no safe integer`);
    return JSON.stringify(value);
  }
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

const text = (string) => new TextEncoder().encode(string);
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const join = (...parts) => new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const itemHash = ({ sig, ...item }) => sha256(text(canonical(item)));
const itemMessage = (hash) => join(text("gridgov-item-v1\0"), hash);
const pushMessage = (batch, hashes) => join(text("gridgov-push-v1\0"), Buffer.from(batch.replaceAll("-", ""), "hex"), ...hashes);

async function verifies(name, message, signature) {
  const [of, how] = ALGORITHMS[name];
  const key = await crypto.subtle.importKey("spki", Buffer.from(vectors.keys[name], "base64"), of, false, ["verify"]);
  return crypto.subtle.verify(how, key, Buffer.from(signature, "base64"), message);
}

let failed = 0;
function check(what, holds) {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}`);
  failed += holds ? 0 : 1;
}

const hashes = [];
for (const [number, vector] of vectors.items.entries()) {
  const hash = await itemHash(vector.item);
  hashes.push(hash);
  const { sig, ...unsigned } = vector.item;
  check(`item ${number + 1}: canonical JSON`, canonical(unsigned) === vector.canonical);
  check(`item ${number + 1}: hash`, hex(hash) === vector.sha256);
  check(`item ${number + 1}: message`, hex(itemMessage(hash)) === vector.message);
  for (const [name, signature] of Object.entries(vector.signatures)) {
    check(`item ${number + 1}: ${name} signature`, await verifies(name, itemMessage(hash), signature));
  }
}
const whole = pushMessage(vectors.batch_id, hashes);
check("push: message", hex(whole) === vectors.push.message);
for (const [name, signature] of Object.entries(vectors.push.signatures)) {
  check(`push: ${name} signature`, await verifies(name, whole, signature));
  check(`push: ${name} refuses a flipped byte`, !(await verifies(name, join(whole.subarray(0, -1), [whole.at(-1) ^ 1]), signature)));
}
process.exitCode = failed ? 1 : 0;
