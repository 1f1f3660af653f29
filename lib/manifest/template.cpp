// SPDX-License-Identifier: Apache-2.0
#include "manifest/template.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/byte_set.hpp"
#include "manifest/placeholder.hpp"

namespace corefile::manifest_detail {
namespace {

using View = std::string_view;

template <std::size_t N>
bool has_one_of(View text, const std::array<View, N>& words) noexcept {
  return std::any_of(words.begin(), words.end(), [text](View word) { return text.find(word) != View::npos; });
}

constexpr std::array<View, 12> helm_words{".Values", ".Release", ".Chart", ".Capabilities", "include \"", "template \"",
                                          "toYaml",  "nindent",  "tpl ",   ".Files",        "indent ",    "default \""};
constexpr std::array<View, 10> go_words{"if", "range", "with", "end", "else", "define", "block", "/*", "printf", "index"};
constexpr std::array<View, 4> answer_words{"answer", "additional", "authority", "ederror"};

// A line of CoreDNS's plugin template, whose arguments are Go templates.
bool in_answer(View text, std::size_t at) noexcept {
  View line = line_before(text, at);
  line.remove_prefix(std::min(line.find_first_not_of(" \t#"), line.size()));
  return std::any_of(answer_words.begin(), answer_words.end(), [line](View word) {
    return line.starts_with(word) && line.size() > word.size() && ascii::is_blank(line[word.size()]);
  });
}

View inside_braces(View text, std::size_t at) noexcept {
  const std::size_t end = std::min({text.find("}}", at + 2), text.find('\n', at), text.size()});
  View body = text.substr(at + 2, end - std::min(end, at + 2));
  while (!body.empty() && is_one_of(body.front(), "- \t")) body.remove_prefix(1);
  while (!body.empty() && is_one_of(body.back(), "- \t")) body.remove_suffix(1);
  return body;
}

Span span_of(View text, std::size_t at, View end) noexcept {
  const std::size_t line = std::min(text.find('\n', at), text.size());
  const std::size_t found = text.find(end, at + 2);
  const std::size_t to = found == View::npos || found >= line ? line : found + end.size();
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(to)};
}

View language_of(View body) noexcept {
  if (has_one_of(body, helm_words)) return "Helm";
  if (body.starts_with('.') || body.starts_with('$') || body.starts_with('`') || body.find(":=") != View::npos) return "Go";
  const View first = body.substr(0, body.find_first_of(" \t"));
  if (std::find(go_words.begin(), go_words.end(), first) != go_words.end()) return "Go";
  // A call with its argument behind it, which Jinja writes with parentheses.
  const View rest = body.substr(first.size());
  return rest.starts_with(" \"") || rest.starts_with(" .") || rest.starts_with(" $") ? "Go" : "Jinja";
}

std::optional<TemplateWord> double_brace(View text, std::size_t at) noexcept {
  const View body = inside_braces(text, at);
  if (body.empty() || !(is_one_of(body.front(), letters) || is_one_of(body.front(), ".$/\"`("))) return {};
  const View language = language_of(body);
  // In an answer, only what CoreDNS's own data cannot be: `{{ name }}` and Helm's words.
  const bool has_data = body.find(" .") != View::npos || body.find(" $") != View::npos || body.find('(') != View::npos;
  const bool foreign = language == "Helm" || body.front() == '`' || (language == "Jinja" && !has_data);
  if (in_answer(text, at) && !foreign) return {};
  return TemplateWord{language, span_of(text, at, "}}")};
}

// `{%NAME%}` is CoreDNS's own way to an environment variable.
std::optional<TemplateWord> brace_percent(View text, std::size_t at) noexcept {
  const std::size_t name = std::min(text.find_first_not_of(word_characters, at + 2), text.size());
  if (name > at + 2 && text.substr(name).starts_with("%}")) return {};
  if (name == at + 2 && !(name < text.size() && is_one_of(text[name], " -+"))) return {};
  return TemplateWord{"Jinja", span_of(text, at, "%}")};
}

// `<%= name %>`, `<% if … %>`.
std::optional<TemplateWord> angle_percent(View text, std::size_t at) noexcept {
  const std::size_t next = at + 2;
  if (next >= text.size() || !is_one_of(text[next], " =-#\n")) return {};
  return TemplateWord{"ERB", span_of(text, at, "%>")};
}

// `[[ .Name ]]`, as Nomad's packs and Levant write Go templates; an expression of `[[:digit:]]` is none.
std::optional<TemplateWord> double_bracket(View text, std::size_t at) noexcept {
  const std::size_t end = text.find("]]", at + 2);
  if (end == View::npos || text.substr(at, end - at).find('\n') != View::npos) return {};
  View body = text.substr(at + 2, end - at - 2);
  while (!body.empty() && is_one_of(body.front(), "- \t")) body.remove_prefix(1);
  if (body.empty() || !(body.front() == '.' || body.front() == '$' || language_of(body) == "Go")) return {};
  return TemplateWord{"Go", span_of(text, at, "]]")};
}

// `{{#zones}}`, `{{/zones}}`, `{{^zones}}`, `{{>part}}`, `{{{name}}}`.
std::optional<TemplateWord> mustache(View text, std::size_t at) noexcept {
  const std::size_t next = at + 2;
  if (next + 1 >= text.size() || !is_one_of(text[next], "#/^>{&") || !is_one_of(text[next + 1], letters)) return {};
  if (text.find("}}", next) == View::npos || in_answer(text, at)) return {};
  return TemplateWord{"Mustache", span_of(text, at, "}}")};
}

std::optional<TemplateWord> delimited(View text, std::size_t at) noexcept {
  const View two = text.substr(at, 2);
  if (two == "{{") {
    auto found = double_brace(text, at);
    return found ? found : mustache(text, at);
  }
  if (two == "{%") return brace_percent(text, at);
  if (two == "{#") {
    const Span span = span_of(text, at, "#}");
    return text.substr(span.begin, span.size()).ends_with("#}") ? std::optional(TemplateWord{"Jinja", span}) : std::nullopt;
  }
  if (two == "<%") return angle_percent(text, at);
  if (two == "[[") return double_bracket(text, at);
  return {};
}

/// A value that is nothing but `$NAME`.
bool has_dollar_value(View yaml) noexcept {
  constexpr View mark = ": $";
  for (std::size_t at = yaml.find(mark); at != View::npos; at = yaml.find(mark, at + 1)) {
    const std::size_t name = at + mark.size();
    const std::size_t end = std::min(yaml.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789", name), yaml.size());
    if (end > name + 2 && (end == yaml.size() || is_one_of(yaml[end], "\r\n"))) return true;
  }
  return false;
}

/// A word for another program may begin here: its first bytes tell most of those that do not.
bool may_begin(View text, std::size_t at) noexcept {
  const char next = at + 1 < text.size() ? text[at + 1] : '\0';
  switch (text[at]) {
    case '{':
      return next == '{' || next == '%' || next == '#';
    case '[':
      return next == '[';
    case '_':
      return next == '_';
    case '-':
      return next == '-';
    case '#':
      return next != ' ';
    case 'C':
      return next == 'L';
    case 'R':
      return next == 'E';
    case 'U':
      return next == 'P';
    case 'S':
      return next == 'T';
    default:
      return true;
  }
}

}  // namespace

std::optional<TemplateWord> find_template(View text, Held held) {
  static constexpr ByteSet begins("{<[%$_@-#`CRUS");
  std::optional<TemplateWord> doubtful;
  const auto next = [text](std::size_t from) {
    const auto* const found = std::find_if(text.begin() + from, text.end(), [](char c) { return begins.has(c); });
    return static_cast<std::size_t>(found - text.begin());
  };
  for (std::size_t at = next(0); at < text.size(); at = next(at + 1)) {
    if (!may_begin(text, at)) continue;
    const View near = text.substr(0, std::min(text.size(), at + longest_tag));
    std::optional<TemplateWord> found = delimited(near, at);
    if (!found) found = find_placeholder(near, at);
    if (!found) continue;
    const View word = text.substr(found->span.begin, found->span.size());
    const bool known = held.node_local && is_node_cache_word(word);
    const bool weak = !known && is_doubtful(word, held);
    if (!known && !weak) return found;
    if (weak && doubtful && text.substr(doubtful->span.begin, doubtful->span.size()) != word) return doubtful;
    if (weak && !doubtful) doubtful = found;
    at = found->span.end - 1;
  }
  return doubtful && text[doubtful->span.begin] == '$' && has_dollar_value(held.manifest) ? doubtful : std::nullopt;
}

std::optional<TemplateWord> find_template_lines(View text) {
  for (std::size_t at = text.find_first_of("{%"); at != View::npos; at = text.find_first_of("{%", at + 1)) {
    const View two = text.substr(at, 2);
    if (two != "{{" && two != "{%" && two != "{#" && two != "%{") continue;
    View before = line_before(text, at);
    while (!before.empty() && is_one_of(before.back(), " \t-[")) before.remove_suffix(1);
    const bool leads = before.empty() || before.ends_with(':');
    if (two == "%{") {
      if (auto found = leads ? find_placeholder(text, at) : std::nullopt) return found;
    } else if (two == "{#") {
      if (before.empty()) return TemplateWord{"Jinja", span_of(text, at, "#}")};
    } else if (two == "{%") {
      if (auto found = brace_percent(text, at)) return found;
    } else if (leads || text.substr(at).starts_with("{{-") || language_of(inside_braces(text, at)) == "Helm") {
      if (auto found = double_brace(text, at)) return found;
    }
  }
  return {};
}

}  // namespace corefile::manifest_detail
