// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// DOMException: https://webidl.spec.whatwg.org/#idl-DOMException
const { DOMString } = idl;

const codes = {
    IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5,
    NoModificationAllowedError: 7, NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10,
    InvalidStateError: 11, SyntaxError: 12, InvalidModificationError: 13, NamespaceError: 14, InvalidAccessError: 15,
    TypeMismatchError: 17, SecurityError: 18, NetworkError: 19, AbortError: 20, URLMismatchError: 21,
    QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25,
};

const states = new WeakMap();
const self = (exception) => {
    const state = states.get(exception);
    if (state === undefined) throw new TypeError("The object is not a DOMException");
    return state;
};
class DOMException {
    constructor(message = undefined, name = undefined) {
        const state = {
            message: message === undefined ? "" : DOMString(message), name: name === undefined ? "Error" : DOMString(name),
        };
        // An error as the language knows it, but its message is an attribute.
        const error = Reflect.construct(Error, [state.message], new.target);
        delete error.message;
        states.set(error, state);
        return error;
    }
}

idl.attributes(DOMException, self, {
    name: ({ name }) => name,
    message: ({ message }) => message,
    code: ({ name }) => codes[name] ?? 0,
});
Object.setPrototypeOf(DOMException.prototype, Error.prototype);
idl.constants(DOMException, {
    INDEX_SIZE_ERR: 1, DOMSTRING_SIZE_ERR: 2, HIERARCHY_REQUEST_ERR: 3, WRONG_DOCUMENT_ERR: 4,
    INVALID_CHARACTER_ERR: 5, NO_DATA_ALLOWED_ERR: 6, NO_MODIFICATION_ALLOWED_ERR: 7, NOT_FOUND_ERR: 8,
    NOT_SUPPORTED_ERR: 9, INUSE_ATTRIBUTE_ERR: 10, INVALID_STATE_ERR: 11, SYNTAX_ERR: 12,
    INVALID_MODIFICATION_ERR: 13, NAMESPACE_ERR: 14, INVALID_ACCESS_ERR: 15, VALIDATION_ERR: 16,
    TYPE_MISMATCH_ERR: 17, SECURITY_ERR: 18, NETWORK_ERR: 19, ABORT_ERR: 20, URL_MISMATCH_ERR: 21,
    QUOTA_EXCEEDED_ERR: 22, TIMEOUT_ERR: 23, INVALID_NODE_TYPE_ERR: 24, DATA_CLONE_ERR: 25,
});
idl.expose(DOMException);
idl.isDOMException = (value) => states.has(value);

for (const constructor of [TypeError, RangeError, SyntaxError, Error, DOMException]) {
    native.rememberErrorConstructor(constructor.name, constructor);
}
