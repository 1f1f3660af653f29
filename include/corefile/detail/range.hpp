// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// Neighbours in a table of a Config's: no part of the interface.
namespace corefile {

class Config;

namespace detail {

/// What stands at an index.
template <typename View>
View view(const Config* config, std::uint32_t index) noexcept;

/// The Views [first, last).
template <typename View>
class Range {
 public:
  class iterator {
   public:
    using value_type = View;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(const Config* config, std::uint32_t index) : config_(config), index_(index) {}
    View operator*() const noexcept { return view<View>(config_, index_); }
    iterator& operator++() {
      ++index_;
      return *this;
    }
    iterator operator++(int) {
      iterator before = *this;
      ++index_;
      return before;
    }
    bool operator==(const iterator& other) const noexcept { return index_ == other.index_; }

   private:
    const Config* config_ = nullptr;
    std::uint32_t index_ = 0;
  };

  Range(const Config* config, std::uint32_t first, std::uint32_t last) : config_(config), first_(first), last_(last) {}
  iterator begin() const noexcept { return {config_, first_}; }
  iterator end() const noexcept { return {config_, last_}; }
  std::uint32_t size() const noexcept { return last_ - first_; }
  bool empty() const noexcept { return first_ == last_; }

 protected:
  const Config* config_;
  std::uint32_t first_, last_;
};

}  // namespace detail
}  // namespace corefile
