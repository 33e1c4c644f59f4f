// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

// What a route file needs, under one import.
@_exported public import WhippetApp
@_exported public import WhippetCache
@_exported public import WhippetFetch
@_exported public import WhippetInfra
@_exported public import WhippetJSON
@_exported public import WhippetServer
@_exported public import WhippetStreams
@_exported public import WhippetURL

#if Foundation
@_exported public import WhippetFoundation
#endif
