// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/config.hpp>

/// The views' short functions: no part of the interface.
namespace corefile {

namespace detail {
inline ConfigData& ConfigAccess::data(Config& config) noexcept { return config.data_; }
inline const ConfigData& ConfigAccess::data(const Config& config) noexcept { return config.data_; }
inline const ConfigData& of(const Config& config) noexcept { return ConfigAccess::data(config); }
template <>
inline Directive view(const Config* config, std::uint32_t index) noexcept {
  return {config, index};
}
template <>
inline Property view(const Config* config, std::uint32_t index) noexcept {
  const ConfigData::Line& line = of(*config).lines[index];
  return {config, {of(*config).words.data() + line.first, line.last - line.first}};
}
}  // namespace detail

inline std::string_view Directive::name() const noexcept { return name_word().text; }
inline Plugin Directive::plugin() const noexcept { return detail::of(*config).directives[index].plugin; }
inline const Word& Directive::name_word() const noexcept { return detail::of(*config).words[detail::of(*config).directives[index].first]; }
inline std::uint32_t Directive::block() const noexcept { return detail::of(*config).directives[index].block; }
inline std::span<const Word> Directive::words() const noexcept {
  const detail::ConfigData::Directive& m = detail::of(*config).directives[index];
  return {detail::of(*config).words.data() + m.first, m.last - m.first};
}
inline std::span<const Word> Directive::arguments() const noexcept {
  const detail::ConfigData::Directive& m = detail::of(*config).directives[index];
  return {detail::of(*config).words.data() + m.first + 1, m.arguments_end - m.first - 1};
}
inline bool Directive::has_block() const noexcept {
  const detail::ConfigData::Directive& m = detail::of(*config).directives[index];
  if (m.arguments_end >= m.last) return false;
  const std::string_view opener = detail::of(*config).words[m.arguments_end].text;
  return opener.size() == 1 && opener.front() == '{';
}
inline Properties Directive::properties() const noexcept {
  const detail::ConfigData::Directive& m = detail::of(*config).directives[index];
  return {config, m.first_line, m.last_line, m.properties};
}
inline std::span<const Word> ServerBlock::keys() const noexcept {
  const detail::ConfigData::Block& b = detail::of(*config).blocks[index];
  return {detail::of(*config).words.data() + b.first_key, b.last_key - b.first_key};
}
inline ServerBlock::Directives ServerBlock::directives() const noexcept {
  const detail::ConfigData::Block& b = detail::of(*config).blocks[index];
  return {config, b.first_directive, b.last_directive};
}
inline bool ServerBlock::has(Plugin plugin) const noexcept { return detail::of(*config).blocks[index].plugins.has(plugin); }
inline std::optional<Directive> ServerBlock::find(Plugin plugin) const noexcept {
  if (!has(plugin)) return {};
  for (const Directive directive : directives()) {
    if (directive.is(plugin)) return directive;
  }
  return {};
}
inline bool ServerBlock::dropped() const noexcept { return detail::of(*config).blocks[index].dropped; }
inline bool ServerBlock::braces() const noexcept { return detail::of(*config).blocks[index].braces; }
inline bool ServerBlock::fragment() const noexcept { return detail::of(*config).blocks[index].fragment; }

}  // namespace corefile
