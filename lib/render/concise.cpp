// SPDX-License-Identifier: Apache-2.0
#include <corefile/render.hpp>

namespace corefile {

std::string render_concise(const std::vector<Analysis>&, const RenderOptions&) { return {}; }

}  // namespace corefile
