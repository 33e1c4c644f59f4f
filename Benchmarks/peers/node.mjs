// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// A Fetch-style handler on node:http, as the adapters of frameworks do it: objects that look like Request and Response
// and make the real thing only when somebody asks for more than the usual.

import { createServer } from 'node:http';
import { Readable } from 'node:stream';

class LightResponse {
  constructor(body = null, init = undefined) {
    this.content = body;
    this.status = init?.status ?? 200;
    this.type = init?.type ?? (typeof body === 'string' ? 'text/plain;charset=UTF-8' : null);
  }

  static json(value) {
    return new LightResponse(JSON.stringify(value), { type: 'application/json' });
  }
}

class LightRequest {
  constructor(incoming) {
    this.incoming = incoming;
  }

  get method() {
    return this.incoming.method;
  }

  get url() {
    return `http://${this.incoming.headers.host}${this.incoming.url}`;
  }

  get body() {
    return this.incoming;
  }

  async json() {
    const parts = [];
    for await (const part of this.incoming) parts.push(part);
    return JSON.parse(parts.length === 1 ? parts[0].toString() : Buffer.concat(parts).toString());
  }
}

globalThis.Response = LightResponse;
const { handler } = await import('./handler.mjs');

function send(response, outgoing) {
  const { content, status, type } = response;
  if (content === null) return outgoing.writeHead(status, { 'content-length': 0 }).end();
  if (typeof content === 'string') {
    return outgoing.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(content) }).end(content);
  }
  outgoing.writeHead(status);
  Readable.fromWeb(content).pipe(outgoing);
}

const server = createServer((incoming, outgoing) => {
  const response = handler(new LightRequest(incoming));
  if (response instanceof Promise) response.then((response) => send(response, outgoing));
  else send(response, outgoing);
});
server.keepAliveTimeout = 600_000;
server.listen(Number(process.env.PORT), '127.0.0.1');
