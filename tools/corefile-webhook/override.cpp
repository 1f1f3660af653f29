// SPDX-License-Identifier: Apache-2.0
#include "override.hpp"

#include <array>
#include <corefile/render.hpp>
#include <cstddef>
#include <cstdint>

#include "base/utf8.hpp"
#include "wording.hpp"

namespace corefile::webhook {
namespace {

constexpr std::size_t longest_reason = 200;
constexpr std::string_view hash_mark = "text:";

// Blanks of all kinds are no reason.
bool says_something(std::string_view text) {
  constexpr std::u32string_view blanks = U"\u00AD\u034F\u061C\u115F\u1160\u1680\u17B4\u17B5\u2800\u3000\u3164\uFFA0";
  while (!text.empty()) {
    const utf8::Rune rune = utf8::decode(text);
    text.remove_prefix(rune.size);
    const bool blank = rune.value <= ' ' || (rune.value >= 0x7F && rune.value <= 0xA0) || (rune.value >= 0x2000 && rune.value <= 0x206F) ||
                       utf8::width(rune.value) == 0 || blanks.find(rune.value) != std::u32string_view::npos;
    if (!blank && rune.valid) return true;
  }
  return false;
}

class Fnv {
 public:
  // With its length, so that no two lists of texts read alike.
  void add(std::string_view text) noexcept {
    for (std::size_t size = text.size(), i = 0; i < 8; ++i, size >>= 8U) step(static_cast<unsigned char>(size & 0xFFU));
    for (const char c : text) step(static_cast<unsigned char>(c));
  }
  std::string hex() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (unsigned shift = 64; shift > 0; shift -= 4) out += digits[(value_ >> (shift - 4)) & 0xFU];
    return out;
  }

 private:
  void step(unsigned char byte) noexcept { value_ = (value_ ^ byte) * 0x100000001B3U; }
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

}  // namespace

std::string text_hash(const ConfigMap& map) {
  Fnv hash;
  for (const Pairs* pairs : std::array{&map.data, &map.binary_data}) {
    hash.add(pairs == &map.data ? "data" : "binaryData");
    for (const auto& [key, text] : *pairs) {
      hash.add(key);
      hash.add(text);
    }
  }
  return std::string(hash_mark) + hash.hex();
}

std::string reason_of(const ConfigMap& map, std::string_view annotation) {
  const std::string* value = find(map.annotations, annotation);
  if (value == nullptr || !says_something(*value)) return {};
  return shortened(visible(*value), longest_reason);
}

std::string override_reason(const ConfigMap& map, const Policy& policy) {
  const std::string* value = find(map.annotations, override_annotation);
  if (value == nullptr) return {};
  if (policy.override == Override::text) {
    const std::string hash = text_hash(map);
    const std::size_t at = value->find(hash);
    if (at == std::string::npos || !says_something(std::string(*value).erase(at, hash.size()))) return {};
  }
  return reason_of(map, override_annotation);
}

std::string way_round(const ConfigMap& map, const Policy& policy) {
  const bool bound = policy.override == Override::text;
  std::string out = "To apply it all the same, annotate the ConfigMap with the reason: " + std::string(override_annotation) + ": \"…";
  if (bound) out += ' ' + text_hash(map);
  out += '"';
  if (find(map.annotations, override_annotation) == nullptr) return out;
  if (bound && !reason_of(map, override_annotation).empty()) return out + " (it is there, but not for these texts)";
  return out + " (it is there, but gives no reason)";
}

}  // namespace corefile::webhook
