// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

import { addFrame, api, ask, check, equal, message, refused, runChecks, text } from "./harness.js";

const json = { "content-type": "application/json" };

check("the page and the host are of different origins", async () => {
  equal(new URL(api).origin === location.origin, false);
  equal(new URL(api).hostname, location.hostname);
});

// MARK: - Cookies

check("a login sets cookies for the other origin's requests", async () => {
  equal((await ask("/login", { method: "POST" })).status, 204);
  equal(await (await ask("/cookies")).json(), { embedded: "yes", session: "7b0e; é", theme: "dark" });
});

check("a script sees the one that is for scripts", async () => {
  equal(document.cookie, "theme=dark");
});

check("without credentials none is sent", async () => {
  equal(await (await ask("/cookies", { credentials: "omit" })).json(), {});
  // The default sends them to the page's own origin only.
  equal(await (await fetch(api + "/cookies")).json(), {});
});

// MARK: - Preflights

check("a PUT with credentials and a header of its own passes its preflight", async () => {
  const response = await ask("/messages/7", {
    method: "PUT", headers: { ...json, "x-trace": "abc" }, body: JSON.stringify({ text: "grüße" }),
  });
  equal(response.status, 201);
  equal(response.type, "cors");
  equal(await response.json(), { text: "grüße", trace: "abc", session: "7b0e; é" });
  equal(response.headers.get("etag"), '"7"');
  equal(response.headers.get("x-request-id")?.length > 0, true);
  // It is on the answer, but nobody said that scripts may read it.
  equal(response.headers.get("date"), null);
});

check("a DELETE is answered with 204", async () => {
  const response = await ask("/messages/7", { method: "DELETE" });
  equal([response.status, await response.text()], [204, ""]);
});

check("QUERY is answered, with a body", async () => {
  const body = JSON.stringify({ text: "tea" });
  equal(await text("/search", { method: "QUERY", headers: json, body }), "found tea");
});

check("HEAD is answered without a body", async () => {
  const response = await ask("/messages/7", { method: "HEAD" });
  equal([response.status, response.headers.get("content-length"), await response.text()], [200, "9", ""]);
});

check("a preflight refuses a method and a header that are not on the lists", async () => {
  equal(await text("/narrow", { method: "PUT", headers: { "x-trace": "1" } }), "put");
  await refused(ask("/narrow", { method: "DELETE" }));
  await refused(ask("/narrow", { headers: { "x-other": "1" } }));
});

check("another site reads and changes nothing, and sends the cookie with SameSite=None only", async () => {
  const stranger = new URL(`stranger.html?api=${encodeURIComponent(api)}`, location.href);
  stranger.hostname = "127.0.0.1";
  const frame = addFrame({ src: stranger.href });
  equal(await message(frame), { read: "TypeError", changed: "TypeError", sent: "opaque" });
  equal(await text("/channels/stranger"), "embedded");
  frame.remove();
});

// MARK: - Errors

check("a 404 can be read", async () => {
  equal((await ask("/nowhere")).status, 404);
  equal((await ask("/nowhere", { method: "PUT", headers: { "x-trace": "1" } })).status, 404);
});

check("a 405 says what is allowed", async () => {
  const response = await ask("/conflict", { method: "POST" });
  equal([response.status, response.headers.get("allow")], [405, "GET, HEAD, OPTIONS"]);
});

check("an error that a handler throws can be read", async () => {
  const response = await ask("/conflict");
  equal(response.status, 409);
  equal((await response.text()).includes("The name is taken."), true);
  equal((await ask("/failure")).status, 500);
});

check("malformed JSON is a 400 that can be read", async () => {
  const response = await ask("/messages/7", { method: "PUT", headers: json, body: "{" });
  equal(response.status, 400);
});

check("a body over the limit is a 413 that can be read", async () => {
  equal(await text("/small", { method: "POST", body: "x".repeat(1024) }), "1024 bytes");
  equal((await ask("/small", { method: "POST", body: "x".repeat(1025) })).status, 413);
  // The answer comes long before the body is sent.
  equal((await ask("/small", { method: "POST", body: new Uint8Array(8_000_000) })).status, 413);
});

// MARK: - Forms and files

