// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "resolve/mended.hpp"
#include "resolve/resolver.hpp"

namespace corefile {

void Resolver::run(Document&& root) {
  budget_ = options_.limits.expanded_words + std::uint64_t{root.token_count()};
  constexpr std::size_t usual = 16;                   // lines
  config_.words.reserve(root.token_count() / 2 + 1);  // most words have a blank behind them
  config_.directives.reserve(std::min<std::size_t>(root.token_count(), usual));
  config_.lines.reserve(std::min<std::size_t>(root.token_count(), usual));
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

bool Resolver::exhausted() {
  if (!over_budget_) refuse(ProblemKind::too_large, "");
  over_budget_ = true;
  return false;
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
  const bool braces = at('{');
  config_.blocks.back().braces = braces;
  const Word opener = current();
  if (!braces) hold();
  const bool closed = directives();
  // At the end of the input the last token is looked at again, so a plugin's own `}` passes for the block's
  // (parse.go, closeCurlyBrace).
  if (braces && !closed && at('}')) config_.implicitly_closed.push_back(config_.place(opener));
  if (braces && !closed && !at('}') && !over_budget_) {
    refuse(ProblemKind::unclosed_brace, config_.place(opener),
           "Syntax error: Unexpected token '" + std::string(current().text) + "', expecting '}'");
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
    Word key = current();
    if (has_variables_) fill(key);
    if (is_import(key.text) && new_line()) {
      import(true);
      if (over_budget_) return false;
      continue;
    }
    if (resolve_detail::lone(key) == '{') {
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
    if (at('}')) return true;
    if (at_import()) {
      import(false);
      continue;
    }
    directive();
  }
  return false;
}

void Resolver::directive() {
  const auto first = static_cast<std::uint32_t>(config_.words.size());
  const Plugin plugin = parse_plugin(add_word().text);
  resolve_detail::Shape shape(config_, first);
  std::uint32_t last = first + 1;
  std::uint32_t nesting = 0;
  Place opener;
  while (next()) {
    Word& word = stream_.current();
    const bool follows = resolve_detail::same_line(config_, config_.words.back(), word);
    const bool known_to_follow = follows && !has_variables_;  // a name's variable is replaced in the Config alone
    const char alone = resolve_detail::lone(word);
    if (alone == '{') {
      if (nesting++ == 0) opener = place();
    } else if (nesting == 0 && new_line(known_to_follow)) {
      hold();
      break;
    } else if (alone == '}' && nesting > 0) {
      --nesting;
    } else if (alone == '}') {
      refuse(ProblemKind::stray_brace, "Unexpected '}' because no matching opening brace");
      hold();  // read on as if it stood on a line of its own
      break;
    } else if (is_import(word.text) && new_line(known_to_follow)) {
      import(false);
      continue;
    }
    const Word& added = add_word();
    shape.see(last++, added, follows);
    if (has_variables_) word.text = added.text;  // parse.go replaces in place, before the next token is read
  }
  if (nesting > 0 && !over_budget_) {
    refuse(ProblemKind::unclosed_brace, opener, "Unexpected EOF");
  }
  detail::ConfigData::Block& block = config_.blocks.back();
  const auto block_index = static_cast<std::uint32_t>(&block - config_.blocks.data());
  config_.directives.push_back(
      {plugin, block_index, first, last, shape.arguments_end(), shape.first_line(), shape.last_line(), shape.properties()});
  block.plugins.add(plugin);
  config_.plugins.add(plugin);
}

Config resolve(Document root, const ResolveOptions& options) { return resolve_detail::resolve_mended(std::move(root), options, {}); }

Config resolve_detail::resolve_mended(Document&& root, const ResolveOptions& options, std::vector<Mend> mends) {
  Config config;
  Resolver(options, std::move(mends), detail::ConfigAccess::data(config)).run(std::move(root));
  return config;
}

}  // namespace corefile
