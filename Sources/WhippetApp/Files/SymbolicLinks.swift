// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// What becomes of symbolic links below a folder of files.
public enum SymbolicLinks: Sendable, Hashable {
    /// They are followed where they lead to a place in the same folder, by a relative path.
    case inside
    /// What can be reached through one only is not there.
    case refuse
    /// They are followed wherever they lead: whoever can write to the folder can publish any file.
    case follow
}

/// What becomes of files whose name, or that of one of their folders, begins with a dot.
///
/// `.well-known` is none of them: [RFC 8615](https://www.rfc-editor.org/rfc/rfc8615).
public enum Dotfiles: Sendable, Hashable {
    /// They are not there: 404.
    case ignore
    /// They may not be read: 403.
    case deny
    /// They are like any other.
    case allow
}
