// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0

/// How many blocks of memory the process has asked for since it started; always 0 where that can't be counted.
unsigned long allocation_count(void);
