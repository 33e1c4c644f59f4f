// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// The routes of the comparison as a function from Request to Response: Deno serves it as it is, Node through node.mjs.

const chunk = new Uint8Array(16 * 1024).fill(120);

const stream = (count) =>
  new ReadableStream({
    pull(controller) {
      if (count-- > 0) controller.enqueue(chunk);
      else controller.close();
    },
  });

const summary = ({ users }) => ({
  users: users.length,
  active: users.filter((user) => user.active).length,
  tags: users.reduce((sum, user) => sum + user.tags.length, 0),
});

async function size(body) {
  let bytes = 0;
  for await (const part of body) bytes += part.length;
  return { bytes };
}

const routes = {
  'GET /': () => new Response('Hello, World!'),
  'GET /static': () => new Response('Hello, World!'),
  'GET /json': () => Response.json({ message: 'Hello, World!', count: 42, ok: true }),
  'GET /stream': () => new Response(stream(100)),
  'GET /download': () => new Response(stream(131072)),
  'POST /users': async (request) => Response.json(summary(await request.json())),
  'POST /upload': async (request) => Response.json(await size(request.body)),
};

/** Answers a request, whose URL is split by hand: `new URL` for each would cost more than the rest. */
export function handler(request) {
  const { method, url } = request;
  const start = url.indexOf('/', 8);
  const mark = url.indexOf('?', start);
  const path = mark < 0 ? url.slice(start) : url.slice(start, mark);
  const route = routes[`${method} ${path}`];
  if (route) return route(request);
  if (method === 'GET' && path.startsWith('/items/')) {
    const q = mark < 0 ? undefined : (new URLSearchParams(url.slice(mark + 1)).get('q') ?? undefined);
    return Response.json({ id: decodeURIComponent(path.slice(7)), q });
  }
  return new Response(null, { status: 404 });
}
