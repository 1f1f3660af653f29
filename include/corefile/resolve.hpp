// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <corefile/config.hpp>
#include <corefile/syntax.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// A Document to what CoreDNS would see: imports and snippets spliced, environment variables replaced, directives
/// grouped into server blocks. Follows coredns/caddy v1.1.4, caddyfile/parse.go, token for token.
namespace corefile {

/// The only way to other files. Paths are absolute or relative to the process's folder, as given by the caller.
class Files {
 public:
  enum class Status : std::uint8_t { ok, missing, directory, unreadable };
  struct Content {
    Status status = Status::missing;
    std::string text;
  };
  virtual ~Files() = default;
  virtual Content read(const std::string& path) const = 0;
  /// Names in a folder, sorted by byte; none if there is no such folder.
  virtual std::vector<std::string> list(const std::string& folder) const = 0;
  /// Whether a missing file is surely missing where CoreDNS will run: a folder beside the Corefile is, a container's is not.
  virtual bool authoritative(const std::string& path) const = 0;
};

/// What `{$NAME}` stands for. Unless `complete`, a name without an entry has an unknown value; if complete, it is unset
/// and stands for the empty string.
struct Environment {
  std::map<std::string, std::string, std::less<>> values;
  bool complete = false;
};

struct Limits {
  /// Words that imports and snippets may add to those of the root document.
  std::uint32_t expanded_words = 2'000'000;
  /// Files read by imports.
  std::uint32_t files = 10'000;
};

/// What the text is: a whole Corefile, or `*.override`: lines for inside a server block.
enum class Form : std::uint8_t { corefile, directives };

struct ResolveOptions {
  const Files* files = nullptr;  ///< none: imports of files stay unresolved
  Environment environment;
  Limits limits;
  Form form = Form::corefile;
};

/// Total, like parse. Where CoreDNS's parser stops, reading goes on behind the fault, so that the rest can be linted. See also
/// recover(). O(words after expansion).
Config resolve(Document root, const ResolveOptions& options = {});

/// Go's environment replacement of one token (parse.go, replaceEnvVars). `unknown` is set where a variable's value is
/// not known; the reference then stays in the text.
std::string replace_environment(std::string_view text, const Environment& environment, bool& unknown);

}  // namespace corefile
