// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0
//
// A host on Node's own http for the table `methods`: PORT=3000 node Conformance/Peers/behaviours.mjs
import { createServer } from "node:http";

const text = (body, headers = {}) => ({ body, headers: { "content-type": "text/plain;charset=UTF-8", ...headers } });
const own = (request) => text(request.method, { "x-method": request.method });

const routes = {
    "/m/get": { GET: () => text("get", { "x-h": "1" }) },
    "/m/post": { POST: () => text("post") },
    "/m/many": { GET: () => text("g"), POST: () => text("p"), DELETE: () => text("d") },
    "/m/all": { GET: own, HEAD: own, POST: own, PUT: own, PATCH: own, DELETE: own, OPTIONS: own },
    "/m/options": {
        GET: () => text("get"),
        OPTIONS: () => text("custom options", { "access-control-allow-origin": "*", allow: "GET" }),
    },
    "/m/headonly": { HEAD: () => ({ body: "", headers: { "x-from": "head" } }) },
    "/m/none": {},
    "/m/putpatch": { PUT: () => text("put"), PATCH: () => text("patch") },
    "/m/delbody": {
        DELETE: (_, body) => ({
            body: JSON.stringify({ got: JSON.parse(body) }),
            headers: { "content-type": "application/json" },
        }),
    },
    "/m/custom": { QUERY: () => text("queried"), PURGE: () => text("purged") },
};

function allowed(route) {
    const methods = new Set([...Object.keys(route), "OPTIONS"]);
    if (methods.has("GET")) methods.add("HEAD");
    return [...methods].sort().join(", ");
}

const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
        const route = routes[new URL(request.url, "http://localhost").pathname];
        if (!route) return response.writeHead(404).end();
        const handler = route[request.method] ?? (request.method === "HEAD" ? route.GET : undefined);
        if (!handler) {
            return response.writeHead(request.method === "OPTIONS" ? 204 : 405, { allow: allowed(route) }).end();
        }
        const { body, headers } = handler(request, Buffer.concat(chunks).toString());
        response.writeHead(200, { "content-length": Buffer.byteLength(body), ...headers });
        response.end(request.method === "HEAD" ? undefined : body);
    });
});
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? "127.0.0.1");
