// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <corefile/rule.hpp>

#include "base/ascii.hpp"
#include "lint/zones.hpp"
#include "plugins/facts.hpp"

namespace corefile::rules::metadata_never_filled {
namespace {

constexpr std::size_t most_labels = 32;
constexpr std::string_view not_collected = "values are collected where `metadata` stands in the server block";

/// `kubernetes/client-namespace` has two parts or more.
bool is_label(std::string_view text) {
  return text.find('/') != std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_alnum(c) || c == '/' || c == '-' || c == '_'; });
}

/// The label between `open` and `close` at or behind `at`, which is moved behind it.
std::string_view next_label(std::string_view text, std::string_view open, char close, std::size_t& at) {
  const std::size_t begin = text.find(open, at);
  if (begin == std::string_view::npos) {
    at = text.size();
    return {};
  }
  at = begin + open.size();
  const std::size_t end = text.find(close, at);
  if (end == std::string_view::npos) return {};
  const std::string_view label = text.substr(at, end - at);
  return is_label(label) ? label : std::string_view();
}

/// The values of the plugins that have few.
struct Values {
  Plugin plugin;
  std::string_view words;
};
constexpr std::array<Values, 3> values_of{{{Plugin::geoip,
                                            " asn/number asn/org city/name continent/code continent/name country/code "
                                            "country/is_in_european_union country/name latitude longitude "
                                            "postalcode subdivisions/code timezone "},
                                           {Plugin::forward, " upstream "},
                                           {Plugin::view, " name "}}};

/// The values that the plugin has; empty where this may be one of them.
std::string other_values(Plugin plugin, std::string_view value) {
  const auto known = std::find_if(values_of.begin(), values_of.end(), [plugin](const Values& one) { return one.plugin == plugin; });
  if (known == values_of.end() || known->words.find(fmt::format(" {} ", value)) != std::string_view::npos) return {};
  return std::string(known->words.substr(1, known->words.size() - 2));
}

/// Why nothing fills it in; empty if something may.
std::string why_empty(ServerBlock block, std::string_view label) {
  const std::string_view owner = label.substr(0, label.find('/'));
  const Plugin plugin = parse_plugin(owner);
  if (plugin == Plugin::metadata) return "`metadata` collects what other plugins give, and has no value of its own";
  // Plugins of others are asked for by check(): none stands in this block.
  if (!is_stock_plugin(plugin))
    return fmt::format("no plugin of this server block is called `{}`, and values begin with their plugin's name", owner);
  const auto directive = block.find(plugin);
  if (!directive) return fmt::format("`{}` does not stand in this server block", owner);
  if (const std::string others = other_values(plugin, label.substr(owner.size() + 1)); !others.empty())
    return fmt::format("`{}` has no such value; it has: {}", owner, others);
  if (plugin != Plugin::kubernetes || !label.substr(owner.size() + 1).starts_with("client-")) return {};
  const auto pods = directive->properties().find("pods");
  if (pods && !pods->arguments().empty() && (pods->arguments().front().text == "verified" || pods->arguments().front().unknown)) return {};
  return "`kubernetes` knows its clients with `pods verified` alone";
}

void tell(const Word& word, std::string_view label, const std::string& why, std::string_view empty, Report& report) {
  Diagnostic& found = report.at(word, fmt::format("nothing fills in `{}` here", label));
  found.label = std::string(empty);
  found.notes.push_back(why);
  found.help =
      why.starts_with("`kubernetes` knows") ? "write `pods verified` in the block of `kubernetes`, which takes memory for every pod"
      : why.find("has no such value") != std::string::npos ? "write one of these, or leave the value out"
      : why.starts_with("no plugin") ? "write the label of a plugin in this block, as `kubernetes/client-namespace`, or leave the value out"
      : why.starts_with("`metadata` collects")
          ? "name the plugin that gives the value, as in `kubernetes/client-namespace`"
          : fmt::format("put `{}` and `metadata` into this block, or leave the value out", label.substr(0, label.find('/')));
}

void check_word(ServerBlock block, const Word& word, bool view, Report& report) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < word.text.size() && count < most_labels; ++count) {
    const std::string_view label = view ? next_label(word.text, "metadata('", '\'', at) : next_label(word.text, "{/", '}', at);
    if (label.empty() || word.unknown) continue;
    if (view && !block.has(Plugin::metadata)) return tell(word, label, std::string(not_collected), "always empty", report);
    if (const std::string why = why_empty(block, label); !why.empty())
      return tell(word, label, why, view ? "always empty" : "always `-`", report);
  }
}

/// `rewrite edns0 local set CODE {LABEL}`.
void check_rewrite(ServerBlock block, Directive rewrite, Report& report) {
  bool edns = false;
  for (const Word& word : rewrite.words()) {
    edns = edns || word.text == "edns0";
    if (!edns || word.unknown || word.text.size() < 3 || word.text.front() != '{' || word.text.back() != '}') continue;
    const std::string_view label = word.text.substr(1, word.text.size() - 2);
    if (!is_label(label)) continue;
    const std::string why = block.has(Plugin::metadata) ? why_empty(block, label) : std::string(not_collected);
    if (!why.empty()) return tell(word, label, why, "the option is not set", report);
  }
}

/// `{{ .Meta "LABEL" }}` in a line of a `template`.
void check_template(ServerBlock block, Directive directive, Report& report) {
  for (const Property line : directive.properties()) {
    if (line.name() != "answer" && line.name() != "additional" && line.name() != "authority") continue;
    for (const Word& word : line.arguments()) {
      std::size_t at = 0;
      for (std::size_t count = 0; at < word.text.size() && count < most_labels; ++count) {
        const std::string_view label = next_label(word.text, ".Meta \"", '"', at);
        if (label.empty() || word.unknown) continue;
        const std::string why = block.has(Plugin::metadata) ? why_empty(block, label) : std::string(not_collected);
        if (!why.empty()) return tell(word, label, why, "always empty", report);
      }
    }
  }
}

// A block may have thousands of these, and what follows asks the whole block.
bool may_name_a_label(Directive directive) {
  const auto words = directive.words();
  return directive.is(Plugin::view) || std::any_of(words.begin(), words.end(), [](const Word& word) {
           return word.text.find('{') != std::string_view::npos && word.text.find('/') != std::string_view::npos;
         });
}

void check(Directive directive, const Context& context, Report& report) {
  if (!may_name_a_label(directive)) return;
  const ServerBlock block = directive.config->block(directive.block());
  if (!context.load->loads() || block.fragment() || has_foreign_plugin(block) || has_unresolved_import(*directive.config)) return;
  if (directive.is(Plugin::rewrite)) return check_rewrite(block, directive, report);
  if (directive.is(Plugin::template_)) return check_template(block, directive, report);
  if (directive.is(Plugin::log)) {
    // metadata-missing says it.
    if (directive.arguments().size() > 1 && block.has(Plugin::metadata)) check_word(block, directive.arguments().back(), false, report);
    return;
  }
  for (const Property line : directive.properties()) {
    if (line.name() != "expr") continue;
    for (const Word& word : line.arguments()) check_word(block, word, true, report);
  }
}

}  // namespace

extern constinit const Rule rule{.check = check, .directives = {Plugin::log, Plugin::view, Plugin::rewrite, Plugin::template_}};

}  // namespace corefile::rules::metadata_never_filled
