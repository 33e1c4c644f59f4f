// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// Request and Response: https://fetch.spec.whatwg.org/#request-class, #response-class, #body-mixin
const {
    any, boolean, DOMString, USVString, ByteString, optional, nullable, dictionary, enumeration, integer, HeadersInit,
} = idl;

// MARK: Bodies
/** BodyInit, as a handle of what Swift extracts a body of. */
const BodyInit = (value) => {
    if (idl.isReadableStream(value)) return native.bodyOfStream(idl.readableHandle(value));
    if (idl.isBlob(value)) return native.bodyOfBlob(idl.blobHandle(value));
    if (idl.isBufferSource(value)) return native.bodyOfBytes(idl.copyBytes(value));
    if (idl.isFormData(value)) return native.bodyOfForm(idl.formHandle(value));
    if (idl.isSearchParams(value)) return native.bodyOfParams(idl.paramsHandle(value));
    return native.bodyOfText(USVString(value));
};
const bodies = new WeakMap();
const bodyObject = (object, handle) => {
    const stream = native.messageBody(handle);
    if (stream === null) return null;
    const known = bodies.get(object);
    if (known !== undefined && native.isSameObject(idl.readableHandle(known), stream)) return known;
    const made = idl.createReadable(stream);
    bodies.set(object, made);
    return made;
};
const wrapped = (promise, wrap) => idl.apply(idl.promiseThen, promise, [wrap]);
const bodyMixin = (Interface, handle) => {
    idl.attributes(Interface, (object) => (handle(object), object), {
        body: (object) => bodyObject(object, handle(object)) });
    idl.attributes(Interface, handle, { bodyUsed: native.messageBodyUsed });
    idl.promiseOperations(Interface, handle, {
        arrayBuffer: [native.messageBytes],
        blob: [(message) => wrapped(native.messageBlob(message), (blob) => idl.createBlob(blob))],
        bytes: [(message) => idl.typed(native.messageBytes(message))],
        formData: [(message) => wrapped(native.messageForm(message), (form) => idl.createForm(form))],
        json: [native.messageJSON],
        text: [native.messageText],
    });
};

