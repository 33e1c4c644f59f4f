// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// Headers: https://fetch.spec.whatwg.org/#headers-class
const { ByteString, isObject, sequence, sequenceFrom, record } = idl;

const pairs = sequence(ByteString);
const headersRecord = record(ByteString, ByteString);

/** HeadersInit: a sequence of sequences or a record, as an array of arrays. */
const HeadersInit = (value) => {
    if (!isObject(value)) throw new TypeError("Headers: the init is neither a sequence nor a record");
    const method = value[Symbol.iterator];
    if (method === undefined || method === null) return headersRecord(value);
    return sequenceFrom(value, method, pairs);
};

let create;
let handle;
class Headers {
    #native;

    static {
        create = (native) => {
            const headers = new Headers(made);
            headers.#native = native;
            return headers;
        };
        handle = (headers) => headers.#native;
    }

    constructor(init = undefined) {
        if (init === made) return;
        const list = init === undefined ? [] : HeadersInit(init);
        this.#native = native.headersCreate("none", list);
    }
}
const made = {};

idl.operations(Headers, handle, {
    append: [ByteString, ByteString, native.headersAppend],
    delete: [ByteString, native.headersDelete],
    get: [ByteString, native.headersGet],
    getSetCookie: [native.headersGetSetCookie],
    has: [ByteString, native.headersHas],
    set: [ByteString, ByteString, native.headersSet],
});
idl.iterable(Headers, handle, native.headersPairs);
idl.expose(Headers);

Object.assign(idl, { HeadersInit, createHeaders: create, headersHandle: handle });
