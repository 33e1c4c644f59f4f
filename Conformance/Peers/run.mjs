// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// Runs the files of the scope in other runtimes: node run.mjs --tree FOLDER [--overlay FOLDER] NAME=COMMAND… > peers.json
// A command is split at spaces, the file's arguments follow it, {page} is the test's address: "Node 20=node --expose-gc",
// "Deno=deno run -A --no-lock --location {page}".
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const values = { tree: undefined, overlay: "" };
const runtimes = [];
const words = process.argv.slice(2);
while (words.length > 0) {
    const word = words.shift();
    if (word === "--tree" || word === "--overlay") values[word.slice(2)] = words.shift();
    else runtimes.push({ name: word.slice(0, word.indexOf("=")), command: word.slice(word.indexOf("=") + 1).split(" ") });
}
const files = fs.readFileSync(path.join(here, "../Scope/files.txt"), "utf8").split("\n").filter(Boolean);

const runOne = (command, file) => new Promise((resolve) => {
    const page = `http://web-platform.test:8000/${file.replace(".js", ".html")}`;
    const options = command.slice(1).map((word) => word.replace("{page}", page));
    const child = spawn(command[0], [...options, path.join(here, "run-one.mjs"), values.tree, values.overlay, file],
        { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, NO_COLOR: "1" } });
    const chunks = [];
    const timer = setTimeout(() => child.kill("SIGKILL"), 30000);
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.on("close", () => {
        clearTimeout(timer);
        const output = Buffer.concat(chunks).toString();
        // Some tests print; the report is the last thing that is written.
        const start = output.lastIndexOf('{"status":');
        try {
            resolve(JSON.parse(output.slice(start)));
        } catch {
            resolve({ status: "crash", tests: [] });
        }
    });
});

const results = {};
for (const { name, command } of runtimes) {
    const queue = [...files];
    const reports = {};
    const worker = async () => {
        for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
            reports[file] = await runOne(command, file);
            process.stderr.write(`\r${name}: ${Object.keys(reports).length}/${files.length}`);
        }
    };
    await Promise.all(Array.from({ length: Math.min(os.availableParallelism(), 4) }, worker));
    process.stderr.write("\n");
    results[name] = reports;
}
fs.writeSync(1, JSON.stringify(results));
