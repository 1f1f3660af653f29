// SPDX-License-Identifier: Apache-2.0
#include "manifest/placeholder.hpp"

#include <algorithm>
#include <array>
#include <corefile/manifest.hpp>

#include "base/ascii.hpp"

namespace corefile::manifest_detail {
namespace {

using View = std::string_view;
constexpr View upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
// coredns/deployment, kubernetes/coredns.yaml.sed
constexpr std::array<View, 4> sed_words{"CLUSTER_DOMAIN", "REVERSE_CIDRS", "UPSTREAMNAMESERVER", "STUBDOMAINS"};
constexpr std::array<View, 4> node_cache_words{"__PILLAR__CLUSTER__DNS__", "__PILLAR__UPSTREAM__SERVERS__", "__PILLAR__LOCAL__DNS__",
                                               "__PILLAR__DNS__SERVER__"};
constexpr std::array<View, 9> terraform_words{"var.", "local.", "module.", "data.", "each.", "self.", "count.", "path.", "terraform."};
constexpr std::array<View, 5> nix_words{"pkgs.", "builtins.", "config.", "lib.", "toString"};
constexpr std::array<View, 6> terraform_tags{"if ", "else", "endif", "for ", "endfor", "~"};
constexpr std::array<View, 6> velocity_tags{"#foreach(", "#if(", "#if (", "#set(", "#set (", "#foreach ("};

template <std::size_t N>
bool begins_with_one_of(View text, const std::array<View, N>& words) noexcept {
  return std::any_of(words.begin(), words.end(), [text](View word) { return text.starts_with(word); });
}
std::size_t end_of(View text, std::size_t from, View set) noexcept { return std::min(text.find_first_not_of(set, from), text.size()); }

bool in_comment(View text, std::size_t at) noexcept {
  const View line = line_before(text, at);
  for (std::size_t i = line.find('#'); i != View::npos; i = line.find('#', i + 1)) {
    if (i == 0 || ascii::is_blank(line[i - 1])) return true;
  }
  return false;
}

std::optional<TemplateWord> word(View language, std::size_t at, std::size_t end) noexcept {
  return TemplateWord{language, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}};
}
std::optional<TemplateWord> placeholder(std::size_t at, std::size_t end) noexcept { return word("placeholder", at, end); }

/// Behind a tag's end on the same line, or the line's end.
std::size_t behind(View text, std::size_t from, View end) noexcept {
  const std::size_t line = std::min(text.find('\n', from), text.size());
  const std::size_t found = text.find(end, from);
  return found == View::npos || found >= line ? line : found + end.size();
}

bool begins_word(View text, std::size_t at, View before = " \t\n\r\"'") noexcept { return at == 0 || is_one_of(text[at - 1], before); }

// `${name}` and what is between the braces of it, `$(NAME)`, `$NAME`.
std::optional<TemplateWord> dollar(View text, std::size_t at) noexcept {
  if (at > 0 && text[at - 1] == '{') return {};  // CoreDNS's own
  const char next = at + 1 < text.size() ? text[at + 1] : ' ';
  const View rest = text.substr(std::min(at + 2, text.size()));
  if (next == '{') {
    if (rest.empty() || !is_one_of(rest.front(), letters)) return {};
    const std::size_t name = end_of(text, at + 2, word_characters);
    if (name == text.size() || !is_one_of(text[name], "}:.[-? (")) return {};
    const bool nix = line_before(text, at).ends_with("''") || begins_with_one_of(rest, nix_words);
    const View language = nix ? "Nix" : begins_with_one_of(rest, terraform_words) ? "Terraform" : "placeholder";
    return word(language, at, behind(text, at, "}"));
  }
  if (next == '(') {
    const std::size_t name = end_of(text, at + 2, word_characters);
    return name > at + 2 && is_one_of(text[at + 2], letters) && name < text.size() && text[name] == ')' ? placeholder(at, name + 1)
                                                                                                        : std::nullopt;
  }
  const std::size_t name = end_of(text, at + 1, upper);
  const bool whole = name == text.size() || !is_one_of(text[name], letters);
  if (name < at + 3 || !whole || !is_one_of(next, letters) || !begins_word(text, at, " \t\n\r\"'/:@,")) return {};
  return placeholder(at, name);
}

// `%{NAME}%`, `%{ if … }`, `%(name)s`, `%NAME%`, and `%s` as a word of its own.
std::optional<TemplateWord> percent(View text, std::size_t at) noexcept {
  if (at > 0 && text[at - 1] == '{') return {};  // CoreDNS's own
  const View rest = text.substr(at + 1);
  if (rest.starts_with('{')) {
    View body = rest.substr(1);
    while (body.starts_with(' ')) body.remove_prefix(1);
    if (begins_with_one_of(body, terraform_tags)) return word("Terraform", at, behind(text, at, "}"));
    const std::size_t name = end_of(text, at + 2, word_characters);
    return name > at + 2 && text.substr(name).starts_with("}%") ? placeholder(at, name + 2) : std::nullopt;
  }
  if (rest.starts_with('(')) {
    const std::size_t name = end_of(text, at + 2, word_characters);
    return name > at + 2 && text.substr(name).starts_with(")s") ? word("jsonnet", at, name + 2) : std::nullopt;
  }
  const std::size_t name = end_of(text, at + 1, upper);
  if (name >= at + 3 && name < text.size() && text[name] == '%') return placeholder(at, name + 1);
  const bool verb = !rest.empty() && is_one_of(rest.front(), "sdvq") && (rest.size() == 1 || is_one_of(rest[1], " \t\r\n:{"));
  return verb && begins_word(text, at) ? placeholder(at, at + 2) : std::nullopt;
}

// `__PILLAR__DNS__DOMAIN__`.
std::optional<TemplateWord> underscored(View text, std::size_t at) noexcept {
  if (at > 0 && is_one_of(text[at - 1], word_characters)) return {};
  const std::size_t end = end_of(text, at, upper);
  const View name = text.substr(at, end - at);
  if (name.size() < 5 || !name.starts_with("__") || !name.ends_with("__")) return {};
  return name.find_first_not_of('_') == View::npos ? std::nullopt : placeholder(at, end);
}

std::optional<TemplateWord> sed_word(View text, std::size_t at) noexcept {
  for (const View name : sed_words) {
    if (!text.substr(at).starts_with(name)) continue;
    const std::size_t end = at + name.size();
    const bool starts = at == 0 || !(is_one_of(text[at - 1], word_characters) || is_one_of(text[at - 1], "${%-."));
    const bool ends = end == text.size() || !(is_one_of(text[end], word_characters) || is_one_of(text[end], "%-."));
    if (starts && ends) return placeholder(at, end);
  }
  return {};
}

// `---NAME---`, `@NAME@`, `~NAME~`: the same mark on both sides.
std::optional<TemplateWord> between(View text, std::size_t at, View mark) noexcept {
  if (!text.substr(at).starts_with(mark) || (at > 0 && (is_one_of(text[at - 1], word_characters) || text[at - 1] == mark.front()))) {
    return {};
  }
  const std::size_t from = at + mark.size();
  const std::size_t name =
      end_of(text, from, mark == "---" ? View("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789abcdefghijklmnopqrstuvwxyz") : word_characters);
  if (name < from + 2 || !is_one_of(text[from], letters) || !text.substr(name).starts_with(mark)) return {};
  const std::size_t end = name + mark.size();
  return end < text.size() && is_one_of(text[end], word_characters) && mark != "@" ? std::nullopt : placeholder(at, end);
}

// `<name>`; in a regular expression `(?P<name>` names a group.
std::optional<TemplateWord> angled(View text, std::size_t at) noexcept {
  const std::size_t name = end_of(text, at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. ");
  if (!begins_word(text, at, " \t\n\r\"/:.") || name < at + 3 || !is_one_of(text[at + 1], letters) || text[name - 1] == ' ' ||
      name == text.size() || text[name] != '>')
    return {};
  return placeholder(at, name + 1);
}

// `#@ if …`, `#foreach(…)`, `#{name}`: a comment to CoreDNS, but not to the engine.
std::optional<TemplateWord> hash(View text, std::size_t at) noexcept {
  const View rest = text.substr(at);
  const std::size_t line = std::min(text.find('\n', at), text.size());
  const bool alone = line_before(text, at).find_first_not_of(" \t") == View::npos;
  if (alone && (rest.starts_with("#@ ") || rest.starts_with("#@/ "))) return word("ytt", at, line);
  if (alone && begins_with_one_of(rest, velocity_tags)) return word("Velocity", at, line);
  if (!rest.starts_with("#{") || in_comment(text, at)) return {};
  if (rest.starts_with("#{ ")) {
    const std::size_t end = text.find("}#", at);
    return end < line ? word("Jinja", at, end + 2) : std::nullopt;
  }
  const std::size_t name = end_of(text, at + 2, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789.@");
  return name > at + 2 && name < text.size() && text[name] == '}' ? placeholder(at, name + 1) : std::nullopt;
}

}  // namespace

View line_before(View text, std::size_t at) noexcept {
  const std::size_t first = at > longest_tag ? at - longest_tag : 0;
  const View near = text.substr(first, at - first);
  const std::size_t end = near.rfind('\n');
  return near.substr(end == View::npos ? 0 : end + 1);
}

std::optional<TemplateWord> find_placeholder(View text, std::size_t at) noexcept {
  std::optional<TemplateWord> found;
  switch (text[at]) {
    case '#':
      return hash(text, at);
    case '$':
      found = dollar(text, at);
      break;
    case '%':
      found = percent(text, at);
      break;
    case '_':
      found = underscored(text, at);
      break;
    case '@':
      found = between(text, at, "@");
      break;
    case '-':
      found = between(text, at, "---");
      break;
    case '<':
      found = angled(text, at);
      break;
    case '`':  // a Go program puts texts together
      return text.substr(at).starts_with("` + ") ? word("Go", at, at + 3) : std::nullopt;
    default:
      found = sed_word(text, at);
  }
  return found && in_comment(text, at) ? std::nullopt : found;
}

bool is_doubtful(View word, Held held) noexcept {
  if (held.named) return false;
  if (word.starts_with('<')) return word[1] != '%' && word.find(' ') == View::npos;
  const bool braced = word.starts_with("${");
  if (!word.starts_with('$') || (braced && !held.bare)) return false;
  return word.substr(braced ? 2 : 1).find_first_not_of(braced ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789}" : upper) == View::npos;
}

bool is_node_cache_word(View word) noexcept {
  return std::find(node_cache_words.begin(), node_cache_words.end(), word) != node_cache_words.end();
}

}  // namespace corefile::manifest_detail

namespace corefile {

bool is_template_name(std::string_view file) noexcept {
  constexpr std::array<std::string_view, 13> endings{".tmpl", ".tpl",   ".j2",     ".jinja", ".jinja2",   ".in",      ".template",
                                                     ".erb",  ".ctmpl", ".gotmpl", ".tftpl", ".envsubst", ".mustache"};
  const std::string_view own = file.substr(std::min(file.rfind('.'), file.size()));
  return !own.empty() && std::find(endings.begin(), endings.end(), own) != endings.end();
}

}  // namespace corefile
