// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "lint/cache.hpp"

namespace corefile::rules::serve_stale_keeps_denials {
namespace {

constexpr Release mended{1, 6, 9};  // plugin/cache/cache.go, set: the negative entry is removed

void check(Directive cache, const Context& context, Report& report) {
  if (context.release >= mended || !context.load->loads()) return;
  const auto stale = cache.properties().find("serve_stale");
  if (!stale) return;
  Diagnostic& found = report.at(stale->words, fmt::format("`serve_stale` keeps saying NXDOMAIN in CoreDNS {}", to_string(context.release)));
  found.label = "denials come first";
  found.notes.push_back(
      "a name that did not exist once is denied as long as somebody asks for it, though the upstream knows it by now: the new answer "
      "lies in the cache behind the old denial");
  found.help = fmt::format("run CoreDNS {} or newer, or remove `serve_stale`", to_string(mended));
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::cache}, .lines = {"serve_stale"}};

}  // namespace corefile::rules::serve_stale_keeps_denials
