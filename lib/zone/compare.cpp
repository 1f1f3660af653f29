// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/ascii.hpp"
#include "zone/names.hpp"

/// plugin/file/tree/less.go.
namespace corefile::zone {
namespace {

// doDDD: what follows an escape moves up, and the bytes at the end stay what they were.
void decode_in_place(std::string& label) {
  std::size_t end = label.size();
  for (std::size_t i = 0; i < end; ++i) {
    if (i + 3 >= end || label[i] != '\\' || !is_ddd(std::string_view(label).substr(i + 1))) continue;
    label[i] = next_byte(label, i).byte;
    for (std::size_t j = i + 1; j + 3 < end; ++j) label[j] = label[j + 3];
    end -= 3;
  }
}

std::string label_text(std::string_view label, bool fold) {
  std::string out = fold ? ascii::to_lower(label) : std::string(label);
  if (out.find('\\') != std::string::npos) decode_in_place(out);
  return out;
}

int compare_bytes(std::string_view a, std::string_view b) noexcept {
  const int order = a.compare(b);  // by unsigned bytes
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

// Until 1.14.7: labels with their dots, from the right.
int compare_labels(std::string_view a, std::string_view b, bool fold) {
  std::size_t a_end = a.size();
  std::size_t b_end = b.size();
  for (;;) {
    const Label a_label = previous_label(a.substr(0, a_end), 1);
    const Label b_label = previous_label(b.substr(0, b_end), 1);
    if (a_label.passed && b_label.passed) return 0;
    const int order = compare_bytes(label_text(a.substr(a_label.at, a_end - a_label.at), fold),
                                    label_text(b.substr(b_label.at, b_end - b_label.at), fold));
    if (order != 0) return order;
    a_end = a_label.at;
    b_end = b_label.at;
  }
}

// A name's labels from the right, without the dots.
class Labels {
 public:
  explicit Labels(std::string_view name) : name_(name), last_(stripped(name)) {
    if (last_ >= 0 && dot_before(last_) == last_) --last_;
  }
  std::ptrdiff_t last() const noexcept { return last_; }
  void begin() noexcept {
    dot_ = dot_before(last_);
    at_ = dot_ + 1;
  }
  bool more() const noexcept { return at_ <= last_; }
  std::ptrdiff_t rest() const noexcept { return last_ - at_; }
  void end() noexcept { last_ = dot_ - 1; }
  unsigned char next() noexcept {
    char c = name_[static_cast<std::size_t>(at_++)];
    if (c == '\\') {
      const std::string_view behind = name_.substr(static_cast<std::size_t>(at_), static_cast<std::size_t>(last_ + 1 - at_));
      if (behind.empty()) return static_cast<unsigned char>(c);
      const bool digits = is_ddd(behind);
      c = digits ? static_cast<char>((behind[0] - '0') * 100 + (behind[1] - '0') * 10 + (behind[2] - '0')) : behind[0];
      at_ += digits ? 3 : 1;
    }
    return static_cast<unsigned char>(ascii::lower(c));
  }

 private:
  // A backslash at the end that escapes nothing is left out.
  static std::ptrdiff_t stripped(std::string_view name) noexcept {
    std::size_t backslashes = 0;
    while (backslashes < name.size() && name[name.size() - 1 - backslashes] == '\\') ++backslashes;
    return static_cast<std::ptrdiff_t>(name.size()) - (backslashes % 2 != 0 ? 2 : 1);
  }
  std::ptrdiff_t dot_before(std::ptrdiff_t last) const noexcept {
    while (last >= 0) {
      if (name_[static_cast<std::size_t>(last)] != '.') {
        --last;
        continue;
      }
      std::ptrdiff_t behind = last - 1;
      while (behind >= 0 && name_[static_cast<std::size_t>(behind)] == '\\') --behind;
      if ((last - behind) % 2 != 0) break;
      last = behind;
    }
    return last;
  }

  std::string_view name_;
  std::ptrdiff_t last_;
  std::ptrdiff_t dot_ = -1;
  std::ptrdiff_t at_ = 0;
};

int compare_decoded(std::string_view first, std::string_view second) {
  Labels a(first);
  Labels b(second);
  while (a.last() >= 0 && b.last() >= 0) {
    a.begin();
    b.begin();
    while (a.more() && b.more()) {
      const int x = a.next();
      const int y = b.next();
      if (x != y) return x - y;
    }
    if (a.rest() != b.rest()) return a.rest() < b.rest() ? -1 : 1;
    a.end();
    b.end();
  }
  return a.last() == b.last() ? 0 : a.last() < b.last() ? -1 : 1;
}

}  // namespace

int compare_names(std::string_view a, std::string_view b, Release release) {
  if (a == b) return 0;
  if (release >= Release{1, 15, 0}) return compare_decoded(a, b);
  return compare_labels(a, b, release >= Release{1, 12, 3});
}

}  // namespace corefile::zone
