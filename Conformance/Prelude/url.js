// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// URL and URLSearchParams: https://url.spec.whatwg.org/#api
const { USVString, optional, isObject, sequence, sequenceFrom, record, named } = idl;

const pairs = sequence(USVString);
const paramsRecord = record(USVString, USVString);
const paramsInit = (value) => {
    if (!isObject(value)) return USVString(value);
    const method = value[Symbol.iterator];
    if (method === undefined || method === null) return paramsRecord(value);
    return sequenceFrom(value, method, pairs);
};

const made = {};
let createParams;
let paramsHandle;
class URLSearchParams {
    #native;

    static {
        createParams = (handle) => {
            const params = new URLSearchParams(made);
            params.#native = handle;
            return params;
        };
        paramsHandle = (params) => params.#native;
    }

    constructor(init = "") {
        if (init === made) return;
        const value = paramsInit(init);
        this.#native = typeof value === "string" ? native.paramsParse(value) : native.paramsCreate(value);
    }
}
idl.attributes(URLSearchParams, paramsHandle, { size: native.paramsSize });
idl.operations(URLSearchParams, paramsHandle, {
    append: [USVString, USVString, native.paramsAppend],
    delete: [USVString, optional(USVString), native.paramsDelete],
    get: [USVString, native.paramsGet],
    getAll: [USVString, native.paramsGetAll],
    has: [USVString, optional(USVString), native.paramsHas],
    set: [USVString, USVString, native.paramsSet],
    sort: [native.paramsSort],
    toString: [native.paramsToString],
});
idl.iterable(URLSearchParams, paramsHandle, native.paramsPairs);
idl.expose(URLSearchParams);

let urlHandle;
let createURL;
class URL {
    #native;
    #searchParams;

    static {
        urlHandle = (url) => url.#native;
        createURL = (handle) => {
            const url = new URL(made);
            url.#native = handle;
            return url;
        };
        URL.searchParamsOf = (url) => (url.#searchParams ??= createParams(native.urlSearchParams(url.#native)));
    }

    constructor(url, base = undefined) {
        if (url === made) return;
        if (arguments.length < 1) throw idl.missingArguments("URL", 1, 0);
        const input = USVString(url);
        this.#native = native.urlCreate(input, base === undefined ? undefined : USVString(base));
    }

    static parse(url, base = undefined) {
        if (arguments.length < 1) throw idl.missingArguments("URL.parse", 1, 0);
        const input = USVString(url);
        const handle = native.urlParse(input, base === undefined ? undefined : USVString(base));
        return handle === null ? null : createURL(handle);
    }

    static canParse(url, base = undefined) {
        if (arguments.length < 1) throw idl.missingArguments("URL.canParse", 1, 0);
        const input = USVString(url);
        return native.urlCanParse(input, base === undefined ? undefined : USVString(base));
    }
}
const { searchParamsOf } = URL;
delete URL.searchParamsOf;
for (const name of ["parse", "canParse"]) Object.defineProperty(URL, name, { enumerable: true });

const component = (name) => [
    (handle) => native.urlGet(handle, name), USVString, (handle, value) => native.urlSet(handle, name, value),
];
idl.attributes(URL, urlHandle, {
    href: component("href"),
    origin: (handle) => native.urlGet(handle, "origin"),
    protocol: component("protocol"), username: component("username"), password: component("password"),
    host: component("host"), hostname: component("hostname"), port: component("port"),
    pathname: component("pathname"), search: component("search"), hash: component("hash"),
});
idl.attributes(URL, (url) => (urlHandle(url), url), { searchParams: searchParamsOf });
idl.operations(URL, urlHandle, {
    toJSON: [(handle) => native.urlGet(handle, "href")],
    toString: [(handle) => native.urlGet(handle, "href")],
});
idl.expose(URL);
idl.defineProperty(global, "webkitURL", { value: URL, writable: true, configurable: true });

Object.assign(idl, { paramsHandle, isSearchParams: (value) => value instanceof URLSearchParams });
