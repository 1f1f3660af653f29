// SPDX-License-Identifier: Apache-2.0
#include "invariants.hpp"

#include <algorithm>
#include <corefile/corefile.hpp>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "syntax/reading.hpp"

namespace invariants {

using namespace corefile;

namespace {

bool tiled(const Document& document, std::size_t size) {
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    const Span span = document.token(i).span;
    if (span.begin != at || span.end <= span.begin) return false;
    at = span.end;
  }
  return at == size;
}

/// Children lie in their parent, one behind the other.
bool nested(const Document& document) {
  const std::span<const Node> nodes = document.nodes();
  if (nodes.empty() || nodes[0].kind != NodeKind::file || nodes[0].last != document.token_count()) return false;
  for (NodeId id = 0; id < nodes.size(); ++id) {
    std::uint32_t at = nodes[id].first;
    for (NodeId child = nodes[id].first_child; child != no_node; child = nodes[child].next_sibling) {
      if (child <= id || nodes[child].parent != id || nodes[child].first < at || nodes[child].last < nodes[child].first) return false;
      at = nodes[child].last;
    }
    if (at > nodes[id].last) return false;
  }
  return true;
}

bool inside(Span span, std::size_t size) { return span.begin <= span.end && span.end <= size; }

bool faults_in_order(const Document& document) {
  const std::size_t size = document.source().text().size();
  std::uint32_t at = 0;
  for (const Fault& fault : document.faults()) {
    if (!inside(fault.span, size) || !inside(fault.related, size) || fault.span.begin < at) return false;
    at = fault.span.begin;
  }
  return true;
}

/// What was seen while the tokens were read holds for the tree, which is made of them.
bool as_seen(const Document& document) {
  const auto grave = [](const Fault& fault) { return fault.kind == FaultKind::unclosed_quote || fault.kind == FaultKind::too_deep; };
  const bool shallow = std::none_of(document.faults().begin(), document.faults().end(), grave);
  bool lone = true;
  for (std::uint32_t i = 0; i < document.token_count(); ++i) {
    if (is_significant(document.kind(i)) && document.text(i) != "{" && document.text(i).find('{') != std::string_view::npos) lone = false;
  }
  return (shallow || !detail::DocumentAccess::shallow(document)) && (lone || !detail::DocumentAccess::lone_braces(document));
}

bool bare(std::string_view text) {
  const auto is_bare = [](char c) { return ('a' <= c && c <= 'z') || ('-' <= c && c <= '9'); };
  return !text.empty() && text.back() != '.' && std::all_of(text.begin(), text.end(), is_bare);
}

bool places_inside(const Config& config) {
  const auto good = [&config](const Place& place) {
    return place.document < config.documents().size() && inside(place.span, config.documents()[place.document].source().text().size());
  };
  const auto good_word = [&](const Word& word) { return word.expansion < config.expansions().size() && good(config.place(word)); };
  return std::all_of(config.words().begin(), config.words().end(), good_word) &&
         std::all_of(config.refusals().begin(), config.refusals().end(), [&](const Problem& r) { return good(r.place); }) &&
         std::all_of(config.remarks().begin(), config.remarks().end(), [&](const Problem& r) { return good(r.place); }) &&
         std::all_of(config.expansions().begin(), config.expansions().end(), [&](const Expansion& e) { return good(e.import); });
}

/// Views work on whatever resolve gives.
std::size_t walked(const Config& config) {
  std::size_t words = 0;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Directive directive : config.block(i).directives()) {
      words += directive.arguments().size();
      for (const Property property : directive.properties()) words += property.words.size();
    }
  }
  return words;
}

std::string broken_in(const Config& config) {
  if (!places_inside(config)) return "a place lies outside its document";
  if (walked(config) > config.words().size()) return "a word stands in two lines";
  const auto bare_or_not = [](const Word& word) { return word.bare == 0 || bare(word.text); };
  if (!std::all_of(config.words().begin(), config.words().end(), bare_or_not)) return "a word is not as bare as it says";
  return {};
}

/// The built-in rules, asked about everything.
class Everywhere {
 public:
  Everywhere() {
    const auto builtin = Catalogue::builtin().entries();
    rules_.reserve(builtin.size());
    std::vector<Catalogue::Entry> entries;
    for (const Catalogue::Entry& entry : builtin) {
      Rule& rule = rules_.emplace_back(*entry.rule);
      rule.needs = Precondition::none;
      rule.lines = {};
      if (!std::holds_alternative<void (*)(Directive, const Context&, Report&)>(rule.check)) rule.directives = {};
      entries.push_back({entry.name, entry.group, entry.page, &rule});
    }
    catalogue_.emplace(std::move(entries));
  }
  const Catalogue& catalogue() const { return *catalogue_; }

 private:
  std::vector<Rule> rules_;
  std::optional<Catalogue> catalogue_;
};

}  // namespace

std::string unasked(const std::string& text) {
  static const Everywhere everywhere;
  for (const Role role : {Role::cluster, Role::custom_override}) {
    Options options;
    options.role = role;
    const Analysis asked = check(Source("Corefile", text), options);
    const Analysis all = check(Source("Corefile", text), options, everywhere.catalogue());
    const auto same = [](const Diagnostic& a, const Diagnostic& b) { return a.rule == b.rule && a.place == b.place; };
    const auto [left, right] =
        std::mismatch(all.diagnostics.begin(), all.diagnostics.end(), asked.diagnostics.begin(), asked.diagnostics.end(), same);
    if (left != all.diagnostics.end()) return std::string(left->rule);
    if (right != asked.diagnostics.end()) return std::string(right->rule);
  }
  return {};
}

std::string broken(const std::string& text) {
  const Document document = parse(Source("Corefile", text));
  if (!tiled(document, text.size())) return "the tokens do not tile the text";
  if (print(document) != text) return "printing gives another text";
  if (!nested(document)) return "the tree is not well formed";
  if (!faults_in_order(document)) return "the faults are not in order, or outside the text";
  if (!as_seen(document)) return "the tree has more than the tokens promised";
  const Document again = parse(Source("Corefile", print(document)));
  if (print_tree(again) != print_tree(document)) return "the printed text has another tree";
  for (const Form form : {Form::corefile, Form::directives}) {
    ResolveOptions options;
    options.form = form;
    const Readings readings = recover(document, options);
    for (const Config* config : {&readings.meant, &readings.literal()}) {
      if (std::string found = broken_in(*config); !found.empty()) return found;
    }
  }
  return {};
}

}  // namespace invariants