check("a file is uploaded in parts", async () => {
  const bytes = new Uint8Array(300_000).map((_, index) => index * 7 + (index >> 8));
  const form = new FormData();
  form.append("note", "two\r\nlines");
  form.append("photo", new File([bytes], 'a "quoted" näme.bin', { type: "application/x-photo" }));
  form.append("empty", new File([], "empty.txt", { type: "text/plain" }));
  const checksum = chunk => chunk.reduce((sum, byte) => (Math.imul(sum, 31) + byte) >>> 0, 0);
  equal(await (await ask("/upload", { method: "POST", body: form })).json(), [
    { name: "note", type: "text/plain", size: 10, checksum: checksum(new TextEncoder().encode("two\r\nlines")) },
    {
      name: "photo", filename: 'a "quoted" näme.bin', type: "application/x-photo", size: 300_000,
      checksum: checksum(bytes),
    },
    { name: "empty", filename: "empty.txt", type: "text/plain", size: 0, checksum: 0 },
  ]);
});

check("both kinds of form are read", async () => {
  const form = new FormData();
  form.append("name", "Ada & Co");
  form.append("note", "é€😀");
  const expected = { name: "Ada & Co", note: "é€😀" };
  equal(await (await ask("/form", { method: "POST", body: form })).json(), expected);
  equal(await (await ask("/form", { method: "POST", body: new URLSearchParams(form) })).json(), expected);
});

check("a form of HTML is posted and redirected to a page with 303", async () => {
  const frame = addFrame({ name: "orders" });
  const form = Object.assign(document.createElement("form"), {
    action: api + "/orders", method: "post", target: "orders",
  });
  form.append(Object.assign(document.createElement("input"), { name: "name", value: "tea" }));
  document.body.append(form);
  const answer = message(frame);
  form.submit();
  equal(await answer, { method: "GET", order: "tea" });
  form.remove();
  frame.remove();
});

check("fetch follows the redirect of a form", async () => {
  const response = await ask("/orders", { method: "POST", body: new URLSearchParams({ name: "milk" }) });
  equal([response.status, response.redirected, response.url], [200, true, api + "/orders/done"]);
  equal((await response.text()).includes('"order":"milk"'), true);
});

check("a form of another origin is refused, what a preflight has allowed is not", async () => {
  const form = new URLSearchParams({ a: "b" });
  equal((await ask("/guarded", { method: "POST", body: form })).status, 403);
  equal((await ask("/guarded", { method: "POST" })).status, 403);
  equal(await text("/guarded", { method: "POST", headers: json, body: "{}" }), "saved");
  equal(await text("/guarded-but-for-a-friend", { method: "POST", body: form }), "saved");
});

check("a form of the host's own page is taken", async () => {
  const frame = addFrame({ src: api + "/guarded/form" });
  equal(await message(frame), "b");
  frame.remove();
});

// MARK: - Streams

const send = (name, body) => ask(`/channels/${name}`, { method: "POST", body });
const finish = name => ask(`/channels/${name}`, { method: "DELETE" });

check("each chunk of a stream is read before the next one exists", async () => {
  await send("steps", "one");
  const response = await ask("/channels/steps");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  equal(await reader.read(), { value: "one", done: false });
  for (const word of ["two", "drei €"]) {
    await send("steps", word);
    equal(await reader.read(), { value: word, done: false });
  }
  await finish("steps");
  equal((await reader.read()).done, true);
  equal(await text("/channels/steps/end"), "finished");
});

check("an EventSource gets its events", async () => {
  await send("events", "event: greeting\ndata: hello\ndata: you\nid: 5\n\n");
  const source = new EventSource(`${api}/channels/events?type=text/event-stream`, { withCredentials: true });
  const event = await new Promise((resolve, reject) => {
    source.addEventListener("greeting", resolve);
    source.onerror = () => reject(new Error("the source has failed"));
  });
  equal([event.data, event.lastEventId], ["hello\nyou", "5"]);
  source.close();
  equal(await text("/channels/events/end"), "cancelled");
});

check("an aborted fetch cancels the stream", async () => {
  await send("left", "one");
  const controller = new AbortController();
  const response = await ask("/channels/left", { signal: controller.signal });
  const reader = response.body.getReader();
  equal((await reader.read()).value.length, 3);
  controller.abort();
  equal(await reader.read().catch(error => error.name), "AbortError");
  equal(await text("/channels/left/end"), "cancelled");
});

check("a reader that cancels ends the stream", async () => {
  await send("enough", "one");
  const response = await ask("/channels/enough");
  const reader = response.body.getReader();
  await reader.read();
  await reader.cancel();
  equal(await text("/channels/enough/end"), "cancelled");
});

