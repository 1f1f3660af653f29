// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

namespace corefile::rules::template_env_collision {
namespace {

void check(const Config& config, const Context&, Report& report) {
  for (std::uint32_t index = 0; index < config.documents().size(); ++index) {
    const Document& document = config.document(index);
    if (document.source().text().find('$') == std::string_view::npos || document.source().text().find("{{$") == std::string_view::npos)
      continue;
    for (std::uint32_t i = 0; i < document.token_count(); ++i) {
      if (document.kind(i) != TokenKind::quoted) continue;
      const std::string_view text = document.text(i);
      for (std::size_t at = text.find("{{$"); at != std::string_view::npos; at = text.find("{{$", at + 3)) {
        const std::size_t close = text.find('}', at);
        if (close == std::string_view::npos) break;
        const std::uint32_t begin = document.token(i).span.begin + static_cast<std::uint32_t>(at);
        const std::uint32_t end = document.token(i).span.begin + static_cast<std::uint32_t>(close) + 1;
        const std::string_view reference = text.substr(at + 1, close - at);
        Diagnostic& found =
            report.at(Place{index, {begin + 1, end}}, fmt::format("`{}` is read as an environment variable", shown(reference)));
        found.notes.push_back("CoreDNS replaces it before the template is read, by nothing if the variable is unset");
        found.help = "put a space between `{{` and `$`";
        found.fixes.push_back({"insert a space before `$`", Safety::safe, {{{index, {begin + 2, begin + 2}}, " "}}});
      }
    }
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .needs = Precondition::sign, .fixes = Fixes::always};

}  // namespace corefile::rules::template_env_collision
