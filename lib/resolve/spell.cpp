// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <corefile/config.hpp>
#include <corefile/resolve.hpp>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace corefile {
namespace {

/// How CoreDNS's cursor sees two neighbours (caddyfile, Dispenser.NextArg and isNewLine). Behind an import of a snippet, lines may go
/// backwards.
enum class Step : std::uint8_t { same_line, new_line, backwards };

Step step(const Config& config, const Word& before, const Word& word) {
  if (config.place(before).document != config.place(word).document || before.last_line() < word.line) return Step::new_line;
  return before.last_line() == word.line ? Step::same_line : Step::backwards;
}

bool needs_quotes(std::string_view text) {
  if (text.empty() || text.front() == '"') return true;
  // White space is left to the lexer: whatever is beyond ASCII is quoted, which changes nothing.
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte >= 0x80 || c == '#';
  });
}

void spell(std::string& out, std::string_view text) {
  if (!needs_quotes(text)) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '\\';
    out += c;
  }
  out += '"';
}

void spell(std::string& out, const Config& config, Directive directive, std::size_t outer) {
  std::size_t depth = outer;
  const Word* before = nullptr;
  for (const Word& word : directive.words()) {
    if (word.text == "}" && depth > outer) --depth;
    if (before == nullptr || step(config, *before, word) != Step::same_line) {
      if (before != nullptr) out += '\n';
      out.append(4 * depth, ' ');
    } else {
      out += ' ';
    }
    spell(out, word.text);
    if (word.text == "{") ++depth;
    before = &word;
  }
  out += '\n';
}

/// A plugin's words in one block, all its directives' together, as its setup gets them.
using Tokens = std::map<std::string_view, std::vector<const Word*>>;

Tokens tokens_of(ServerBlock block) {
  Tokens tokens;
  for (const Directive directive : block.directives()) {
    for (const Word& word : directive.words()) tokens[directive.name()].push_back(&word);
  }
  return tokens;
}

bool same_word(const Word& a, const Word& b) { return a.text == b.text && a.unknown == b.unknown; }

bool same_tokens(const Config& a, const Tokens& in_a, const Config& b, const Tokens& in_b) {
  return std::equal(in_a.begin(), in_a.end(), in_b.begin(), in_b.end(), [&](const auto& x, const auto& y) {
    if (x.first != y.first || x.second.size() != y.second.size()) return false;
    for (std::size_t i = 0; i < x.second.size(); ++i) {
      if (!same_word(*x.second[i], *y.second[i])) return false;
      if (i > 0 && step(a, *x.second[i - 1], *x.second[i]) != step(b, *y.second[i - 1], *y.second[i])) return false;
    }
    return true;
  });
}

/// A block that is dropped, having no key, counts too: CoreDNS knows its directives or refuses them.
std::vector<ServerBlock> blocks_of(const Config& config) {
  std::vector<ServerBlock> blocks;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) blocks.push_back(config.block(i));
  return blocks;
}

bool same_configuration(const Config& a, const Config& b) {
  const std::vector<ServerBlock> in_a = blocks_of(a);
  const std::vector<ServerBlock> in_b = blocks_of(b);
  return std::equal(in_a.begin(), in_a.end(), in_b.begin(), in_b.end(), [&](ServerBlock x, ServerBlock y) {
    return std::equal(x.keys().begin(), x.keys().end(), y.keys().begin(), y.keys().end(), same_word) &&
           same_tokens(a, tokens_of(x), b, tokens_of(y));
  });
}

}  // namespace

std::optional<std::string> spell_config(const Config& config) {
  const auto missing = [](const Problem& problem) { return problem.kind == ProblemKind::import_unresolved; };
  if (!config.accepted() || std::any_of(config.remarks().begin(), config.remarks().end(), missing)) return {};
  std::string out;
  ResolveOptions options;
  for (const ServerBlock block : blocks_of(config)) {
    const bool fragment = block.fragment();
    if (fragment) options.form = Form::directives;
    for (const Word& key : block.keys()) {
      spell(out, key.text);
      out += ' ';
    }
    if (!fragment) out += "{\n";
    for (const Directive directive : block.directives()) spell(out, config, directive, fragment ? 0 : 1);
    if (!fragment) out += "}\n";
  }
  // Some words cannot be written, such as one with a blank that ends in a `\`, and some lines cannot.
  const Config again = resolve(parse(Source("Corefile", out)), options);
  if (!again.accepted() || !same_configuration(config, again)) return {};
  return out;
}

}  // namespace corefile
