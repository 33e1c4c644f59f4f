// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// The operations of Sources/Micro that Node has, too, by the same names and with the same inputs.
// node micro.mjs INPUTS [FILTER]: nanoseconds of CPU time per operation, as one JSON object.

import { readFileSync } from "node:fs";

const inputs = JSON.parse(readFileSync(process.argv[2], "utf8"));
const filter = process.argv[3] ?? "";
const pageText = JSON.stringify(inputs.page);
const itemText = JSON.stringify(inputs.item);
const pageBytes = new TextEncoder().encode(pageText);
const itemBytes = new TextEncoder().encode(itemText);
const decoder = new TextDecoder();
const encoder = new TextEncoder();
const { urls, fields } = inputs;
const text = "http://example.com:8080" + inputs.target;
const url = new URL(text);
const headers = new Headers(fields);
const request = new Request(text);
const chunk = new Uint8Array(64).fill(0x61);

// The same forms as Inputs.multipart makes.
const boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
const multipart = (count, fileSize) => {
  const pieces = [];
  for (let i = 0; i < count; i++) {
    pieces.push(`--${boundary}\r\nContent-Disposition: form-data; name="field${i}"\r\n\r\nvalue ${i}\r\n`);
  }
  if (fileSize > 0) {
    pieces.push(`--${boundary}\r\nContent-Disposition: form-data; name="film"; filename="film.mp4"\r\n`);
    pieces.push("Content-Type: video/mp4\r\n\r\n");
    pieces.push(Uint8Array.from({ length: fileSize }, (_, i) => i * 31 + (i >> 8)));
    pieces.push("\r\n");
  }
  pieces.push(`--${boundary}--\r\n`);
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
};
const multipartType = { headers: { "content-type": `multipart/form-data; boundary=${boundary}` } };
const multipartFields = multipart(10, 0);
const multipartUpload = multipart(10, 1 << 20);
const form = new FormData();
for (let i = 0; i < 10; i++) form.append(`field${i}`, `value ${i}`);
const urlencoded = new URLSearchParams(form);

let kept;
const keep = (value) => { kept = value; };

const pulled = (pull) => async (count) => {
  const reader = new ReadableStream({ pull }).getReader();
  for (let i = 0; i < count; i++) keep(await reader.read());
  await reader.cancel();
};

const counted = (count) => new ReadableStream({
  pull(controller) { if (count-- > 0) controller.enqueue(chunk); else controller.close(); },
}, { highWaterMark: 0 });

const each = (operation) => (count) => { for (let i = 0; i < count; i++) keep(operation(i)); };
const eachAwaited = (operation) => async (count) => { for (let i = 0; i < count; i++) keep(await operation(i)); };

