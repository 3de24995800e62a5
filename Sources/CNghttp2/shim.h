// SPDX-License-Identifier: Apache-2.0
//
// nghttp2, with the few things in a form that costs Swift nothing to look at: kinds of frames as plain numbers.
#pragma once
#include <nghttp2/nghttp2.h>

static inline int vajra_frame_type(const nghttp2_frame *frame) { return frame->hd.type; }
static inline int vajra_frame_ends_stream(const nghttp2_frame *frame) {
    return (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
}
// Bytes of a frame with its nine of header; those of the frames that continue its fields are not told.
static inline size_t vajra_frame_size(const nghttp2_frame *frame) { return frame->hd.length + 9; }
