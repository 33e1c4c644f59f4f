// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// URLPattern: https://urlpattern.spec.whatwg.org/#urlpattern-class
const { USVString, boolean, optional, dictionary, isObject } = idl;

const names = ["protocol", "username", "password", "hostname", "port", "pathname", "search", "hash"];
const URLPatternInit = dictionary(Object.fromEntries(
    ["baseURL", "hash", "hostname", "password", "pathname", "port", "protocol", "search", "username"]
        .map((name) => [name, USVString])));
const URLPatternOptions = dictionary({ ignoreCase: optional(boolean, false) });
const URLPatternInput = (value) =>
    (isObject(value) || value === undefined || value === null ? URLPatternInit(value) : USVString(value));

let handle;
class URLPattern {
    #native;

    static { handle = (pattern) => pattern.#native; }

    constructor(input = undefined, second = undefined, third = undefined) {
        const pattern = URLPatternInput(input);
        // The overloads: https://webidl.spec.whatwg.org/#es-overloads
        const hasBase = arguments.length > 2 || (second !== undefined && second !== null && !isObject(second));
        const baseURL = hasBase ? USVString(second) : undefined;
        const { ignoreCase } = URLPatternOptions(hasBase ? third : second);
        this.#native = native.patternCreate(pattern, baseURL, ignoreCase);
    }
}
idl.attributes(URLPattern, handle, {
    ...Object.fromEntries(names.map((name) => [name, (pattern) => native.patternGet(pattern, name)])),
    hasRegExpGroups: native.patternHasRegExpGroups,
});
idl.operations(URLPattern, handle, {
    test: [optional(URLPatternInput, {}), optional(USVString), native.patternTest],
    exec: [optional(URLPatternInput, {}), optional(USVString), (pattern, input, baseURL) => {
        const match = native.patternExec(pattern, input, baseURL);
        if (match === null) return null;
        const result = { inputs: baseURL === undefined ? [input] : [input, baseURL] };
        for (const [index, name] of names.entries()) {
            const [text, groups] = match[index];
            result[name] = { input: text, groups: Object.fromEntries(groups) };
        }
        return result;
    }],
});
idl.expose(URLPattern);
