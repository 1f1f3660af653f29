// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/utf8.hpp"

#include <algorithm>
#include "go/number.hpp"
#include "zone/names.hpp"
#include "zone/parser.hpp"
#include "zone/types.hpp"

/// $INCLUDE and $GENERATE: miekg/dns, scan.go and generate.go.
namespace corefile::zone {
namespace {

constexpr int most_includes = 7;  // maxIncludeDepth
constexpr std::uint32_t generated_ttl = 3600;

}  // namespace

Parser::Outcome Parser::include(const Token& token) {
  Level& level = top();
  std::string origin = level.origin;
  const Token behind = level.lexer.next();
  if (behind.kind == TokenKind::blank) {
    const Token word = level.lexer.next();
    if (word.kind == TokenKind::string) {
      auto name = absolute_name(word.text, level.origin, library_);
      if (!name) return fail("bad origin name", word);
      origin = std::move(*name);
    }
  } else if (behind.kind != TokenKind::newline && behind.kind != TokenKind::end) {
    return fail("garbage after $INCLUDE", token);
  }
  if (level.includes >= most_includes) return fail("too deeply nested $INCLUDE", token);
  return open(token, std::move(origin));
}

Parser::Outcome Parser::open(const Token& token, std::string origin) {
  const bool absolute = token.text.starts_with('/');
  const std::string path = absolute ? token.text : path_beside(top().file, token.text);
  const std::string asked = path.starts_with('/') || options_.folder.empty() ? path : clean_path(std::string(options_.folder) + '/' + path);
  if (++includes_ > options_.limits.includes) return over_limit(token);
  Files::Content content;
  if (options_.files != nullptr) content = options_.files->read(asked);
  const bool missing = content.status == Files::Status::missing || content.status == Files::Status::unreadable;
  if (missing && (options_.files == nullptr || content.status == Files::Status::unreadable || !options_.files->authoritative(asked))) {
    // What stands there is not known; what follows it is read as if it were empty.
    zone_.verdict = Verdict::depends;
    zone_.problems.push_back({Problem::Kind::include, {top().source, token.at}, token.line, {}, false});
    return {};
  }
  if (missing) {
    const bool as = library_ >= 58 ? path != token.text : !absolute;
    const std::string what =
        fmt::format("failed to open `{}'{}: open {}: no such file or directory", token.text, as ? fmt::format(" as `{}'", path) : "", path);
    const Step step = fail(what, token);
    fault_.kind = Problem::Kind::include;
    return step;
  }
  bytes_ += content.text.size();
  if (bytes_ > options_.limits.bytes) return over_limit(token);
  zone_.sources.emplace_back(path, std::move(content.text));
  Level level{Lexer(zone_.sources.back().text(), library_)};
  level.origin = std::move(origin);
  level.file = path;
  level.source = static_cast<std::uint32_t>(zone_.sources.size() - 1);
  level.includes = top().includes + 1;
  level.has_ttl = top().has_ttl;
  level.ttl_by_directive = top().ttl_by_directive;
  level.default_ttl = top().default_ttl;
  level.text = zone_.sources.back().text();
  if (content.status == Files::Status::directory) {
    level.read_error = fmt::format("read {}: is a directory", path);
    level.lexer.break_end();
  }
  levels_.push_back(std::move(level));
  return {};
}

Parser::Outcome Parser::generate(const Token& token) {
  std::string_view range = token.text;
  std::int64_t step = 1;
  if (const std::size_t slash = range.find('/'); slash != std::string_view::npos) {
    const auto value = go::atoi(range.substr(slash + 1));
    if (!value || *value <= 0) return fail("bad step in $GENERATE range", token);
    step = *value;
    range = range.substr(0, slash);
  }
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos) return fail("bad start-stop in $GENERATE range", token);
  const auto start = go::atoi(range.substr(0, dash));
  if (!start) return fail("bad start in $GENERATE range", token);
  const auto stop = go::atoi(range.substr(dash + 1));
  if (!stop) return fail("bad stop in $GENERATE range", token);
  const bool bounded = library_ >= 20;
  if (*stop < 0 || *start < 0 || *stop < *start || (bounded && (*stop - *start) / step > 65535))
    return fail("bad range in $GENERATE range", token);
  const Token blank = top().lexer.next();
  if (bounded && blank.kind != TokenKind::blank) return fail("garbage after $GENERATE range", blank);
  return expand(*start, *stop, step, blank);
}

Parser::Outcome Parser::expand(std::int64_t start, std::int64_t stop, std::int64_t step, const Token& blank) {
  std::string template_text;
  Lexer& lexer = top().lexer;
  for (Token token = lexer.next(); token.set && token.kind != TokenKind::newline; token = lexer.next()) {
    if (token.error) return fail("bad data in $GENERATE directive", token);
    template_text += token.text;
  }
  Generated made = generate_text(template_text, start, stop, step, options_.limits.bytes - std::min(bytes_, options_.limits.bytes));
  bytes_ += made.text.size();
  if (made.too_large) return over_limit(blank);
  const Span span{top().begin, std::max(top().begin, lexer.last_end())};
  texts_.push_back(std::move(made.text));
  Level level{Lexer(texts_.back(), library_, span)};
  level.origin = top().origin;
  level.file = top().file;
  level.source = top().source;
  level.includes = top().includes;
  level.generated = true;
  level.has_ttl = true;
  level.default_ttl = generated_ttl;
  level.begin = span.begin;
  level.text = texts_.back();
  if (!made.error.empty()) {
    level.lexer.break_end();
    level.read_error = std::move(made.error);
    level.read_at = blank;
    level.read_at->text = template_text.substr(made.from, made.to - made.from);
    level.read_at->column += static_cast<std::uint32_t>(made.from + 1);
    level.read_at->at = span;
  }
  levels_.push_back(std::move(level));
  return {};
}

std::string clean_path(std::string_view path) {
  const bool rooted = path.starts_with('/');
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!rooted) {
      parts.push_back(part);
    }
  }
  std::string out(rooted ? "/" : "");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += '/';
    out += parts[i];
  }
  return out.empty() ? "." : out;
}

std::string path_beside(std::string_view file, std::string_view path) {
  const std::size_t slash = file.rfind('/');
  const std::string folder = slash == std::string_view::npos ? "." : std::string(file.substr(0, slash + 1));
  return clean_path(folder + '/' + std::string(path));
}

std::string quote(std::string_view text, bool ascii_only) {
  std::string out(1, '"');
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    const auto byte = static_cast<unsigned char>(text.front());
    constexpr std::string_view letters = "\a\b\f\n\r\t\v";
    if (!rune.valid) {
      out += fmt::format("\\x{:02x}", byte);
    } else if (byte == '"' || byte == '\\') {
      out += '\\';
      out += text.front();
    } else if (const std::size_t letter = letters.find(text.front()); letter != std::string_view::npos) {
      out += '\\';
      out += "abfnrtv"[letter];
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else if (byte < 0x80 || !ascii_only) {
      out += text.substr(0, rune.size);
    } else {
      const auto value = static_cast<std::uint32_t>(rune.value);
      out += value < 0x10000 ? fmt::format("\\u{:04x}", value) : fmt::format("\\U{:08x}", value);
    }
    text.remove_prefix(rune.valid ? rune.size : 1);
  }
  return out += '"';
}

}  // namespace corefile::zone
