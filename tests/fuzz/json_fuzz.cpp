// SPDX-License-Identifier: Apache-2.0
#include "json.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "fuzz.hpp"

using corefile::webhook::JsonListener;
using nlohmann::json;

namespace {

/// Writes down what it hears, a letter or a text for each.
class Notes final : public JsonListener {
 public:
  bool begin_object() override { return told += '{', true; }
  bool begin_array() override { return told += '[', true; }
  void end() override { told += 'e'; }
  void key(std::string name) override { told += 'k' + name; }
  bool wants_text() override { return true; }
  void string(std::string value) override { told += 's' + value; }
  void boolean(bool value) override { told += value ? 't' : 'f'; }
  void number() override { told += '0'; }
  void null() override { told += 'n'; }

  std::string told;
};

/// The same from the other reader.
class Others final : public nlohmann::json_sax<json> {
 public:
  explicit Others(Notes& to) : to_(to) {}
  bool null() override { return to_.null(), true; }
  bool boolean(bool value) override { return to_.boolean(value), true; }
  bool number_integer(std::int64_t) override { return to_.number(), true; }
  bool number_unsigned(std::uint64_t) override { return to_.number(), true; }
  bool number_float(double, const std::string&) override { return to_.number(), true; }
  bool string(std::string& value) override { return to_.string(value), true; }
  bool binary(json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return to_.begin_object(), true; }
  bool key(std::string& value) override { return to_.key(value), true; }
  bool end_object() override { return to_.end(), true; }
  bool start_array(std::size_t) override { return to_.begin_array(), true; }
  bool end_array() override { return to_.end(), true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    // A number that is too large for a double is JSON all the same.
    large_number = std::string_view(error.what()).find("number overflow") != std::string_view::npos;
    return false;
  }
  bool large_number = false;

 private:
  Notes& to_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::text(data, size);
  // Against RFC 8259, the other reader skips a byte order mark, and ends at a NUL.
  if (text.starts_with("\xEF\xBB\xBF") || text.find('\0') != std::string::npos) return 0;
  Notes ours;
  Notes theirs;
  Others other(theirs);
  // In pieces of any size.
  corefile::webhook::JsonReader reader(ours);
  const std::size_t piece = 1 + size % 7;
  for (std::size_t at = 0; at < text.size(); at += piece) reader.feed(std::string_view(text).substr(at, piece));
  const bool read = reader.complete();
  const bool taken = json::sax_parse(text, &other);
  fuzz::expect(other.large_number || read == taken, "one reader takes what the other refuses");
  fuzz::expect(!read || other.large_number || ours.told == theirs.told, "two readers read different things");
  return 0;
}
