// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

/// What systems do in their own ways: `posix/` and `windows/` each define it. Reading and writing files is so too, in disk.hpp.
namespace corefile::app {

// Paths are held and shown as UTF-8 with slashes, on Windows as well; on POSIX they are bytes.

/// Whether a path may begin with a drive: C:/…
extern const bool paths_have_drives;
/// The path of that name, whatever bytes it has.
std::filesystem::path disk_path(std::string_view name);
std::string path_name(const std::filesystem::path& path);
/// As somebody types it to as it is held: on Windows, `\` becomes `/`.
std::string typed_path(std::string text);
/// Without links. A file that is not there is an error.
std::filesystem::path real_path(const std::filesystem::path& path, std::error_code& error);
/// A link to elsewhere, a junction among them.
bool is_link(const std::filesystem::directory_entry& entry);

/// A file as it lies on the disk, without reading it.
struct FileStamp {
  std::uint64_t device = 0, inode = 0, size = 0;
  std::int64_t seconds = 0, nanoseconds = 0;
  auto operator<=>(const FileStamp&) const = default;
};
std::optional<FileStamp> stamp_of(const std::string& path);

struct Ran {
  bool began = false;
  bool succeeded = false;
  std::string out{};
};
/// Runs a program that is found on the PATH; what it complains of goes to standard error as it is.
Ran run_program(std::vector<std::string> words);

/// In hexadecimal digits.
std::string md5_of(std::string_view text);
std::string sha512_of(std::string_view text);

/// The process's arguments, without the program's name.
std::vector<std::string> arguments_of(int argc, char** argv);
/// Something that was put there for the program: standard input is neither a terminal nor nothing.
bool input_is_piped();
struct Terminals {
  bool out = false, err = false;  ///< standard output, standard error: they are terminals that understand escape sequences
  std::uint32_t columns = 0;      ///< of standard output; 0: not known
};
Terminals find_terminals();
/// Byte for byte, and at once. What prevents it is said on standard error.
bool write_out(std::string_view text);
void write_err(std::string_view text);

}  // namespace corefile::app
