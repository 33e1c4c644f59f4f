// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// Runs the checks one after another and reports each to the page's own server.

/** The address of the host under test. */
export const api = new URLSearchParams(location.search).get("api");

const limit = 10_000;
const checks = [];

/** Adds a check: it fails when the function throws, or takes too long. */
export function check(name, run) {
  checks.push({ name, run });
}

// The members of an object in one order, whatever they came in.
function sorted(_, value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Throws unless both are the same as JSON; the order of members does not count. */
export function equal(found, expected) {
  const [left, right] = [JSON.stringify(found, sorted), JSON.stringify(expected, sorted)];
  if (left !== right) throw new Error(`expected ${right}, found ${left}`);
}

/** Throws unless the promise is rejected as `fetch` rejects: with a TypeError. */
export async function refused(promise) {
  const outcome = await promise.then(value => `answered ${value.status ?? value}`, error => error.name);
  equal(outcome, "TypeError");
}

/** Asks the host, with cookies. */
export function ask(path, options = {}) {
  return fetch(api + path, { credentials: "include", ...options });
}

/** The text of an answer. */
export async function text(path, options) {
  return await (await ask(path, options)).text();
}

/** The next message of a frame. */
export function message(frame) {
  return new Promise(resolve => {
    addEventListener("message", function listener(event) {
      if (event.source !== frame.contentWindow) return;
      removeEventListener("message", listener);
      resolve(event.data);
    });
  });
}

/** Adds a frame to the page. */
export function addFrame(attributes) {
  const frame = Object.assign(document.createElement("iframe"), attributes);
  document.body.append(frame);
  return frame;
}

async function report(path, result) {
  await fetch(path, { method: "POST", body: JSON.stringify(result) });
}

function expiry() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no end after ${limit / 1000} s`)), limit);
  });
}

export async function runChecks() {
  for (const { name, run } of checks) {
    let problem = null;
    try {
      await Promise.race([run(), expiry()]);
    } catch (error) {
      problem = String(error);
    }
    await report("/result", { name, problem });
  }
  await report("/done", { count: checks.length });
}
