// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

extension MIMEType {
    /// The type of files with an extension such as `html`, in any case; nil for one that is not known.
    package static func essence(ofExtension name: String) -> String? {
        // Longer than the longest of the table: no need to make it lower case.
        guard name.utf8.count <= 16 else { return nil }
        return essences[ASCII.lowercased(name)]
    }

    /// The `Content-Type` of a file by its name, `application/octet-stream` if the extension says nothing.
    ///
    /// Text is said to be UTF-8: a file that is not should not be served by its name alone.
    package static func contentType(ofFile name: String) -> String {
        guard let dot = name.utf8.lastIndex(of: 0x2E),
            let essence = essence(ofExtension: String(name[dot...].dropFirst()))
        else { return "application/octet-stream" }
        return essence.hasPrefix("text/") ? essence + ";charset=UTF-8" : essence
    }

    /// What servers send, by the registry of [media types](https://www.iana.org/assignments/media-types) where it names
    /// an extension.
    private static let essences: [String: String] = [
        // Pages
        "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "css": "text/css",
        "js": "text/javascript", "mjs": "text/javascript", "cjs": "text/javascript", "wasm": "application/wasm",
        "json": "application/json", "map": "application/json", "jsonld": "application/ld+json",
        "geojson": "application/geo+json", "webmanifest": "application/manifest+json", "jsonl": "application/jsonl",
        // Text
        "txt": "text/plain", "text": "text/plain", "log": "text/plain", "md": "text/markdown",
        "markdown": "text/markdown", "csv": "text/csv", "tsv": "text/tab-separated-values", "ics": "text/calendar",
        "vcf": "text/vcard", "vtt": "text/vtt", "srt": "application/x-subrip", "yaml": "application/yaml",
        "yml": "application/yaml", "toml": "application/toml",
        // XML
        "xml": "application/xml", "xsl": "application/xslt+xml", "xslt": "application/xslt+xml",
        "rss": "application/rss+xml", "atom": "application/atom+xml", "gpx": "application/gpx+xml",
        "kml": "application/vnd.google-earth.kml+xml", "dtd": "application/xml-dtd",
        // Images
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "avif": "image/avif", "apng": "image/apng", "svg": "image/svg+xml", "ico": "image/x-icon", "bmp": "image/bmp",
        "tif": "image/tiff", "tiff": "image/tiff", "heic": "image/heic", "heif": "image/heif", "jxl": "image/jxl",
        "psd": "image/vnd.adobe.photoshop",
        // Sound and film
        "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "flac": "audio/flac", "wav": "audio/wav",
        "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg", "weba": "audio/webm", "mid": "audio/midi",
        "midi": "audio/midi", "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg",
        "mov": "video/quicktime", "mpeg": "video/mpeg", "mpg": "video/mpeg", "avi": "video/x-msvideo",
        "mkv": "video/matroska", "m3u8": "application/vnd.apple.mpegurl", "mpd": "application/dash+xml",
        "m4s": "video/iso.segment", "ts": "video/mp2t", "3gp": "video/3gpp",
        // Fonts
        "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf", "ttc": "font/collection",
        "eot": "application/vnd.ms-fontobject",
        // Documents
        "pdf": "application/pdf", "ps": "application/postscript", "eps": "application/postscript",
        "rtf": "application/rtf", "epub": "application/epub+zip", "doc": "application/msword",
        "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
        "odp": "application/vnd.oasis.opendocument.presentation",
        // Archives and programs
        "zip": "application/zip", "gz": "application/gzip", "tgz": "application/gzip", "tar": "application/x-tar",
        "bz2": "application/x-bzip2", "xz": "application/x-xz", "zst": "application/zstd",
        "7z": "application/x-7z-compressed",
        "rar": "application/vnd.rar", "jar": "application/java-archive",
        "apk": "application/vnd.android.package-archive",
        "deb": "application/vnd.debian.binary-package", "dmg": "application/x-apple-diskimage",
        "iso": "application/x-iso9660-image", "sh": "application/x-sh", "sqlite": "application/vnd.sqlite3",
        // Models
        "glb": "model/gltf-binary", "gltf": "model/gltf+json", "stl": "model/stl", "obj": "model/obj",
        // Mail and keys
        "eml": "message/rfc822", "pem": "application/x-pem-file", "asc": "application/pgp-signature",
        // What requests are called by
        "urlencoded": "application/x-www-form-urlencoded", "multipart": "multipart/form-data",
        "bin": "application/octet-stream",
    ]
}
