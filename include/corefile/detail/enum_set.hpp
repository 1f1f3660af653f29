// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

/// What PluginSet and ProblemKinds are.
namespace corefile::detail {

/// A set of enumerators, of which there are `Count`, in one bit each; every operation is O(1).
template <typename Enum, std::size_t Count>
class EnumSet {
 public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<Enum> all) noexcept {
    for (const Enum one : all) add(one);
  }
  constexpr void add(Enum one) noexcept { words_[index(one)] |= bit(one); }
  constexpr bool has(Enum one) const noexcept { return (words_[index(one)] & bit(one)) != 0; }
  constexpr bool empty() const noexcept {
    std::uint64_t all = 0;
    for (const std::uint64_t word : words_) all |= word;
    return all == 0;
  }
  /// How many are in it.
  constexpr std::size_t size() const noexcept {
    std::size_t count = 0;
    for (const std::uint64_t word : words_) count += static_cast<std::size_t>(std::popcount(word));
    return count;
  }
  /// Something is in both.
  constexpr bool meets(const EnumSet& other) const noexcept {
    std::uint64_t both = 0;
    for (std::size_t i = 0; i < word_count; ++i) both |= words_[i] & other.words_[i];
    return both != 0;
  }
  /// Calls `see(one)` for each. O(what is in it).
  template <typename See>
  constexpr void each(See see) const {
    for (std::size_t i = 0; i < word_count; ++i) {
      for (std::uint64_t left = words_[i]; left != 0; left &= left - 1) {
        see(static_cast<Enum>(i * 64 + static_cast<std::size_t>(std::countr_zero(left))));
      }
    }
  }
  constexpr bool operator==(const EnumSet&) const = default;

 private:
  static constexpr std::size_t word_count = (Count + 63) / 64;
  static constexpr std::size_t index(Enum one) noexcept { return static_cast<std::size_t>(one) / 64; }
  static constexpr std::uint64_t bit(Enum one) noexcept { return std::uint64_t{1} << (static_cast<std::size_t>(one) % 64); }

  std::uint64_t words_[word_count]{};
};

}  // namespace corefile::detail
