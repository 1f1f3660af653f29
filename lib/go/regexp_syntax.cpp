// SPDX-License-Identifier: Apache-2.0
#include "go/regexp_syntax.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "go/regexp_reader.hpp"

namespace corefile::go {
namespace {

constexpr std::uint64_t most_repeats = 1000;  // of one thing, in all repetitions around it together

}  // namespace

RegexpSyntax RegexpReader::run() {
  while (at_ < pattern_.size() && well()) {
    repeated_ = repeating_;
    repeating_ = npos;
    piece();
  }
  if (well() && levels_.size() > 1) fail("missing closing )", pattern_);
  found_.size = levels_.front().size;
  return std::move(found_);
}

bool RegexpReader::fail(std::string_view what, std::string_view where) {
  if (!well()) return false;
  found_.error = what;
  found_.error += ": `";
  found_.error += where;
  found_.error += '`';
  return false;
}

// One character and on; U+FFFD behind the end.
char32_t RegexpReader::rune() {
  if (at_ >= pattern_.size()) return 0xFFFD;
  const utf8::Rune read = utf8::decode(rest());
  if (!read.valid) fail("invalid UTF-8", rest());
  at_ += read.size;
  return read.value;
}

bool RegexpReader::check_utf8(std::string_view text) {
  while (!text.empty()) {
    const utf8::Rune read = utf8::decode(text);
    if (!read.valid) return fail("invalid UTF-8", text);
    text.remove_prefix(read.size);
  }
  return true;
}

void RegexpReader::put(std::uint64_t size, std::uint64_t repeats) {
  Level& level = levels_.back();
  level.size += size;
  level.repeats = std::max(level.repeats, repeats);
  level.last_size = size;
  level.last_repeats = repeats;
  level.has_last = true;
}

void RegexpReader::piece() {
  switch (pattern_[at_]) {
    case '(':
      return open();
    case ')':
      return close();
    case '|':
      levels_.back().has_last = false;
      ++levels_.back().size;
      ++at_;
      return;
    case '[':
      return bracket();
    case '*':
    case '+':
    case '?':
      return star();
    case '{':
      return count();
    case '\\':
      return backslash();
    default:
      rune();
      put(1);
  }
}

void RegexpReader::open() {
  if (rest().starts_with("(?")) return flags();
  ++found_.groups;
  ++at_;
  levels_.push_back({});
}

void RegexpReader::close() {
  if (levels_.size() == 1) {
    fail("unexpected )", pattern_);
    return;
  }
  const Level inner = levels_.back();
  levels_.pop_back();
  put(inner.size + 2, inner.repeats);
  ++at_;
}

// `(?P<name>`, `(?<name>`, `(?i)`, `(?i:`
void RegexpReader::flags() {
  const std::size_t from = at_;
  const bool bare = rest().starts_with("(?<") && rest().size() > 3;
  if (bare || (rest().starts_with("(?P<") && rest().size() > 4)) {
    found_.has_bare_name = found_.has_bare_name || bare;
    return name(bare ? 3 : 4);
  }
  at_ += 2;
  bool negated = false;
  bool any = false;
  while (at_ < pattern_.size()) {
    const char32_t c = rune();
    if (!well()) return;
    if (c == ':' || c == ')') {
      if (negated && !any) break;
      if (c == ':') levels_.push_back({});
      return;
    }
    if (c == '-' && !negated) {
      negated = true;
      any = false;
    } else if (c == 'i' || c == 'm' || c == 's' || c == 'U') {
      any = true;
    } else {
      break;
    }
  }
  fail_from("invalid or unsupported Perl syntax", from);
}

void RegexpReader::name(std::size_t prefix) {
  const std::string_view whole = rest();
  const std::size_t end = whole.find('>');
  const std::string_view name = end == npos ? std::string_view() : whole.substr(prefix, end - prefix);
  if (!check_utf8(end == npos ? whole : name)) return;
  const auto fits = [](char c) { return c == '_' || ascii::is_alnum(c); };
  if (name.empty() || !std::all_of(name.begin(), name.end(), fits)) {
    fail("invalid named capture", whole.substr(0, end == npos ? npos : end + 1));
    return;
  }
  ++found_.groups;
  at_ += end + 1;
  levels_.push_back({});
}

void RegexpReader::star() {
  const std::size_t from = at_++;
  repeat(from, {0, -1});
}

void RegexpReader::count() {
  const std::size_t from = at_;
  const auto read = read_count();
  if (!read) {
    at_ = from + 1;
    return put(1);
  }
  const auto most = static_cast<int>(most_repeats);
  if (read->least > most || read->most > most || (read->most >= 0 && read->least > read->most)) {
    fail_from("invalid repeat count", from);
    return;
  }
  repeat(from, *read);
}

// Behind the operator that begins at `from`.
void RegexpReader::repeat(std::size_t from, Count count) {
  if (rest().starts_with('?')) ++at_;
  Level& level = levels_.back();
  if (repeated_ != npos) {
    fail_from("invalid nested repetition operator", repeated_);
  } else if (!level.has_last) {
    fail_from("missing argument to repetition operator", from);
  } else {
    const auto times = static_cast<std::uint64_t>(std::max(count.most < 0 ? count.least : count.most, 0));
    const bool none = count.most == 0;  // nothing in it is repeated at all
    const std::uint64_t repeats = none ? 1 : level.last_repeats * std::max<std::uint64_t>(times, 1);
    if (times >= 2 && repeats > most_repeats) {
      fail_from("invalid repeat count", from);
      return;
    }
    const std::uint64_t size = level.last_size * std::max<std::uint64_t>(times, 1) + 1;
    level.size -= level.last_size;
    put(size, repeats);
    repeating_ = from;
  }
}

std::optional<RegexpReader::Count> RegexpReader::read_count() {
  Count count;
  ++at_;
  if (!number(count.least)) return {};
  count.most = count.least;
  if (rest().starts_with(',')) {
    ++at_;
    count.most = -1;
    if (!rest().starts_with('}') && !number(count.most)) return {};
  }
  if (!rest().starts_with('}')) return {};
  ++at_;
  return count;
}

bool RegexpReader::number(int& value) {
  const std::string_view text = rest();
  const auto end = std::find_if(text.begin(), text.end(), [](char c) { return !ascii::is_digit(c); });
  const auto digits = static_cast<std::size_t>(end - text.begin());
  if (digits == 0 || (digits > 1 && text[0] == '0')) return false;
  value = 0;
  for (const char c : text.substr(0, digits)) value = std::min(value * 10 + (c - '0'), 100'000);
  at_ += digits;
  return true;
}

void RegexpReader::backslash() {
  const std::string_view text = rest();
  const char next = text.size() > 1 ? text[1] : '\0';
  if (next == 'C') {
    fail("invalid escape sequence", "\\C");
  } else if (next == 'Q') {
    literal();
  } else if (next == 'A' || next == 'b' || next == 'B' || next == 'z') {
    at_ += 2;
    put(1);
  } else if (!named_class()) {
    escape();
    put(1);
  }
}

// `\Q`: all is meant as it stands, up to `\E` or the end.
void RegexpReader::literal() {
  const std::size_t from = at_ + 2;
  const std::size_t end = pattern_.find("\\E", from);
  const std::string_view whole = pattern_;
  pattern_ = pattern_.substr(0, end);
  at_ = from;
  while (at_ < pattern_.size() && well()) {
    rune();
    put(1);
  }
  pattern_ = whole;
  at_ = end == npos ? whole.size() : end + 2;
}

RegexpSyntax read_regexp(std::string_view pattern) { return RegexpReader(pattern).run(); }

}  // namespace corefile::go
