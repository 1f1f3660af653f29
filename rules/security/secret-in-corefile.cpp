// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <corefile/rule.hpp>

namespace corefile::rules::secret_in_corefile {
namespace {

struct Secret {
  std::string_view property;
  std::size_t argument;  ///< which one is secret
  std::string_view help;
};

/// Null for a plugin without secrets.
const Secret* secret_of(Plugin plugin) {
  static constexpr Secret tsig{"secret", 1, "name a file with `secrets FILE`"};
  static constexpr Secret route53{"aws_access_key", 1, "leave it to the environment or a role, or name a file with `credentials`"};
  static constexpr Secret etcd{"credentials", 1, "write `{$ETCD_PASSWORD}`, and set the variable from a Secret"};
  static constexpr Secret nomad{"token", 0, "write `{$NOMAD_TOKEN}`, and set the variable from a Secret"};
  static constexpr Secret azure{"secret", 0, "leave it to the environment, or write `{$AZURE_SECRET}`"};
  switch (plugin) {
    case Plugin::tsig:
      return &tsig;
    case Plugin::route53:
      return &route53;
    case Plugin::etcd:
      return &etcd;
    case Plugin::nomad:
      return &nomad;
    case Plugin::azure:
      return &azure;
    default:
      return nullptr;
  }
}

void check(Directive directive, const Context&, Report& report) {
  const Secret* secret = secret_of(directive.plugin());
  if (secret == nullptr) return;
  const auto line = directive.properties().find(secret->property);
  if (!line || line->arguments().size() <= secret->argument) return;
  const Word& word = line->arguments()[secret->argument];
  const Config& config = *directive.config;
  // Out of the environment, or a word that a template fills in.
  if (word.unknown || config.text(config.place(word)).find('{') != std::string_view::npos || word.text.find('<') != std::string_view::npos)
    return;
  Diagnostic& found = report.at(word, fmt::format("a secret of `{}` stands in the text", directive.name()));
  found.label = fmt::format("`{}`", secret->property);
  found.notes.push_back("a Corefile is read by many: a ConfigMap is not a Secret, and files go into repositories and backups");
  found.help = std::string(secret->help);
}

}  // namespace

extern constinit const Rule rule{
    .check = check, .directives = {Plugin::tsig, Plugin::route53, Plugin::etcd, Plugin::nomad, Plugin::azure}, .severity = Severity::info};

}  // namespace corefile::rules::secret_in_corefile
