// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace corefile::app {

/// Threads for `count` pieces of work where the user did not say how many: few pieces are not worth one.
unsigned worthwhile_threads(std::size_t count);

/// Calls `work` for each index below `count`, each once, on up to `threads` threads of which the caller's is one. Which thread takes
/// which index is not known, so results go where their index says. `told` is called now and then, on the caller's thread, with the
/// number of indices begun. Rethrows the first exception of `work`; what was not begun is then left.
void in_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work,
                 const std::function<void(std::size_t)>& told);

}  // namespace corefile::app
