// SPDX-License-Identifier: Apache-2.0
#include "zone/parser.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "go/number.hpp"
#include "zone/names.hpp"
#include "zone/types.hpp"

namespace corefile::zone {

Parser::Parser(const Source& file, const ReadOptions& options, Zone& zone)
    : options_(options), zone_(zone), library_(dns_library(options.release)) {
  zone_.sources.push_back(file);
  Level level{Lexer(zone_.sources.back().text(), library_)};
  level.origin = go::fqdn(options.origin, name_rules_of(library_));
  level.file = options.path.empty() ? file.name() : std::string(options.path);
  level.text = zone_.sources.back().text();
  level.has_ttl = options.ttl.has_value();
  level.default_ttl = options.ttl.value_or(0);
  levels_.push_back(std::move(level));
  bytes_ = file.text().size();
}

// Names that plugin/file/zone.go, Insert, makes lower-case.
bool Parser::lowers(std::uint16_t type) const noexcept {
  if (options_.as_written) return false;
  switch (type) {
    case type::ns:
    case type::soa:
    case type::cname:
    case type::mx:
      return true;
    case type::srv:
      return options_.release < Release{1, 12, 3};
    case type::svcb:
    case type::https:
      return options_.release >= Release{1, 14, 3};
    default:
      return false;
  }
}

Parser::Step Parser::fail(std::string_view what, const Token& token) {
  const Level& level = top();
  fault_.kind = Problem::Kind::syntax;
  fault_.at = {level.source, token.at};
  fault_.line = token.line;
  fault_.message = level.file.empty() ? std::string() : level.file + ": ";
  fault_.message += fmt::format("dns: {}: {} at line: {}:{}", what, quote(token.text, true), token.line, token.column);
  fault_.fatal = true;
  if (!token.set) {
    const auto end = static_cast<std::uint32_t>(level.text.size());
    fault_.at.span = level.generated ? Span{level.begin, level.begin} : Span{end, end};
  }
  return Step::fault;
}

Parser::Step Parser::fail_reading() {
  const Level& level = top();
  fault_ = {};
  if (level.read_at) return fail(level.read_error, *level.read_at);
  fault_.kind = Problem::Kind::include;
  fault_.at = {level.source, {}};
  fault_.message = level.read_error;
  fault_.fatal = true;
  return Step::fault;
}

bool Parser::reading_failed() {
  if (top().read_error.empty() || !top().lexer.broken()) return false;
  fail_reading();
  return true;
}

Parser::Step Parser::over_limit(const Token& token) {
  fault_ = {Problem::Kind::limit, {top().source, token.at}, token.line, {}, true};
  return Step::fault;
}

Parser::Step Parser::next(Record& out) {
  if (bytes_ > options_.limits.bytes) return over_limit({});
  for (;;) {
    const Step done = step(out);
    if (done != Step::end) return done;
    if (reading_failed()) return Step::fault;
    if (levels_.size() == 1) return Step::end;
    if (top().generated) texts_.pop_back();
    levels_.pop_back();
  }
}

Parser::Step Parser::step(Record& out) {
  State state = State::owner;
  std::size_t depth = levels_.size();
  for (;;) {
    const Token token = top().lexer.next();
    if (!token.set) return Step::end;
    if (token.error) return fail(token.text, token);
    if (const Outcome outcome = on_token(state, token, out)) return *outcome;
    if (levels_.size() != depth) state = State::owner;
    depth = levels_.size();
  }
}

Parser::Outcome Parser::on_token(State& state, const Token& token, Record& out) {
  switch (state) {
    case State::owner:
      return at_owner(state, token);
    case State::rdata:
      return at_rdata(token, out);
    case State::origin:
    case State::ttl:
    case State::include:
    case State::generate:
      return at_argument(state, token);
    case State::origin_blank:
    case State::ttl_blank:
    case State::include_blank:
    case State::generate_blank:
      return at_directive(state, token);
    default:
      return at_middle(state, token);
  }
}

Parser::Outcome Parser::take_ttl(State& state, const Token& token, State behind) {
  const auto ttl = string_to_ttl(token.text, library_);
  if (!ttl) return fail("not a TTL", token);
  Level& level = top();
  level.ttl = *ttl;
  if (!level.has_ttl || !level.ttl_by_directive) {
    level.has_ttl = true;
    level.ttl_by_directive = false;
    level.default_ttl = *ttl;
  }
  state = behind;
  return {};
}

Parser::Outcome Parser::at_owner(State& state, const Token& token) {
  Level& level = top();
  if (level.has_ttl) level.ttl = level.default_ttl;
  level.klass = 1;
  if (token.kind != TokenKind::newline && token.kind != TokenKind::blank) {
    level.begin = token.at.begin;
    level.line = token.first_line;
  }
  switch (token.kind) {
    case TokenKind::newline:
    case TokenKind::blank:
      return {};
    case TokenKind::owner: {
      auto name = absolute_name(token.text, level.origin, library_);
      if (!name) return fail("bad owner name", token);
      level.owner = std::move(*name);
      state = State::owner_blank;
      return {};
    }
    case TokenKind::ttl:
      state = State::ttl_blank;
      return {};
    case TokenKind::origin:
      state = State::origin_blank;
      return {};
    case TokenKind::include:
      state = State::include_blank;
      return {};
    case TokenKind::generate:
      state = State::generate_blank;
      return {};
    case TokenKind::type:
      level.type = token.number;
      state = State::rdata;
      return {};
    case TokenKind::klass:
      level.klass = token.number;
      state = State::no_class_blank;
      return {};
    case TokenKind::string:
      return take_ttl(state, token, State::no_ttl_blank);
    default:
      return fail("syntax error at beginning", token);
  }
}

Parser::Outcome Parser::at_middle(State& state, const Token& token) {
  const auto blank = [&](State behind, std::string_view what) -> Outcome {
    if (token.kind != TokenKind::blank) return fail(what, token);
    state = behind;
    return {};
  };
  if (state == State::owner_blank) return blank(State::any, "no blank after owner");
  if (state == State::no_class_blank) return blank(State::no_class, "no blank before class");
  if (state == State::no_ttl_blank) return blank(State::no_ttl, "no blank before TTL");
  if (state == State::type_blank) return blank(State::type, "no blank before RR type");
  Level& level = top();
  if (token.kind == TokenKind::type) {
    if (state == State::any && !level.has_ttl) return fail("missing TTL with no previous value", token);
    level.type = token.number;
    state = State::rdata;
    return {};
  }
  if (token.kind == TokenKind::klass && (state == State::any || state == State::no_ttl)) {
    level.klass = token.number;
    state = state == State::any ? State::no_class_blank : State::type_blank;
    return {};
  }
  if (token.kind == TokenKind::string && (state == State::any || state == State::no_class))
    return take_ttl(state, token, state == State::any ? State::no_ttl_blank : State::type_blank);
  if (state == State::any) return fail("expecting RR type, TTL or class, not this...", token);
  if (state == State::no_ttl) return fail("expecting RR type or class, not this...", token);
  if (state == State::no_class) return fail("expecting RR type or TTL, not this...", token);
  return fail("unknown RR type", token);
}

void Parser::record(Record& out, const RdataWriter& rdata) {
  const Level& level = top();
  out = {};
  out.owner = level.owner;
  out.ttl = level.ttl;
  out.type = level.type;
  out.klass = level.klass;
  out.rdata = rdata.text;
  out.target = rdata.target;
  out.covered = rdata.covered;
  out.serial = rdata.serial;
  out.line = level.line;
  out.at = {level.source, {level.begin, level.generated ? level.lexer.last_end() : std::max(level.begin, level.lexer.last_end())}};
}

Parser::Outcome Parser::at_rdata(const Token& token, Record& out) {
  Level& level = top();
  const bool known = is_known_type(level.type, library_);
  RdataWriter rdata(library_, lowers(level.type));
  const Token& ahead = level.lexer.peek();
  RdataResult wrong;
  if (ahead.text.empty()) {
    // A record of a dynamic update has no rdata.
    wrong = end_of_record(level.lexer);
    if (!wrong) {
      if (known) {
        write_nothing(level.type, rdata);
      } else {
        rdata.word("\\# 0");
      }
    }
  } else if (token.kind == TokenKind::newline) {
    return fail("unexpected newline", token);
  } else if (!known || ahead.text == "\\#") {
    std::string hex;
    wrong = read_unknown(level.lexer, hex);
    if (!wrong && !known) {
      rdata.word(fmt::format("\\# {} {}", hex.size() / 2, hex));
    } else if (!wrong) {
      const std::string error = unpack_rdata(level.type, hex, rdata);
      if (!error.empty()) return fail(error, token);
    }
  } else {
    wrong = read_rdata(level.lexer, level.type, level.origin, rdata);
  }
  if (wrong) return fail(wrong->what, wrong->token && wrong->token->set ? *wrong->token : token);
  record(out, rdata);
  return Step::record;
}

Parser::Outcome Parser::at_directive(State& state, const Token& token) {
  static constexpr std::string_view names[] = {"ORIGIN", "TTL", "INCLUDE", "GENERATE"};
  const auto index = (static_cast<std::size_t>(state) - static_cast<std::size_t>(State::origin_blank)) / 2;
  if (token.kind != TokenKind::blank) return fail(fmt::format("no blank after ${}-directive", names[index]), token);
  state = static_cast<State>(static_cast<std::size_t>(state) + 1);
  return {};
}

Parser::Outcome Parser::at_argument(State& state, const Token& token) {
  Level& level = top();
  if (state == State::generate && level.generated && library_ >= 23) return fail("nested $GENERATE directive not allowed", token);
  if (token.kind != TokenKind::string) {
    static constexpr std::string_view names[] = {"ORIGIN", "TTL", "INCLUDE", "GENERATE"};
    const auto index = (static_cast<std::size_t>(state) - static_cast<std::size_t>(State::origin_blank)) / 2;
    return fail(fmt::format("expecting ${} value, not this...", names[index]), token);
  }
  if (state == State::include || state == State::generate) {
    const bool includes = state == State::include;
    state = State::owner;
    return includes ? include(token) : generate(token);
  }
  if (const RdataResult wrong = end_of_record(level.lexer)) return fail(wrong->what, *wrong->token);
  if (state == State::ttl) {
    const auto ttl = string_to_ttl(token.text, library_);
    if (!ttl) return fail("expecting $TTL value, not this...", token);
    level.has_ttl = level.ttl_by_directive = true;
    level.default_ttl = *ttl;
  } else {
    auto name = absolute_name(token.text, level.origin, library_);
    if (!name) return fail("bad origin name", token);
    level.origin = std::move(*name);
  }
  state = State::owner;
  return {};
}

}  // namespace corefile::zone
