// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"

#include <utility>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "plain_text.hpp"

namespace corefile::webhook {
namespace {

bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

bool JsonReader::feed(std::string_view piece) {
  while (!piece.empty() && state_ != State::failed) {
    const std::size_t taken = step(piece);
    at_ += taken;
    piece.remove_prefix(taken);
  }
  return state_ != State::failed;
}

bool JsonReader::complete() {
  const bool number = state_ == State::zero || state_ == State::digits || state_ == State::fraction || state_ == State::exponent_digits;
  if (number) end_number();
  return state_ == State::ended;
}

void JsonReader::drop() {
  keeping_ = false;
  text_ = {};
}

// How many bytes it took.
std::size_t JsonReader::step(std::string_view rest) {
  const char c = rest.front();
  switch (state_) {
    case State::text:
      return text(rest);
    case State::escape:
      escaped(c);
      return 1;
    case State::hex:
      hex_digit(c);
      return 1;
    case State::low_escape:
      state_ = c == '\\' ? State::low_u : State::failed;
      return 1;
    case State::low_u:
      state_ = c == 'u' ? State::hex : State::failed;
      return 1;
    case State::word:
      word(c);
      return 1;
    case State::minus:
    case State::zero:
    case State::digits:
    case State::point:
    case State::fraction:
    case State::exponent:
    case State::exponent_sign:
    case State::exponent_digits:
      return number(c) ? 1 : 0;
    default:
      break;
  }
  if (is_space(c)) return 1;
  switch (state_) {
    case State::value_or_end:
      if (c == ']') {
        close(false);
        break;
      }
      [[fallthrough]];
    case State::value:
      begin_value(c);
      break;
    case State::key_or_end:
      if (c == '}') {
        close(true);
        break;
      }
      [[fallthrough]];
    case State::key:
      if (c == '"') {
        begin_text(true);
      } else {
        state_ = State::failed;
      }
      break;
    case State::colon:
      state_ = c == ':' ? State::value : State::failed;
      break;
    case State::comma_or_end:
      if (c == ',') {
        state_ = objects_.back() ? State::key : State::value;
      } else if (c == '}' || c == ']') {
        close(c == '}');
      } else {
        state_ = State::failed;
      }
      break;
    default:
      state_ = State::failed;
  }
  return 1;
}

void JsonReader::begin_value(char c) {
  if (c == '{' || c == '[') return open(c == '{');
  if (c == '"') return begin_text(false);
  if (c == 't') return begin_word("true");
  if (c == 'f') return begin_word("false");
  if (c == 'n') return begin_word("null");
  state_ = c == '-' ? State::minus : c == '0' ? State::zero : ascii::is_digit(c) ? State::digits : State::failed;
}

void JsonReader::begin_word(std::string_view word) {
  word_ = word;
  word_at_ = 1;
  state_ = State::word;
}

void JsonReader::open(bool object) {
  good_ = at_ + 1;
  const bool heard = wanted();
  objects_.push_back(object);
  state_ = object ? State::key_or_end : State::value_or_end;
  if (heard && !(object ? listener_.begin_object() : listener_.begin_array())) skipped_ = objects_.size();
}

void JsonReader::close(bool object) {
  if (objects_.back() != object) {
    state_ = State::failed;
    return;
  }
  good_ = at_ + 1;
  if (wanted()) listener_.end();
  if (skipped_ == objects_.size()) skipped_ = 0;
  objects_.pop_back();
  behind_value();
}

void JsonReader::behind_value() { state_ = objects_.empty() ? State::ended : State::comma_or_end; }

void JsonReader::begin_text(bool key) {
  state_ = State::text;
  is_key_ = key;
  keeping_ = wanted() && (key || listener_.wants_text());
}

void JsonReader::end_text() {
  good_ = at_ + 1;
  if (is_key_) {
    state_ = State::colon;
    if (wanted()) listener_.key(std::exchange(text_, {}));
  } else {
    behind_value();
    if (wanted()) listener_.string(std::exchange(text_, {}));
  }
}

std::size_t JsonReader::text(std::string_view rest) {
  const auto first = static_cast<unsigned char>(rest.front());
  if (more_ > 0 || first >= 0x80) {
    utf8_byte(first);
    put(rest.substr(0, 1));
    return 1;
  }
  if (const std::size_t end = plain_size(rest); end > 0) {
    put(rest.substr(0, end));
    return end;
  }
  if (first == '"') {
    end_text();
  } else if (first == '\\') {
    state_ = State::escape;
  } else if (first == 0x7F) {
    put(rest.substr(0, 1));
  } else {
    state_ = State::failed;
  }
  return 1;
}

// RFC 3629: no surrogates, nothing written longer than it must be.
void JsonReader::utf8_byte(unsigned char byte) {
  if (more_ > 0) {
    if (byte < least_ || byte > most_) {
      state_ = State::failed;
      return;
    }
    --more_;
    least_ = 0x80;
    most_ = 0xBF;
    return;
  }
  least_ = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
  most_ = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
  if (byte < 0xC2 || byte > 0xF4) {
    state_ = State::failed;
  } else {
    more_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
  }
}

void JsonReader::escaped(char c) {
  constexpr std::string_view letters = "\"\\/bfnrt";
  constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
  if (c == 'u') {
    state_ = State::hex;
    hex_ = 0;
    hex_count_ = 0;
    return;
  }
  const std::size_t at = letters.find(c);
  state_ = at == std::string_view::npos ? State::failed : State::text;
  if (at != std::string_view::npos) put(meant.substr(at, 1));
}

void JsonReader::hex_digit(char c) {
  const int value = ascii::hex_value(c);
  if (value < 0) {
    state_ = State::failed;
    return;
  }
  hex_ = hex_ * 16 + static_cast<std::uint32_t>(value);
  if (++hex_count_ < 4) return;
  const std::uint32_t unit = std::exchange(hex_, 0);
  hex_count_ = 0;
  const bool low = unit >= 0xDC00 && unit <= 0xDFFF;
  if (high_ != 0) {
    state_ = low ? State::text : State::failed;
    put_rune(0x10000 + ((std::exchange(high_, 0) - 0xD800) << 10U) + (unit - 0xDC00));
  } else if (unit >= 0xD800 && unit <= 0xDBFF) {
    high_ = unit;
    state_ = State::low_escape;
  } else {
    state_ = low ? State::failed : State::text;
    put_rune(unit);
  }
}

void JsonReader::put_rune(char32_t rune) {
  if (keeping_ && state_ == State::text) utf8::append(text_, rune);
}

void JsonReader::word(char c) {
  if (c != word_[word_at_]) {
    state_ = State::failed;
    return;
  }
  if (++word_at_ < word_.size()) return;
  good_ = at_ + 1;
  behind_value();
  if (!wanted()) return;
  if (word_ == "null") {
    listener_.null();
  } else {
    listener_.boolean(word_ == "true");
  }
}

// False: the character is behind the number.
bool JsonReader::number(char c) {
  const bool digit = ascii::is_digit(c);
  const bool exponent = c == 'e' || c == 'E';
  switch (state_) {
    case State::minus:
      state_ = c == '0' ? State::zero : digit ? State::digits : State::failed;
      return true;
    case State::zero:
    case State::digits:
      if (digit && state_ == State::digits) return true;
      if (c != '.' && !exponent) break;
      state_ = c == '.' ? State::point : State::exponent;
      return true;
    case State::point:
      state_ = digit ? State::fraction : State::failed;
      return true;
    case State::fraction:
      if (digit) return true;
      if (!exponent) break;
      state_ = State::exponent;
      return true;
    case State::exponent:
      state_ = digit ? State::exponent_digits : c == '+' || c == '-' ? State::exponent_sign : State::failed;
      return true;
    case State::exponent_sign:
      state_ = digit ? State::exponent_digits : State::failed;
      return true;
    default:
      if (digit) return true;
  }
  end_number();
  return false;
}

void JsonReader::end_number() {
  good_ = at_;
  behind_value();
  if (wanted()) listener_.number();
}

}  // namespace corefile::webhook
