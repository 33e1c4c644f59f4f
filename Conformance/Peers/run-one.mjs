// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// Runs one test file of the tree in Node or Deno and prints what its tests gave, as Whippet's own runner does.
// Arguments: the tree, the folder with newer data or "", the file.
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

const [tree, overlay, file] = process.argv.slice(2);
const origin = "http://web-platform.test:8000";
const page = `${origin}/${file.replace(".js", ".html")}`;
const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true });

const read = (name) => {
    const base = path.basename(name);
    if (overlay && /^url(pattern)?\/resources\/.*\.json$/.test(name) && fs.existsSync(path.join(overlay, base))) {
        return fs.readFileSync(path.join(overlay, base));
    }
    return fs.readFileSync(path.join(tree, name));
};
const resolve = (name, base) => path.posix.normalize(
    name.startsWith("/") ? name.slice(1) : path.posix.join(path.posix.dirname(base), name));

define("self", globalThis);
define("GLOBAL", { isWindow: () => false, isWorker: () => true, isShadowRealm: () => false });
const url = new URL(page);
// Deno has a location when it is told one: `--location`.
if (globalThis.location === undefined) define("location", {
    href: url.href, origin: url.origin, protocol: url.protocol, host: url.host, hostname: url.hostname, port: url.port,
    pathname: url.pathname, search: "", hash: "", toString: () => url.href,
});
// The page that relative URLs are relative to, where the runtime can be told.
globalThis[Symbol.for("undici.globalOrigin.1")] = url;

// Files of the tree are fetched without a network, all else as the runtime does it.
const { fetch: runtimeFetch, Response: RuntimeResponse, URL: RuntimeURL } = globalThis;
define("fetch", function fetch(input, init) {
    if (typeof input === "string" && init === undefined && !/^[a-z][a-z0-9+.-]*:/i.test(input)) {
        const target = new RuntimeURL(input, page);
        const name = target.pathname.slice(1);
        if (target.origin === origin && !name.endsWith(".py") && fs.existsSync(path.join(tree, name))) {
            const types = { ".json": "application/json", ".txt": "text/plain", ".html": "text/html" };
            const headers = { "content-type": types[path.extname(name)] ?? "application/octet-stream" };
            return Promise.resolve(new RuntimeResponse(read(name), { headers }));
        }
    }
    return Reflect.apply(runtimeFetch, this, arguments);
});

let isReported = false;
const report = (status, tests) => {
    if (isReported) return;
    isReported = true;
    const bytes = Buffer.from(JSON.stringify({ status, tests }));
    for (let start = 0; start < bytes.length;) start += fs.writeSync(1, bytes, start);
    process.exit(0);
};
const text = (value) => (value === null || value === undefined ? null : `${value}`.toWellFormed?.() ?? `${value}`);
const finish = (tests, status) => report(
    status.status === 0 ? "ok" : text(status.message), tests.map((test) => [text(test.name), test.status === 0]));
process.on("uncaughtException", () => {});
process.on("unhandledRejection", () => {});

const run = (name, source) => vm.runInThisContext(source, { filename: name });
run("testharness.js", read("resources/testharness.js").toString());
globalThis.add_completion_callback(finish);
const source = read(file).toString();
const scripts = source.split("\n").map((line) => /^\/\/ META: *script=(.*)$/.exec(line)?.[1].trim()).filter(Boolean);
try {
    for (const script of scripts) {
        const name = resolve(script, file);
        run(name, read(name).toString());
    }
    run(file, source);
} catch (error) {
    globalThis.setup?.({ allow_uncaught_exception: true });
    console.error(error);
}
// When nothing is left to happen, what still waits has timed out.
const end = () => globalThis.timeout?.();
process.on("beforeExit", end);
setTimeout(end, 12000).unref?.();
