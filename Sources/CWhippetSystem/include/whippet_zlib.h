// Copyright 2026 the Whippet authors
// SPDX-License-Identifier: Apache-2.0
//
// zlib's stream as its ABI has it since version 1.0, so that building takes no header of zlib's. zlib compares the size
// with its own when a stream is set up.
#ifndef WHIPPET_ZLIB_H
#define WHIPPET_ZLIB_H

struct whippet_zlib_stream {
  const unsigned char *next_in;
  unsigned int avail_in;
  unsigned long total_in;
  unsigned char *next_out;
  unsigned int avail_out;
  unsigned long total_out;
  const char *msg;
  void *state;
  void *zalloc;
  void *zfree;
  void *opaque;
  int data_type;
  unsigned long adler;
  unsigned long reserved;
};

#endif
