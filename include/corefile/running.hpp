// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/config.hpp>
#include <corefile/release.hpp>
#include <cstdint>
#include <string>

/// What `reload` tells one configuration from another by (CoreDNS, plugin/reload/reload.go): a hash over what caddyfile's parser makes of
/// the Corefile, so that comments and blanks do not count, and lines do.
namespace corefile {

enum class RunningHash : std::uint8_t {
  none,   ///< up to 1.6.0: nothing is logged
  md5,    ///< 1.6.1 to 1.9.0: `Running configuration MD5 = …`
  sha512  ///< from 1.9.1 on: `Running configuration SHA512 = …`
};
RunningHash running_hash(Release release) noexcept;

/// The text that is hashed: the server blocks as that release's encoding/json writes them. Words of imported files carry the file's name,
/// which must therefore be absolute and the one it has where CoreDNS runs. Of a Config that the parser refuses, or with words that are not
/// known, it is not CoreDNS's text. O(size).
std::string running_configuration(const Config& config, Release release);

}  // namespace corefile
