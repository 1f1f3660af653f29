// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace corefile::webhook {

/// Hears what a JSON text holds, in its order.
class JsonListener {
 public:
  /// False: nothing in it is wanted, and neither it nor its end is heard of again.
  virtual bool begin_object() = 0;
  virtual bool begin_array() = 0;
  /// Of the object or array begun last.
  virtual void end() = 0;
  virtual void key(std::string name) = 0;
  /// A text comes. False: `string` is called without what it says.
  virtual bool wants_text() = 0;
  virtual void string(std::string value) = 0;
  virtual void boolean(bool value) = 0;
  virtual void number() = 0;
  virtual void null() = 0;

 protected:
  ~JsonListener() = default;
};

/// Reads RFC 8259, UTF-8 alone, in pieces as they come. Takes a bit of memory for each level of nesting, and what is wanted of
/// one text.
class JsonReader {
 public:
  explicit JsonReader(JsonListener& listener) : listener_(listener) {}

  /// False: this is not JSON.
  bool feed(std::string_view piece);
  /// Whether what was fed is the whole of a text.
  bool complete();
  /// How many bytes at the front could be JSON.
  std::size_t good() const noexcept { return good_; }
  /// Bytes of the text that is being read.
  std::size_t held() const noexcept { return text_.size(); }
  /// The text that is being read is not wanted after all: it will be empty.
  void drop();

 private:
  enum class State : std::uint8_t {
    value,
    value_or_end,  // of an array
    key_or_end,
    key,
    colon,
    comma_or_end,
    text,
    escape,
    hex,
    low_escape,  // the backslash of a surrogate's second half
    low_u,
    word,
    minus,
    zero,
    digits,
    point,
    fraction,
    exponent,
    exponent_sign,
    exponent_digits,
    ended,
    failed
  };

  bool wanted() const noexcept { return skipped_ == 0; }
  std::size_t step(std::string_view rest);
  void begin_value(char c);
  void begin_word(std::string_view word);
  void open(bool object);
  void close(bool object);
  void behind_value();
  void begin_text(bool key);
  void end_text();
  std::size_t text(std::string_view rest);
  void utf8_byte(unsigned char byte);
  void escaped(char c);
  void hex_digit(char c);
  void put_rune(char32_t rune);
  void put(std::string_view bytes) {
    if (keeping_) text_ += bytes;
  }
  void word(char c);
  bool number(char c);
  void end_number();

  JsonListener& listener_;
  State state_ = State::value;
  std::vector<bool> objects_;  // what is open: an object, or an array
  std::size_t skipped_ = 0;    // the level at which the skipping began; 0: it did not
  std::size_t at_ = 0, good_ = 0;
  std::string text_;
  bool keeping_ = false, is_key_ = false;
  std::string_view word_;
  std::size_t word_at_ = 0;
  std::uint32_t hex_ = 0, high_ = 0;  // the high half of a surrogate pair
  int hex_count_ = 0;
  // Of a character that has begun: how many bytes are to come, and what the next one may be.
  int more_ = 0;
  unsigned char least_ = 0x80, most_ = 0xBF;
};

}  // namespace corefile::webhook
