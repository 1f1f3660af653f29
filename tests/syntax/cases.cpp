// SPDX-License-Identifier: Apache-2.0
#include "cases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <corefile/corefile.hpp>
#include <map>
#include <sstream>

namespace syntax_test {

using namespace corefile;

Cases read_cases(std::string_view text) {
  Cases cases;
  std::istringstream in{std::string(text)};
  std::size_t number = 0;
  constexpr std::string_view mark = " [escaped]";
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("=== ")) {
      if (!cases.all.empty() && !cases.all.back().sections.empty()) {
        std::string& text_before = cases.all.back().sections.back().text;
        if (text_before.ends_with("\n\n") || text_before == "\n") text_before.pop_back();
      }
      Case next{number, line.substr(4), line.ends_with(mark), {}, {}};
      if (next.escaped) next.name.resize(next.name.size() - mark.size());
      cases.all.push_back(std::move(next));
    } else if (cases.all.empty()) {
      cases.preamble += line + '\n';
    } else if (line.starts_with("--- ")) {
      cases.all.back().sections.push_back({line.substr(4), {}});
    } else {
      Case& open = cases.all.back();
      (open.sections.empty() ? open.input : open.sections.back().text) += line + '\n';
    }
  }
  return cases;
}

std::string print_cases(const Cases& cases) {
  std::string out = cases.preamble;
  for (const Case& one : cases.all) {
    if (&one != &cases.all.front()) out += '\n';
    out += fmt::format("=== {}{}\n{}", one.name, one.escaped ? " [escaped]" : "", one.input);
    for (const Section& section : one.sections) out += fmt::format("--- {}\n{}", section.title, section.text);
  }
  return out;
}

namespace {

unsigned hex(char digit) {
  const std::string_view digits = "0123456789abcdef";
  return static_cast<unsigned>(digits.find(digit));
}

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
    } else if (const char c = text[++i]; c == 'r') {
      out += '\r';
    } else if (c == 'x' && i + 2 < text.size()) {
      out += static_cast<char>(hex(text[i + 1]) << 4 | hex(text[i + 2]));
      i += 2;
    } else if (c != '\n') {
      out += c;
    }
  }
  return out;
}

class CaseFiles : public Files {
 public:
  std::map<std::string, std::string> files;
  Content read(const std::string& path) const override {
    const auto found = files.find(path);
    if (found == files.end()) return {};
    return {Status::ok, found->second};
  }
  std::vector<std::string> list(const std::string& folder) const override {
    std::vector<std::string> names;
    const std::string prefix = folder == "." ? "" : folder + '/';
    for (const auto& [path, text] : files) {
      if (path.starts_with(prefix) && path.find('/', prefix.size()) == std::string::npos) names.push_back(path.substr(prefix.size()));
    }
    return names;
  }
  bool authoritative(const std::string&) const override { return true; }
};

std::string range(const Source& source, Span span) {
  const Position from = source.position(span.begin);
  const Position to = source.position(span.end);
  if (from == to) return fmt::format("{}:{}", from.line, from.column);
  return fmt::format("{}:{}-{}:{}", from.line, from.column, to.line, to.column);
}

std::string_view name(FaultKind kind) {
  switch (kind) {
    case FaultKind::unclosed_brace:
      return "unclosed-brace";
    case FaultKind::stray_brace:
      return "stray-brace";
    case FaultKind::unclosed_quote:
      return "unclosed-quote";
    case FaultKind::dangling_comma:
      return "dangling-comma";
    case FaultKind::snippet_without_body:
      return "snippet-without-body";
    case FaultKind::too_deep:
      break;
  }
  return "too-deep";
}

std::string_view name(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::glob_without_match:
      return "glob-without-match";
    case ProblemKind::import_unresolved:
      return "import-unresolved";
    case ProblemKind::environment_unknown:
      return "environment-unknown";
    case ProblemKind::implicitly_closed:
      return "implicitly-closed";
    default:
      break;
  }
  return "refusal";
}

std::string tree(const Document& document) {
  std::string out = print_tree(document);
  for (const Fault& fault : document.faults()) out += fmt::format("fault {} {}\n", range(document.source(), fault.span), name(fault.kind));
  return out;
}

std::string where(const Config& config, const Place& place) {
  const Source& source = config.document(place.document).source();
  return fmt::format("{}{}", place.document == 0 ? "" : source.name() + ':', range(source, place.span));
}

std::string print(const Config& config, const std::vector<Place>& glued) {
  std::string out = print_config(config);
  for (const Place& brace : glued) out += fmt::format("glued {}\n", where(config, brace));
  for (const Problem& refusal : config.refusals()) out += fmt::format("refused {} {}\n", where(config, refusal.place), refusal.message);
  for (const Problem& remark : config.remarks()) {
    out += fmt::format("remark {} {} `{}`\n", where(config, remark.place), name(remark.kind), remark.subject);
  }
  return out;
}

/// Each word with its line, then as rules see them: arguments, and the lines of the block.
std::string properties(const Config& config) {
  std::string out;
  const auto list = [](std::span<const Word> words) {
    std::string text;
    for (const Word& word : words) text += fmt::format(" {}@{}", visible(word.text), word.line);
    return text;
  };
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Directive directive : config.block(i).directives()) {
      out += fmt::format("{}@{}{}{}\n", directive.name(), directive.name_word().line, list(directive.arguments()),
                         directive.has_block() ? " {" : "");
      for (const Property property : directive.properties()) out += fmt::format("   {}\n", list(property.words));
    }
  }
  return out;
}

std::string keys(const Config& config) {
  std::string out;
  for (std::uint32_t i = 0; i < config.block_count(); ++i) {
    for (const Word& word : config.block(i).keys()) {
      const Key key = read_key(word.text, newest_release());
      out += fmt::format("{}:", visible(word.text));
      for (const std::string& zone : key.zones) out += fmt::format(" {}://{}:{}", to_string(key.transport), zone, key.port);
      out += key.error.empty() ? "\n" : fmt::format(" refused: {}\n", key.error);
    }
  }
  return out;
}

}  // namespace

std::vector<Section> answers(const Case& given) {
  const auto bytes = [&given](const std::string& text) { return given.escaped ? unescape(text) : text; };
  CaseFiles files;
  ResolveOptions options;
  options.files = &files;
  for (const Section& section : given.sections) {
    if (section.title.starts_with("file ")) files.files[section.title.substr(5)] = bytes(section.text);
    if (section.title != "environment") continue;
    options.environment.complete = true;
    std::istringstream in(section.text);
    for (std::string line; std::getline(in, line);)
      options.environment.values[line.substr(0, line.find('='))] = line.substr(line.find('=') + 1);
  }
  const Document document = parse(Source("Corefile", bytes(given.input)));
  const Readings readings = recover(document, options);
  const Config& config = readings.meant;
  std::vector<Section> result = given.sections;
  for (Section& section : result) {
    if (section.title == "tokens") {
      section.text = print_tokens(document);
    } else if (section.title == "tree") {
      section.text = tree(document);
    } else if (section.title == "config") {
      section.text = print(config, readings.glued_braces);
    } else if (section.title == "server") {
      section.text = print(readings.literal(), {});
    } else if (section.title == "properties") {
      section.text = properties(config);
    } else if (section.title == "keys") {
      section.text = keys(config);
    } else if (!section.title.starts_with("file ") && section.title != "environment") {
      section.text = "there is no such section\n";
    }
  }
  return result;
}

}  // namespace syntax_test
