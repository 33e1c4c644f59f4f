// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// TextDecoderStream, TextEncoderStream: https://encoding.spec.whatwg.org/#interface-textdecoderstream
// CompressionStream, DecompressionStream: https://compression.spec.whatwg.org/
const { DOMString, boolean, optional, dictionary } = idl;

const TextDecoderOptions = dictionary({ fatal: optional(boolean, false), ignoreBOM: optional(boolean, false) });
const codec = (stream) => ({
    readable: idl.createReadable(native.transformReadable(stream)),
    writable: idl.createWritable(native.transformWritable(stream)),
});
const sideAttributes = (Interface, sides) => idl.attributes(Interface, sides, {
    readable: ({ readable }) => readable, writable: ({ writable }) => writable });

let decoderOf;
let decoderSides;
class TextDecoderStream {
    #decoder;
    #sides;
    static {
        decoderOf = (stream) => stream.#decoder;
        decoderSides = (stream) => stream.#sides;
    }
    constructor(label = "utf-8", options = undefined) {
        const name = DOMString(label);
        const { fatal, ignoreBOM } = TextDecoderOptions(options);
        this.#decoder = native.decoderCreate(name, fatal, ignoreBOM);
        this.#sides = codec(native.decoderTransform(this.#decoder));
    }
}
idl.attributes(TextDecoderStream, decoderOf, {
    encoding: native.decoderEncoding, fatal: native.decoderFatal, ignoreBOM: native.decoderIgnoreBOM,
});
sideAttributes(TextDecoderStream, decoderSides);
idl.expose(TextDecoderStream);

let encoderOf;
let encoderSides;
class TextEncoderStream {
    #encoder = native.encoderCreate();
    #sides = codec(native.encoderTransform());
    static {
        encoderOf = (stream) => stream.#encoder;
        encoderSides = (stream) => stream.#sides;
    }
}
idl.attributes(TextEncoderStream, encoderOf, { encoding: native.encoderEncoding });
sideAttributes(TextEncoderStream, encoderSides);
idl.expose(TextEncoderStream);

const compression = (name, decompresses) => {
    let sides;
    const Interface = { [name]: class {
        #sides;
        static { sides = (stream) => stream.#sides; }
        constructor(format) {
            if (arguments.length < 1) throw idl.missingArguments(name, 1, 0);
            const [readable, writable] = native.compressionStream(DOMString(format), decompresses);
            this.#sides = { readable: idl.createReadable(readable), writable: idl.createWritable(writable) };
        }
    } }[name];
    sideAttributes(Interface, sides);
    idl.expose(Interface);
};
compression("CompressionStream", false);
compression("DecompressionStream", true);
