// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include <algorithm>
#include <corefile/render.hpp>

#include "log.hpp"
#include "summary.hpp"

namespace corefile::app {

std::string report(const Results& results, const Settings& settings, const Invocation& invocation, bool quiet) {
  RenderOptions options;
  options.colour = settings.colour;
  options.release = settings.options.release;
  if (invocation.columns >= 40) options.width = std::min(options.width, invocation.columns - 10);
  switch (settings.format) {
    case Format::json:
      return tame_json(render_json(results.analyses, options));
    case Format::concise:
      return render_concise(results.analyses, options);
    case Format::full:
      break;
  }
  std::string out = render_full(results.analyses, options);
  if (!quiet) out += summary(results.analyses, settings.options, results.complete);
  return out;
}

}  // namespace corefile::app
