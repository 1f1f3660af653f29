// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/source.hpp>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Configuration files of the tools, read strictly: what is not known is a fault at its line. Which keys there are is the tool's.
namespace corefile {

struct ConfigKey;

/// A view of keys, in a key: there, a std::span of them would be one of an incomplete type.
class ConfigKeys {
 public:
  constexpr ConfigKeys() noexcept = default;
  template <typename Keys>
  constexpr ConfigKeys(const Keys& keys) noexcept : first_(std::data(keys)), count_(std::size(keys)) {}
  std::span<const ConfigKey> all() const noexcept;

 private:
  const ConfigKey* first_ = nullptr;
  std::size_t count_ = 0;
};

/// A key that a file may have.
struct ConfigKey {
  enum class Kind : std::uint8_t {
    text,     ///< one word
    flag,     ///< `true` or `false`
    texts,    ///< a list of words; one alone may stand for itself
    map,      ///< names to words
    entries,  ///< a list of maps, whose keys are in `keys`
    sections  ///< names to such maps
  };
  std::string_view name;
  Kind kind;
  std::string_view about;                       ///< one sentence, for a schema and for people
  std::span<const std::string_view> choices{};  ///< of a text, or of a map's values; empty: any
  ConfigKeys keys{};
};

inline std::span<const ConfigKey> ConfigKeys::all() const noexcept { return {first_, count_}; }

struct ConfigValue {
  std::string name;  ///< the key; empty in a list
  std::string text;
  std::vector<ConfigValue> items{};  ///< of what is not one word
  std::uint32_t line = 0;            ///< from 1
};

struct ConfigFault {
  std::uint32_t line;
  std::string message;
};

struct ConfigFile {
  std::vector<ConfigValue> values;  ///< in the file's order
  std::vector<ConfigFault> faults;  ///< in the file's order; where there are some, `values` is not all of it
};

/// One YAML document, or nothing. Total. O(size).
ConfigFile read_config(const Source& file, std::span<const ConfigKey> keys);

}  // namespace corefile
