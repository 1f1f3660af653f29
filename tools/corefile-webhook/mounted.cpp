// SPDX-License-Identifier: Apache-2.0
#include "mounted.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace corefile::webhook {
namespace {

constexpr std::size_t cost_of_name = 64;  // of comparing it

int base64_value(char c) {
  if ('A' <= c && c <= 'Z') return c - 'A';
  if ('a' <= c && c <= 'z') return c - 'a' + 26;
  if ('0' <= c && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

std::string decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = base64_value(c);
    if (value < 0) continue;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
  }
  return out;
}

constexpr std::string_view import_word = "import";

bool has(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

std::string_view take_word(std::string_view& line) {
  constexpr std::string_view blanks = " \t\r\v\f";
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  std::string_view word = line.substr(0, line.find_first_of(blanks));
  line.remove_prefix(word.size());
  if (word.size() > 1 && word.front() == '"' && word.back() == '"') word = word.substr(1, word.size() - 2);
  return word.starts_with("./") ? word.substr(2) : word;
}

/// The words of lines that import nothing, of those that are names in the folder. With `root` they may be files of any folder.
void add_opened(std::string_view text, const std::map<std::string_view, std::string_view>& names, std::set<std::string_view>& out) {
  if (has(text, "root ")) return;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (take_word(line) == import_word) continue;
    for (std::string_view word = take_word(line); !word.empty(); word = take_word(line)) {
      if (names.contains(word)) out.insert(word);
    }
  }
}

bool names_others(const Text& text) { return has(text.text, import_word) || has(text.text, main_folder); }

}  // namespace

std::vector<Text> all_texts(const ConfigMap& map) {
  std::vector<Text> texts;
  for (const auto& [key, value] : map.data) texts.push_back({key, value});
  for (const auto& [key, value] : map.binary_data) texts.push_back({key, decode_base64(value)});
  return texts;
}

void Mounted::add(std::string_view path, const std::vector<Text>& texts, bool whole) {
  Folder& folder = folders_[std::string(path)];
  folder.whole = whole;
  for (const Text& text : texts) folder.texts.emplace(text.key, text.text);
  if (whole) return;
  // Plugins look for `example.db` in the process's working folder, which is another.
  for (const Text& text : texts) add_opened(text.text, folder.texts, folder.opened);
}

const Mounted::Folder* Mounted::folder_of(std::string_view path) const {
  const auto folder = folders_.find(path.substr(0, std::min(path.rfind('/'), path.size())));
  return folder == folders_.end() ? nullptr : &folder->second;
}

Files::Content Mounted::read(const std::string& path) const {
  const Folder* folder = folder_of(path);
  if (folder == nullptr) return {};
  const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
  const auto text = folder->texts.find(name);
  if (text == folder->texts.end() || folder->opened.contains(name)) return {};
  if (!spend(text->second.size())) return {};
  guessed_ = guessed_ || !folder->whole;
  return {Status::ok, std::string(text->second)};
}

std::vector<std::string> Mounted::list(const std::string& path) const {
  std::vector<std::string> names;
  if (const auto folder = folders_.find(path); folder != folders_.end() && spend(folder->second.texts.size() * cost_of_name)) {
    for (const auto& [name, text] : folder->second.texts) names.emplace_back(name);
  }
  return names;
}

bool Mounted::spend(std::size_t bytes) const noexcept {
  exhausted_ = exhausted_ || bytes > left_;
  if (!exhausted_) left_ -= bytes;
  return !exhausted_;
}

bool Mounted::authoritative(const std::string& path) const {
  return std::any_of(folders_.begin(), folders_.end(), [&](const auto& folder) {
    return folder.second.whole && path.starts_with(folder.first) && path.substr(folder.first.size()).starts_with('/');
  });
}

Beside::Beside(const ConfigMap& map) : folder_(map.name == custom_name ? custom_folder : main_folder), custom_(map.name == custom_name) {
  if (map.data.size() + map.binary_data.size() < 2) return;
  texts_ = all_texts(map);
  if (std::none_of(texts_.begin(), texts_.end(), names_others)) texts_.clear();
  if (!texts_.empty()) files_.add(folder_, texts_, false);
}

bool Beside::concerns(const Text& text) const { return !texts_.empty() && (custom_ || text.key == "Corefile") && names_others(text); }

}  // namespace corefile::webhook