// MARK: Requests
const RequestInit = dictionary({
    body: nullable((value) => ({ init: BodyInit(value), value })),
    cache: enumeration("RequestCache",
        ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"]),
    credentials: enumeration("RequestCredentials", ["omit", "same-origin", "include"]),
    duplex: enumeration("RequestDuplex", ["half"]),
    headers: HeadersInit,
    integrity: DOMString,
    keepalive: boolean,
    method: ByteString,
    mode: enumeration("RequestMode", ["navigate", "same-origin", "no-cors", "cors"]),
    priority: enumeration("RequestPriority", ["high", "low", "auto"]),
    redirect: enumeration("RequestRedirect", ["follow", "error", "manual"]),
    referrer: USVString,
    referrerPolicy: enumeration("ReferrerPolicy", ["", "no-referrer", "no-referrer-when-downgrade", "same-origin",
        "origin", "strict-origin", "origin-when-cross-origin", "strict-origin-when-cross-origin", "unsafe-url"]),
    signal: nullable((value) => {
        if (!idl.isAbortSignal(value)) throw new TypeError("Request: the signal is not an AbortSignal");
        return idl.signalHandle(value);
    }),
    window: any,
});

const made = {};
let requestHandle;
let createRequest;
let requestParts;
class Request {
    #native;
    #headers;
    #signal;

    static {
        requestHandle = (request) => request.#native;
        createRequest = (handle) => {
            const request = new Request(made);
            request.#native = handle;
            return request;
        };
        requestParts = {
            headers: (request) => (request.#headers ??= idl.createHeaders(native.messageHeaders(request.#native))),
            signal: (request) => (request.#signal ??= idl.createSignal(native.requestSignal(request.#native))),
        };
    }

    constructor(input, init = undefined) {
        if (input === made) return;
        if (arguments.length < 1) throw idl.missingArguments("Request", 1, 0);
        const info = input instanceof Request ? input.#native : USVString(input);
        const options = RequestInit(init);
        if (options.window !== undefined && options.window !== null) {
            throw new TypeError("Request: the window can only be null");
        }
        // The signal of a request must follow its input from the start.
        if (input instanceof Request) requestParts.signal(input);
        this.#native = native.requestCreate(info, { ...options, body: options.body?.init });
        rememberStream(this, this.#native, options.body?.value);
        requestParts.signal(this);
    }
}
/** A stream that a message was made with is its body, the same object. */
const rememberStream = (object, handle, value) => {
    if (idl.isReadableStream(value)) bodies.set(object, value);
};
const requestAttribute = (name) => (handle) => native.requestGet(handle, name);
idl.attributes(Request, requestHandle, {
    ...Object.fromEntries(["method", "url", "referrer", "referrerPolicy", "mode", "credentials", "cache", "redirect",
        "integrity", "keepalive", "duplex"].map((name) => [name, requestAttribute(name)])),
    // These say where a browser's request comes from: there is no browser.
    destination: () => "", isReloadNavigation: () => false, isHistoryNavigation: () => false,
});
idl.attributes(Request, (request) => (requestHandle(request), request), requestParts);
bodyMixin(Request, requestHandle);
idl.operations(Request, requestHandle, {
    clone: [function (handle) {
        requestParts.signal(this);
        const clone = createRequest(native.requestClone(handle));
        requestParts.signal(clone);
        return clone;
    }],
});
idl.expose(Request);

// MARK: Responses
const ResponseInit = dictionary({
    headers: HeadersInit, status: optional(integer(16), 200), statusText: optional(ByteString, ""),
});

let responseHandle;
let createResponse;
let responseParts;
class Response {
    #native;
    #headers;

    static {
        responseHandle = (response) => response.#native;
        createResponse = (handle) => {
            const response = new Response(made);
            response.#native = handle;
            return response;
        };
        responseParts = {
            headers: (response) => (response.#headers ??= idl.createHeaders(native.messageHeaders(response.#native))),
        };
    }

    constructor(body = null, init = undefined) {
        if (body === made) return;
        const content = body === null || body === undefined ? undefined : BodyInit(body);
        const { headers, status, statusText } = ResponseInit(init);
        this.#native = native.responseCreate(content, status, statusText, headers);
        rememberStream(this, this.#native, body);
    }

    static error() { return createResponse(native.responseError()); }

    static json(data, init = undefined) {
        if (arguments.length < 1) throw idl.missingArguments("Response.json", 1, 0);
        const { headers, status, statusText } = ResponseInit(init);
        const text = stringify(data);
        if (text === undefined) throw new TypeError("Response.json: the value can't be written as JSON");
        return createResponse(native.responseJSON(text, status, statusText, headers));
    }

    static redirect(url, status = 302) {
        if (arguments.length < 1) throw idl.missingArguments("Response.redirect", 1, 0);
        return createResponse(native.responseRedirect(USVString(url), integer(16)(status)));
    }
}
const stringify = JSON.stringify;
for (const name of ["error", "json", "redirect"]) Object.defineProperty(Response, name, { enumerable: true });
const responseAttribute = (name) => (handle) => native.responseGet(handle, name);
idl.attributes(Response, responseHandle, Object.fromEntries(
    ["type", "url", "redirected", "status", "ok", "statusText"].map((name) => [name, responseAttribute(name)])));
idl.attributes(Response, (response) => (responseHandle(response), response), responseParts);
bodyMixin(Response, responseHandle);
idl.operations(Response, responseHandle, { clone: [(handle) => createResponse(native.responseClone(handle))] });
idl.expose(Response);

// MARK: fetch, as far as it needs no network: data: URLs and files of the tree.
idl.define("fetch", idl.named("fetch", 1, function (input, init = undefined) {
    try {
        if (arguments.length < 1) throw idl.missingArguments("fetch", 1, 0);
        const request = new Request(input, init);
        if (request.signal.aborted) return idl.promiseReject(request.signal.reason);
        const response = native.fetchResource(requestHandle(request));
        if (response === null) return idl.promiseReject(new TypeError("fetch: there is no network"));
        return idl.promiseResolve(createResponse(response));
    } catch (error) {
        return idl.promiseReject(error);
    }
}));
