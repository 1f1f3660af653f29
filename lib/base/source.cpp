// SPDX-License-Identifier: Apache-2.0
#include <corefile/source.hpp>

#include <algorithm>
#include <utility>

#include <corefile/line_index.hpp>

namespace corefile {

struct Source::Rep {
  std::string name;
  std::string text;
  bool truncated = false;
};

Source::Source() = default;

Source::Source(std::string name, std::string text) {
  auto rep = std::make_shared<Rep>();
  rep->name = std::move(name);
  rep->text = std::move(text);
  if (rep->text.size() > max_size) {
    rep->text.resize(max_size);
    rep->truncated = true;
  }
  text_ = rep->text;
  rep_ = std::move(rep);
}

const std::string& Source::name() const noexcept {
  static const std::string none;
  return rep_ ? rep_->name : none;
}
bool Source::truncated() const noexcept { return rep_ && rep_->truncated; }

Position Source::position(std::uint32_t offset) const noexcept {
  const std::string_view before = text_.substr(0, offset);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 == 0
  std::string_view in_line = before.substr(line_begin);
  if (line_begin == 0 && in_line.starts_with("\xEF\xBB\xBF")) in_line.remove_prefix(3);
  return {static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1, columns(in_line, Columns::utf32) + 1};
}

Span Source::line(std::uint32_t offset) const noexcept {
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text_.size()));
  const std::size_t begin = offset == 0 ? 0 : text_.rfind('\n', offset - 1) + 1;
  std::size_t end = text_.find('\n', offset);
  if (end == std::string_view::npos) end = text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace corefile