check("a stream that fails is an error to its reader, not a short answer", async () => {
  const response = await ask("/broken");
  equal(response.status, 200);
  await refused(response.text());
});

check("an aborted fetch is seen by the handler that has not answered yet", async () => {
  const controller = new AbortController();
  const answer = ask("/waits/patience", { signal: controller.signal }).catch(error => error.name);
  const reader = (await ask("/channels/patience")).body.pipeThrough(new TextDecoderStream()).getReader();
  let seen = (await reader.read()).value;
  controller.abort();
  equal(await answer, "AbortError");
  for (let next = await reader.read(); !next.done; next = await reader.read()) seen += next.value;
  equal(seen, "waiting, aborted");
});

check("packed content is unpacked by the browser", async () => {
  for (const format of ["gzip", "deflate"]) {
    const words = await text(`/compressed/${format}`);
    equal([words.length, words.startsWith("the same words")], [320_000, true]);
  }
});

check("the host packs what is asked for, and events too", async () => {
  const response = await ask("/packed");
  equal([response.headers.get("content-encoding"), (await response.text()).length], ["gzip", 320_000]);
  const source = new EventSource(`${api}/packed/events`);
  const numbers = [];
  await new Promise(resolve => {
    source.onmessage = event => numbers.push(event.data) === 3 && resolve();
  });
  source.close();
  equal(numbers, ["1", "2", "3"]);
});

// MARK: - The browser's cache and connections

check("the browser's cache asks again and takes a 304", async () => {
  for (let round = 0; round < 3; round++) {
    const response = await ask("/cached");
    equal([response.status, await response.text()], [200, "kept by the browser"]);
  }
  equal(await (await ask("/cached-log")).json(), [200, 304, 304]);
});

check("two hundred requests at once are answered, each with its own", async () => {
  const numbers = Array.from({ length: 200 }, (_, index) => index);
  const answers = await Promise.all(numbers.map(number => text(`/messages/${number}`)));
  equal(answers, numbers.map(number => `message ${number}`));
});

check("a logout takes the cookies away", async () => {
  await ask("/logout", { method: "POST" });
  equal(await (await ask("/cookies")).json(), { embedded: "yes" });
  equal(document.cookie, "");
});

// MARK: - The host's restart

/** The next event of the kind that tells a client its place. */
function place(source) {
  return new Promise(resolve => {
    source.addEventListener("place", event => resolve([event.data, event.lastEventId]), { once: true });
  });
}

check("the host hears that an EventSource was closed", async () => {
  const source = new EventSource(`${api}/events/closed`);
  await place(source);
  source.close();
  equal(await text("/channels/closed-left"), "left");
});

// The host forgets everything in it: what needs its memory stands above, what revalidates after a restart below.
check("an EventSource comes back after the host's restart and says what it saw last", async () => {
  const source = new EventSource(`${api}/events/restart`);
  equal(await place(source), ["after none\nön line two", "1"]);
  const next = place(source);
  equal((await fetch("/restart", { method: "POST", body: "{}" })).status, 204);
  equal(await next, ["after 1\nön line two", "2"]);
  equal(source.readyState, EventSource.OPEN);
  source.close();
});

check("an answer that the host keeps is made once, and anew after its tag was invalidated", async () => {
  const kept = async init => {
    const response = await ask("/kept", init);
    return [response.headers.get("x-whippet-cache"), await response.text()];
  };
  equal(await kept({ cache: "no-store" }), ["MISS", "run 1"]);
  equal(await kept({ cache: "no-store" }), ["HIT", "run 1"]);
  // The browser keeps it and asks whether it is still right; the host's 304 brings the fields of now.
  equal(await kept({ cache: "default" }), ["HIT", "run 1"]);
  equal(await kept({ cache: "no-cache" }), ["HIT", "run 1"]);
  equal((await ask("/kept", { method: "POST", body: "now" })).status, 204);
  equal(await kept({ cache: "no-cache" }), ["MISS", "run 2"]);
  equal((await ask("/kept", { method: "POST", body: "stale" })).status, 204);
  equal(await kept({ cache: "no-cache" }), ["STALE", "run 2"]);
  // It is made anew behind that answer.
  let next = await kept({ cache: "no-store" });
  while (next[0] === "STALE") next = await kept({ cache: "no-store" });
  equal(next, ["HIT", "run 3"]);
});

await runChecks();