const operations = {
  // From and to bytes, as a body is.
  "json/decode 10 KB model": each(() => JSON.parse(decoder.decode(pageBytes))),
  "json/encode 10 KB model": each(() => encoder.encode(JSON.stringify(inputs.page))),
  "json/decode two fields": each(() => JSON.parse(decoder.decode(itemBytes))),
  "json/encode two fields": each(() => encoder.encode(JSON.stringify(inputs.item))),
  "json/read 10 KB model": each(() => JSON.parse(decoder.decode(pageBytes))),
  "json/write 10 KB model": each(() => encoder.encode(JSON.stringify(inputs.page))),
  "json/read two fields": each(() => JSON.parse(decoder.decode(itemBytes))),
  "json/write two fields": each(() => encoder.encode(JSON.stringify(inputs.item))),
  "json/parse 10 KB as a value": each(() => JSON.parse(decoder.decode(pageBytes))),
  "json/serialize 10 KB value": each(() => encoder.encode(JSON.stringify(inputs.page))),
  "url/parse, of 100,000": each((i) => new URL(urls[i % urls.length])),
  "url/canParse, of 100,000": each((i) => URL.canParse(urls[i % urls.length])),
  "url/request target": each(() => new URL(inputs.target, "http://example.com:8080")),
  "url/parse and searchParams.get": each(() => new URL(text).searchParams.get("page")),
  "url/searchParams.get": each(() => url.searchParams.get("page")),
  "url/searchParams.set": each((i) => url.searchParams.set("page", i % 2 == 0 ? "3" : "4")),
  "url/pathname": each(() => url.pathname),
  "headers/append 20": each(() => {
    const made = new Headers();
    for (const [name, value] of fields) made.append(name, value);
    return made;
  }),
  "headers/get, of 20": each(() => headers.get("Sec-Fetch-Site")),
  "headers/set, of 20": each(() => headers.set("Sec-Fetch-Site", "none")),
  "headers/iterate 20": each(() => {
    for (const [name, value] of headers) { keep(name); keep(value); }
  }),
  "request/make": each(() => new Request(text, { headers: { accept: "*/*" } })),
  "request/make and read text": eachAwaited(
    () => new Request(text, { method: "POST", body: "Hello, World!" }).text()),
  "request/make and read JSON": eachAwaited(() => new Request(text, { method: "POST", body: itemText }).json()),
  "request/clone": each(() => request.clone()),
  "response/make from text": each(() => new Response("Hello, World!")),
  "response/make with headers": each(
    () => new Response("Hello, World!", { status: 201, headers: { "cache-control": "no-store", "x-tea": "1" } })),
  "response/make from JSON": each(() => Response.json(inputs.item)),
  "response/make and read text": eachAwaited(() => new Response("Hello, World!").text()),
  "response/make and read bytes of a stream": eachAwaited(() => {
    const stream = new ReadableStream({ start(controller) { controller.enqueue(chunk); controller.close(); } });
    return new Response(stream).arrayBuffer();
  }),
  "form/read urlencoded, 10 fields": eachAwaited(() => new Response(urlencoded).formData()),
  "form/read multipart, 10 fields": eachAwaited(() => new Response(multipartFields, multipartType).formData()),
  "form/read multipart, 1 MiB": eachAwaited(() => new Response(multipartUpload, multipartType).formData()),
  "form/write multipart, 10 fields": eachAwaited(() => new Response(form).arrayBuffer()),
  "blob/make, slice and read": eachAwaited(() => new Blob(["Hello, ", "World!"]).slice(0, 5).text()),
  "streams/read pushed": async (count) => {
    let feed;
    const reader = new ReadableStream({ start(controller) { feed = controller; } }).getReader();
    for (let i = 0; i < count; i++) { feed.enqueue(chunk); keep(await reader.read()); }
    feed.close();
  },
  "streams/read pulled synchronously": pulled((controller) => { controller.enqueue(chunk); }),
  "streams/read pumped": pulled(async (controller) => { controller.enqueue(await chunk); }),
  "streams/for await": async (count) => {
    let left = count;
    const stream = new ReadableStream({
      pull(controller) { if (left-- > 0) controller.enqueue(chunk); else controller.close(); },
    });
    for await (const value of stream) keep(value);
  },
  "streams/tee, both branches": async (count) => {
    const [left, right] = new ReadableStream({ pull(controller) { controller.enqueue(chunk); } }).tee();
    const [leftReader, rightReader] = [left.getReader(), right.getReader()];
    for (let i = 0; i < count; i++) { keep(await leftReader.read()); keep(await rightReader.read()); }
  },
  "streams/read into a buffer": async (count) => {
    const pull = (controller) => { controller.byobRequest.view.fill(0x61); controller.byobRequest.respond(64); };
    const reader = new ReadableStream({ type: "bytes", pull }).getReader({ mode: "byob" });
    let buffer = new Uint8Array(64);
    for (let i = 0; i < count; i++) buffer = (await reader.read(buffer)).value;
    keep(buffer);
    await reader.cancel();
  },
  "streams/identity transform": async (count) => {
    const transform = new TransformStream({}, undefined, { highWaterMark: 2 });
    const [writer, reader] = [transform.writable.getWriter(), transform.readable.getReader()];
    for (let i = 0; i < count; i++) { await writer.write(chunk); keep(await reader.read()); }
    await reader.cancel();
  },
  "streams/pipeTo": (count) => counted(count).pipeTo(new WritableStream({ write: keep })),
  "streams/pipeThrough an identity transform": async (count) => {
    const reader = counted(count).pipeThrough(new TransformStream()).getReader();
    for (let result; !(result = await reader.read()).done;) keep(result.value);
  },
};

const now = () => { const { user, system } = process.cpuUsage(); return (user + system) * 1000; };

const timed = async (operation, count) => {
  const start = now();
  await operation(count);
  return now() - start;
};

const measure = async (operation) => {
  // So many operations that one sample takes some 20 ms; the compiler's turns are over by then.
  let count = 1;
  for (;;) {
    const time = await timed(operation, count);
    if (time > 20e6) { count = Math.max(1, Math.round(count * 20e6 / time)); break; }
    count *= time < 500e3 ? 10 : 2;
  }
  let best = Infinity;
  for (let i = 0; i < 5; i++) best = Math.min(best, (await timed(operation, count)) / count);
  return best;
};

const results = {};
for (const [name, operation] of Object.entries(operations)) {
  if (name.includes(filter)) results[name] = await measure(operation);
}
console.log(JSON.stringify(results));
