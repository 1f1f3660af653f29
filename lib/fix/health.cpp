// SPDX-License-Identifier: Apache-2.0
#include "fix/health.hpp"

#include <algorithm>
#include <corefile/load.hpp>
#include <corefile/manifest.hpp>
#include <corefile/recover.hpp>
#include <string_view>

namespace corefile::fixing {
namespace {

/// Without the sign and what is blank around it: a fix may move it.
std::string_view comment_text(std::string_view text) {
  const std::size_t begin = text.find_first_not_of("# \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

void add_comments(const Document& document, std::multiset<std::string>& comments) {
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    if (document.kind(i) != TokenKind::comment && document.kind(i) != TokenKind::glued_comment) continue;
    const std::string_view text = comment_text(document.text(i));
    if (!text.empty() && text.find("corefile-lint:") == std::string_view::npos) comments.emplace(text);
  }
}

void add(Health& health, const Source& text, Role role, const Options& options) {
  ResolveOptions resolving;
  resolving.files = options.files;
  resolving.environment = options.environment;
  resolving.limits = options.limits;
  resolving.form = role == Role::custom_override ? Form::directives : Form::corefile;
  const Readings readings = recover(parse(text), resolving);
  for (const Problem& problem : load(readings.meant, options.release, options.plugins, options.files).problems) {
    health.problems.insert(std::to_string(static_cast<int>(problem.kind)) + ' ' + problem.subject + ": " + problem.message);
  }
  for (const Document& document : readings.meant.documents()) add_comments(document, health.comments);
  ++health.corefiles;
}

}  // namespace

Health health(const Source& input, const Options& options) {
  Health health;
  const std::string_view text = input.text();
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    (end > 0 && text[end - 1] == '\r' ? health.crlf : health.lf) = true;
  }
  if (options.kind == InputKind::manifest || (options.kind == InputKind::detect && looks_like_manifest(input.name(), text))) {
    for (const Embedded& embedded : read_corefiles(input)) add(health, embedded.source, options.role.value_or(embedded.role), options);
  } else {
    add(health, input, options.role.value_or(Role::standalone), options);
  }
  return health;
}

bool is_worse(const Health& now, const Health& before) {
  const auto includes = [](const std::multiset<std::string>& all, const std::multiset<std::string>& part) {
    return std::includes(all.begin(), all.end(), part.begin(), part.end());
  };
  const bool mixed = now.lf && now.crlf && !(before.lf && before.crlf);
  return mixed || now.corefiles != before.corefiles || !includes(before.problems, now.problems) || !includes(now.comments, before.comments);
}

}  // namespace corefile::fixing
