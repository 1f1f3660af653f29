// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/load.hpp>
#include <corefile/rule.hpp>
#include <cstdint>
#include <string>
#include <string_view>

/// Text that is read as something nobody meant: a `}` as a zone, a comment sign as a directive. The rule about the cause speaks, and
/// the rules about the consequences are silent. All of it is for files that are suspicious already.
namespace corefile {

/// What made words into server block keys.
enum class KeyMistake : std::uint8_t {
  none,
  closing_brace,    ///< a `}` too many
  comment,          ///< `// …`
  literal_newline,  ///< `\n` as two characters
  label,            ///< `(my snippet)`
  yaml_key,         ///< `hosts: |`
  stray_directive   ///< a plugin's line outside of any block
};
KeyMistake key_mistake_of(ServerBlock block) noexcept;

/// A key of the block is an address, or holds what no zone does (`:.53`): a rule about keys says so, and what lies outside of such a zone
/// does so for that reason.
bool has_odd_key(ServerBlock block) noexcept;
/// A `{` stands behind the block's last key, or it has no key.
bool has_braces(ServerBlock block) noexcept;
/// The first directive of a block without braces that is not a plugin in any build: the key of a block that cannot begin there.
const Word* key_as_directive(ServerBlock block) noexcept;
/// No build has a plugin of this name: a zone, an address, a snippet's label.
bool is_no_plugin_name(const Word& word) noexcept;

/// A note with CoreDNS's words.
std::string says(Release release, std::string_view words);
/// A word as a message can bear it: cut if it is long.
std::string shortened(std::string_view text);

}  // namespace corefile
