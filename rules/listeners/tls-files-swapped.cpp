// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

#include "certificate_files.hpp"

namespace corefile::rules::tls_files_swapped {
namespace {

void check(Directive tls, const Context& context, Report& report) {
  const std::span<const Word> files = tls.arguments();
  if (files.size() < 2 || files[0].unknown || files[1].unknown || !context.load->loads()) return;
  const std::string_view first = files[0].text, second = files[1].text;
  if (!is_key_file(first) || is_key_file(second) || !is_certificate_file(second)) return;
  Diagnostic& found = report.at(files.first(2), fmt::format("the certificate comes first, and `{}` is a key by its name", first));
  found.label = "key, certificate";
  found.notes.push_back("CoreDNS refuses them: failed to find certificate PEM data in certificate input, but did find a private key");
  found.help = fmt::format("write `{} {}`", second, first);
  const Config& config = *tls.config;
  found.fixes.push_back({"name the certificate first",
                         Safety::unsafe,
                         {{config.place(files[0]), std::string(second)}, {config.place(files[1]), std::string(first)}}});
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::tls}, .fixes = Fixes::always};

}  // namespace corefile::rules::tls_files_swapped
