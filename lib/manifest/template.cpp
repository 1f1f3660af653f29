// SPDX-License-Identifier: Apache-2.0
#include "manifest/template.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace corefile::manifest_detail {
namespace {

using View = std::string_view;
constexpr View letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
constexpr View upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
constexpr View word_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

bool is_one_of(char c, View set) noexcept { return set.find(c) != View::npos; }
template <std::size_t N>
bool has_one_of(View text, const std::array<View, N>& words) noexcept {
  return std::any_of(words.begin(), words.end(), [text](View word) { return text.find(word) != View::npos; });
}

constexpr std::array<View, 12> helm_words{".Values", ".Release", ".Chart", ".Capabilities", "include \"", "template \"",
                                          "toYaml",  "nindent",  "tpl ",   ".Files",        "indent ",    "default \""};
constexpr std::array<View, 10> go_words{"if", "range", "with", "end", "else", "define", "block", "/*", "printf", "index"};
// coredns/deployment, kubernetes/coredns.yaml.sed
constexpr std::array<View, 4> sed_words{"CLUSTER_DOMAIN", "REVERSE_CIDRS", "UPSTREAMNAMESERVER", "STUBDOMAINS"};
constexpr std::array<View, 4> answer_words{"answer", "additional", "authority", "ederror"};
constexpr std::array<View, 4> node_cache_words{"__PILLAR__CLUSTER__DNS__", "__PILLAR__UPSTREAM__SERVERS__", "__PILLAR__LOCAL__DNS__",
                                               "__PILLAR__DNS__SERVER__"};

View line_before(View text, std::size_t at) noexcept {
  const std::size_t begin = at == 0 ? View::npos : text.rfind('\n', at - 1);
  return text.substr(begin == View::npos ? 0 : begin + 1, at - (begin == View::npos ? 0 : begin + 1));
}

bool in_comment(View text, std::size_t at) noexcept {
  const View line = line_before(text, at);
  for (std::size_t i = line.find('#'); i != View::npos; i = line.find('#', i + 1)) {
    if (i == 0 || ascii::is_blank(line[i - 1])) return true;
  }
  return false;
}

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

std::optional<TemplateWord> placeholder(std::size_t at, std::size_t end) noexcept {
  return TemplateWord{"placeholder", {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}};
}

// `%{NAME}%`, `${NAME}` and what is between the braces of it.
std::optional<TemplateWord> braced_name(View text, std::size_t at) noexcept {
  const std::size_t name = std::min(text.find_first_not_of(word_characters, at + 2), text.size());
  if (name == at + 2 || !is_one_of(text[at + 2], letters)) return {};
  if (text[at] == '%') return text.substr(name).starts_with("}%") ? placeholder(at, name + 2) : std::nullopt;
  if (name == text.size() || !is_one_of(text[name], "}:.[-")) return {};
  const Span span = span_of(text, at, "}");
  return placeholder(span.begin, span.end);
}

// `__PILLAR__DNS__DOMAIN__`.
std::optional<TemplateWord> underscored(View text, std::size_t at) noexcept {
  const std::size_t end = std::min(text.find_first_not_of(upper, at), text.size());
  const View word = text.substr(at, end - at);
  const bool inner = at > 0 && is_one_of(text[at - 1], word_characters);
  if (inner || word.size() < 5 || !word.ends_with("__") || word.find_first_not_of('_') == View::npos) return {};
  return placeholder(at, end);
}

std::optional<TemplateWord> sed_word(View text, std::size_t at) noexcept {
  for (const View word : sed_words) {
    if (!text.substr(at).starts_with(word)) continue;
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !(is_one_of(text[at - 1], word_characters) || is_one_of(text[at - 1], "${%-."));
    const bool ends = end == text.size() || !(is_one_of(text[end], word_characters) || is_one_of(text[end], "%-."));
    if (starts && ends && !in_comment(text, at)) return placeholder(at, end);
  }
  return {};
}

}  // namespace

std::optional<TemplateWord> find_template(View text, bool node_local) {
  for (std::size_t at = text.find_first_of("{%$_CRUS"); at != View::npos; at = text.find_first_of("{%$_CRUS", at + 1)) {
    const View two = text.substr(at, 2);
    std::optional<TemplateWord> found;
    if (two == "{{") found = double_brace(text, at);
    if (two == "{%") found = brace_percent(text, at);
    if (two == "%{" || two == "${") found = braced_name(text, at);
    if (two == "__") found = underscored(text, at);
    if (is_one_of(text[at], "CRUS")) found = sed_word(text, at);
    if (!found) continue;
    const View word = text.substr(found->span.begin, found->span.size());
    const bool known = node_local && std::find(node_cache_words.begin(), node_cache_words.end(), word) != node_cache_words.end();
    if (!known) return found;
    at = found->span.end - 1;
  }
  return {};
}

std::optional<TemplateWord> find_template_lines(View text) {
  for (std::size_t at = text.find_first_of("{%"); at != View::npos; at = text.find_first_of("{%", at + 1)) {
    const View two = text.substr(at, 2);
    if (two != "{{" && two != "{%" && two != "{#" && two != "%{") continue;
    View before = line_before(text, at);
    while (!before.empty() && is_one_of(before.back(), " \t-[")) before.remove_suffix(1);
    const bool leads = before.empty() || before.ends_with(':');
    if (two == "%{") {
      if (auto found = leads ? braced_name(text, at) : std::nullopt) return found;
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
