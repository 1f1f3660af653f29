// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

namespace corefile::rules::path_not_expanded {
namespace {

void tell(const Word& word, bool url, Report& report) {
  Diagnostic& found = report.at(word, url ? fmt::format("`{}` is taken for the name of a file, and not fetched", word.text)
                                          : fmt::format("`{}` begins with a folder called `~`", word.text));
  found.label = url ? "a path" : "not the home folder";
  found.notes.push_back(url ? "CoreDNS reads files of its own machine alone"
                            : "a shell makes the home folder of `~`; CoreDNS takes paths as they stand, from the folder it was started in");
  found.help = url ? "write it to a file by other means, and name that" : "write the path from `/` on";
}

void check(Directive directive, const Context& context, Report& report) {
  if (!context.load->loads()) return;
  for (const Word& word : directive.words()) {
    if (word.bare == 0 && word.unknown == 0 && word.text.starts_with("~/")) return tell(word, false, report);
  }
  if (!directive.is(Plugin::file) && !directive.is(Plugin::hosts)) return;
  const auto words = directive.arguments();
  if (words.empty() || words.front().unknown != 0) return;
  if (words.front().text.starts_with("http://") || words.front().text.starts_with("https://")) tell(words.front(), true, report);
}

}  // namespace

extern constinit const Rule rule{.check = check,
                                 .directives = {Plugin::file, Plugin::auto_, Plugin::hosts, Plugin::kubernetes, Plugin::tls, Plugin::dnssec,
                                                Plugin::sign, Plugin::root, Plugin::geoip, Plugin::tsig}};

}  // namespace corefile::rules::path_not_expanded
