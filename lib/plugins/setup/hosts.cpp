// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/key.hpp>

#include "base/ascii.hpp"
#include "plugins/setup.hpp"
#include "resolve/import.hpp"

namespace corefile::plugins::setup {
namespace {

// Whether something stands in `zones` behind it: from 1.8.4 on what is not a name is left out, and without a name it is as if it stood
// nowhere.
bool has_zones(Reader& reader, std::span<const Word> args) {
  if (args.empty() || !reader.since(1, 8, 4)) return true;
  return std::any_of(args.begin(), args.end(),
                     [&](const Word& word) { return word.unknown || !normalize_zone(word.text, reader.release()).empty(); });
}

// os.Stat: a missing file is not a fault, one below a file is. Every system has `/etc/hosts` and `/dev/null`.
bool below_file(Reader& reader, std::string_view path) {
  const std::string folder = resolve_detail::folder_of(reader.config().document(0).source().name());
  for (std::size_t slash = path.find('/', 1); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
    const std::string_view above = path.substr(0, slash);
    if (above == "/etc/hosts" || above == "/dev/null") return true;
    const Files* files = path.starts_with('/') ? nullptr : reader.state().files;
    if (files != nullptr && files->read(resolve_detail::join(folder, above)).status == Files::Status::ok) return true;
  }
  return false;
}

bool has_long_name(std::string_view path) {
  constexpr std::size_t longest = 255;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    if (slash > longest) return true;
    path.remove_prefix(slash + 1);
  }
  return path.size() > longest;
}

void refuse_path(Reader& reader, const Word& word, std::string message, std::string_view error) {
  const bool moved = !word.text.starts_with('/') && (reader.state().root_unknown || !reader.state().root.empty());
  reader
      .invalid(word, std::move(message),
               moved ? std::string() : fmt::format("unable to access hosts file '{}': stat {}: {}", word.text, word.text, error))
      .help = "name the file alone";
}

void check_path(Reader& reader, const Word& word) {
  if (word.unknown) return;
  if (word.text.find('\0') != std::string_view::npos) {
    refuse_path(reader, word, "a file's name holds no NUL byte", "invalid argument");
    return;
  }
  if (reader.state().root_unknown || (!word.text.starts_with('/') && !reader.state().root.empty())) return;
  if (below_file(reader, word.text)) {
    refuse_path(reader, word, fmt::format("`{}` is not a path: a file is not a folder", word.text), "not a directory");
  } else if (has_long_name(word.text)) {
    refuse_path(reader, word, "a file's name has at most 255 bytes", "file name too long");
  }
}

}  // namespace

// Until a `fallthrough`, every line that is not a property is a line of the hosts file.
void hosts(Reader& reader) {
  bool falls_through = false;
  bool told = false;
  const Word* unsupported = nullptr;
  for (bool again = false; reader.next(); again = true) {
    if (again) {
      reader.once(reader.word());
      return;
    }
    if (const auto args = reader.remaining_args(); !args.empty()) check_path(reader, args.front());
    while (reader.next_block()) {
      const Word& word = reader.word();
      if (const Property* property = reader.property()) {
        if (property->name == "fallthrough_unsupported") unsupported = &word;
        if (property->name == "fallthrough") {
          falls_through = has_zones(reader, reader.remaining_args());
          continue;
        }
        reader.read_property(*property);
      } else if (!falls_through || word.unknown || (told && !word.text.empty() && !ascii::is_lower(word.text.front()))) {
        reader.remaining_args();
      } else {
        reader.unknown_property();
        Problem& fault = reader.faults().back();
        if (fault.help.empty() || word.text.empty() || !ascii::is_lower(word.text.front())) {
          fault.message = fmt::format("`{}` stands behind `fallthrough`, where only properties may", word.text);
          fault.help = "put the hosts before `fallthrough`";
          told = true;
          fault.fixes.clear();
        }
      }
    }
  }
  if (unsupported == nullptr || falls_through) return;
  reader
      .fail(ProblemKind::conflict, *unsupported, "`fallthrough_unsupported` without `fallthrough`",
            "fallthrough_unsupported requires fallthrough")
      .help = "add `fallthrough`, or remove the line";
}

}  // namespace corefile::plugins::setup
