// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "resolve/mended.hpp"
#include "resolve/resolver.hpp"

namespace corefile {

void Resolver::run(Document root) {
  budget_ = options_.limits.expanded_words + std::uint64_t{root.token_count()};
  constexpr std::size_t usual = 16;                   // lines
  config_.words.reserve(root.token_count() / 2 + 1);  // most words have a blank behind them
  config_.directives.reserve(std::min<std::size_t>(root.nodes().size(), usual));
  config_.lines.reserve(std::min<std::size_t>(root.nodes().size(), usual));
  add(std::move(root));
  config_.expansions.push_back({});
  if (const Source& text = config_.documents[0].source(); text.truncated()) {
    const auto end = static_cast<std::uint32_t>(text.text().size());
    config_.refusals.push_back({ProblemKind::too_large, {0, {end, end}}, {}});
  }
  stream_.push(0, 0);
  if (options_.form == Form::directives) {
    begin_block();
    config_.blocks.back().fragment = true;
    directives();
    end_block();
    while (next()) refuse(ProblemKind::stray_brace, "Unexpected '}' because no matching opening brace");
  } else {
    while (next()) server_block();
  }
}

void Resolver::server_block() {
  begin_block();
  if (!keys()) {
    config_.blocks.back().dropped = config_.blocks.back().first_key == config_.blocks.back().last_key;
    return end_block();
  }
  detail::ConfigData::Block& block = config_.blocks.back();
  if (block.last_key - block.first_key == 1) {
    const std::string_view key = config_.words.back().text;
    if (key.starts_with('(') && key.ends_with(')')) return snippet(key);
  }
  const bool braces = at("{");
  config_.blocks.back().braces = braces;
  const Word opener = *current_;
  if (!braces) held_ = true;
  const bool closed = directives();
  // At the end of the input the last token is looked at again, so a plugin's own `}` passes for the block's
  // (parse.go, closeCurlyBrace).
  if (braces && !closed && at("}")) config_.implicitly_closed.push_back(config_.place(opener));
  if (braces && !closed && !at("}") && !over_budget_) {
    refuse(ProblemKind::unclosed_brace, config_.place(opener),
           "Syntax error: Unexpected token '" + std::string(has_current_ ? current_->text : "") + "', expecting '}'");
  }
  config_.blocks.back().dropped = config_.blocks.back().first_key == config_.blocks.back().last_key;
  end_block();
}

bool Resolver::keys() {
  bool expecting = false;
  Place comma;
  const auto dangling = [&](std::string_view message) {
    if (expecting) refuse(ProblemKind::dangling_comma, comma, std::string(message));
  };
  while (true) {
    Word key;
    if (has_current_) fill(key);
    if (key.text == "import" && has_current_ && new_line()) {
      import(true);
      if (over_budget_) return false;
      continue;
    }
    if (key.text == "{") {
      dangling("Expected another address but had '{' - check for extra comma");
      break;
    }
    if (!key.text.empty()) {
      expecting = key.text.back() == ',';
      if (expecting) {
        key.text.remove_suffix(1);
        comma = config_.place(key);
        if (!key.quoted) comma.span.begin = comma.span.end - 1;
        if (key.span.size() > 1 && !key.quoted) --key.span.end;
      }
      config_.words.push_back(key);
      ++config_.blocks.back().last_key;
    }
    if (!next()) {
      dangling("Unexpected EOF");
      return false;
    }
    if (!expecting && new_line()) break;
  }
  return true;
}

bool Resolver::directives() {
  while (next()) {
    if (at("}")) return true;
    if (at("import")) {
      import(false);
      continue;
    }
    directive();
  }
  return false;
}

void Resolver::directive() {
  const auto first = static_cast<std::uint32_t>(config_.words.size());
  const Plugin plugin = parse_plugin(add_word());
  std::uint32_t nesting = 0;
  Word opener;
  while (next()) {
    const char brace = current_->text.size() == 1 ? current_->text.front() : '\0';
    if (brace == '{') {
      if (nesting++ == 0) opener = *current_;
    } else if (nesting == 0 && new_line()) {
      held_ = true;
      break;
    } else if (brace == '}' && nesting > 0) {
      --nesting;
    } else if (brace == '}') {
      refuse(ProblemKind::stray_brace, "Unexpected '}' because no matching opening brace");
      held_ = true;  // read on as if it stood on a line of its own
      break;
    } else if (at("import") && new_line()) {
      import(false);
      continue;
    }
    const std::string_view text = add_word();
    if (has_variables_) current_->text = text;  // parse.go replaces in place, before it looks at the next token's line
  }
  if (nesting > 0 && !over_budget_) {
    refuse(ProblemKind::unclosed_brace, config_.place(opener), "Unexpected EOF");
  }
  const auto last = static_cast<std::uint32_t>(config_.words.size());
  config_.directives.push_back({plugin, static_cast<std::uint32_t>(config_.blocks.size() - 1), first, last, last, 0, 0, 0});
  resolve_detail::shape(config_);
  config_.blocks.back().plugins.add(plugin);
  config_.plugins.add(plugin);
}

Config resolve(Document root, const ResolveOptions& options) { return resolve_detail::resolve_mended(std::move(root), options, {}); }

Config resolve_detail::resolve_mended(Document root, const ResolveOptions& options, std::vector<Mend> mends) {
  Config config;
  Resolver(options, std::move(mends), detail::ConfigAccess::data(config)).run(std::move(root));
  return config;
}

}  // namespace corefile
