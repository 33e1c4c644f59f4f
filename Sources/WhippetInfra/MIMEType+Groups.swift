// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// [MIME type groups](https://mimesniff.spec.whatwg.org/#mime-type-groups).
extension MIMEType {
    /// Whether this is an [image MIME type](https://mimesniff.spec.whatwg.org/#image-mime-type).
    package var isImage: Bool { type == "image" }

    /// Whether this is an [audio or video MIME type](https://mimesniff.spec.whatwg.org/#audio-or-video-mime-type).
    package var isAudioOrVideo: Bool { type == "audio" || type == "video" || essence == "application/ogg" }

    /// Whether this is a [font MIME type](https://mimesniff.spec.whatwg.org/#font-mime-type).
    package var isFont: Bool {
        switch essence {
        case "application/font-cff", "application/font-otf", "application/font-sfnt", "application/font-ttf",
            "application/font-woff", "application/vnd.ms-fontobject", "application/vnd.ms-opentype":
            true
        default: type == "font"
        }
    }

    /// Whether this is a [ZIP-based MIME type](https://mimesniff.spec.whatwg.org/#zip-based-mime-type).
    package var isZIPBased: Bool { subtype.hasSuffix("+zip") || essence == "application/zip" }

    /// Whether this is an [archive MIME type](https://mimesniff.spec.whatwg.org/#archive-mime-type).
    package var isArchive: Bool {
        switch essence {
        case "application/x-rar-compressed", "application/zip", "application/x-gzip": true
        default: false
        }
    }

    /// Whether this is an [XML MIME type](https://mimesniff.spec.whatwg.org/#xml-mime-type).
    package var isXML: Bool { subtype.hasSuffix("+xml") || essence == "text/xml" || essence == "application/xml" }

    /// Whether this is an [HTML MIME type](https://mimesniff.spec.whatwg.org/#html-mime-type).
    package var isHTML: Bool { essence == "text/html" }

    /// Whether this is a [scriptable MIME type](https://mimesniff.spec.whatwg.org/#scriptable-mime-type).
    package var isScriptable: Bool { isXML || isHTML || essence == "application/pdf" }

    /// Whether this is a [JavaScript MIME type](https://mimesniff.spec.whatwg.org/#javascript-mime-type).
    package var isJavaScript: Bool {
        switch essence {
        case "application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
            "text/ecmascript", "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2",
            "text/javascript1.3", "text/javascript1.4", "text/javascript1.5", "text/jscript", "text/livescript",
            "text/x-ecmascript", "text/x-javascript":
            true
        default: false
        }
    }

    /// Whether this is a [JSON MIME type](https://mimesniff.spec.whatwg.org/#json-mime-type).
    package var isJSON: Bool { subtype.hasSuffix("+json") || essence == "application/json" || essence == "text/json" }

    /// Implements [minimize a supported MIME type](https://mimesniff.spec.whatwg.org/#minimize-a-supported-mime-type).
    package func minimized(isSupported: (MIMEType) -> Bool) -> String {
        // 1–4.
        if isJavaScript { return "text/javascript" }
        if isJSON { return "application/json" }
        if essence == "image/svg+xml" { return essence }
        if isXML { return "application/xml" }
        // 5–6.
        return isSupported(self) ? essence : ""
    }
}
