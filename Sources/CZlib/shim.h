// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

// inflateInit2 is a macro, which Swift does not see.
static inline int soleus_inflate_init(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}
