// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*test)(const uint8_t *, size_t));
int LLVMFuzzerTestOneInput(const uint8_t *start, size_t count);

// SwiftPM links an executable so that main is <module>_main, which hides libFuzzer's own main.
#define ENTRY(module)                                                                                                  \
    int module##_main(int count, char **arguments) {                                                                   \
        return LLVMFuzzerRunDriver(&count, &arguments, LLVMFuzzerTestOneInput);                                        \
    }

ENTRY(FuzzRequestHead)
ENTRY(FuzzResponseHead)
ENTRY(FuzzChunked)
ENTRY(FuzzURL)
ENTRY(FuzzURLEncoded)
ENTRY(FuzzMIMEType)
ENTRY(FuzzStructuredFields)
ENTRY(FuzzTextDecoder)
ENTRY(FuzzCompression)
ENTRY(FuzzJSON)
ENTRY(FuzzJSONLines)
ENTRY(FuzzMustache)
ENTRY(FuzzCookies)
ENTRY(FuzzConditions)
ENTRY(FuzzSetCookie)
ENTRY(FuzzMultipart)
ENTRY(FuzzHeaders)
ENTRY(FuzzPaths)
ENTRY(FuzzExpressPaths)
ENTRY(FuzzRules)
ENTRY(FuzzStreams)
ENTRY(FuzzCacheFiles)
