// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "../app.hpp"
#include "../disk.hpp"
#include "../system.hpp"
#include "../words.hpp"
#include "descriptor.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path) { throw Trouble(path + ": " + std::strerror(errno)); }

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

[[noreturn]] void refuse(const std::string& path, const std::string& reason) { throw Trouble(path + ": not rewritten: " + reason); }
[[noreturn]] void refuse(const std::string& path) { refuse(path, std::strerror(errno)); }

#ifdef __APPLE__
ssize_t list_attributes(int file, char* names, std::size_t size) { return ::flistxattr(file, names, size, 0); }
ssize_t get_attribute(int file, const char* name, void* value, std::size_t size) { return ::fgetxattr(file, name, value, size, 0, 0); }
int set_attribute(int file, const char* name, const void* value, std::size_t size) { return ::fsetxattr(file, name, value, size, 0, 0); }
int remove_attribute(int file, const char* name) { return ::fremovexattr(file, name, 0); }
#else
ssize_t list_attributes(int file, char* names, std::size_t size) { return ::flistxattr(file, names, size); }
ssize_t get_attribute(int file, const char* name, void* value, std::size_t size) { return ::fgetxattr(file, name, value, size); }
int set_attribute(int file, const char* name, const void* value, std::size_t size) { return ::fsetxattr(file, name, value, size, 0); }
int remove_attribute(int file, const char* name) { return ::fremovexattr(file, name); }
#endif

constexpr const char* acl = "system.posix_acl_access";

/// ACLs are such attributes as well. True where the file has none, or its file system knows none.
bool copy_attributes(int from, int to) {
  std::string names(static_cast<std::size_t>(std::max<ssize_t>(list_attributes(from, nullptr, 0), 0)), '\0');
  const ssize_t size = list_attributes(from, names.data(), names.size());
  if (size < 0) return errno == ENOTSUP;
  names.resize(static_cast<std::size_t>(size));
  // A folder's default ACL may let in whom the file shuts out.
  if (('\0' + names).find('\0' + std::string(acl) + '\0') == std::string::npos) remove_attribute(to, acl);
  for (std::string_view rest = names; !rest.empty(); rest.remove_prefix(rest.find('\0') + 1)) {
    const char* const name = rest.data();
    std::string value(static_cast<std::size_t>(std::max<ssize_t>(get_attribute(from, name, nullptr, 0), 0)), '\0');
    const ssize_t got = get_attribute(from, name, value.data(), value.size());
    if (got < 0) return false;
    std::string now(value.size(), '\0');
    // One that the new file has already, such as a label that its folder gives, need not be set.
    if (get_attribute(to, name, now.data(), now.size()) == got && now == value) continue;
    if (set_attribute(to, name, value.data(), static_cast<std::size_t>(got)) != 0) return false;
  }
  return true;
}

/// A file beside the one to replace, gone with this object unless it has taken its place.
class Successor {
 public:
  explicit Successor(const fs::path& target)
      : name_((target.parent_path() / ('.' + target.filename().string() + ".XXXXXX")).string()), file_(::mkstemp(name_.data())) {}
  Successor(const Successor&) = delete;
  Successor& operator=(const Successor&) = delete;
  ~Successor() {
    if (*file_ >= 0 && !done_) ::unlink(name_.c_str());
  }
  int descriptor() const { return *file_; }
  bool take_place_of(const fs::path& target) { return done_ = ::rename(name_.c_str(), target.c_str()) == 0; }

 private:
  std::string name_;
  Descriptor file_;
  bool done_ = false;
};

void replace(const std::string& path, const fs::path& target, int old, const struct stat& status, std::string_view text) {
  Successor next(target);
  if (next.descriptor() < 0) refuse(path, std::string("beside it: ") + std::strerror(errno));
  struct stat now {};
  // First the text: what writes to a file takes its capabilities and set-user bits.
  if (!write_all(next.descriptor(), text) || ::fstat(next.descriptor(), &now) != 0) refuse(path);
  // Giving a file away takes privilege.
  if ((status.st_uid != now.st_uid || status.st_gid != now.st_gid) && ::fchown(next.descriptor(), status.st_uid, status.st_gid) != 0)
    refuse(path, "its owner or group cannot be kept");
  if (!copy_attributes(old, next.descriptor())) refuse(path, "its extended attributes cannot be kept");
  if (::fchmod(next.descriptor(), status.st_mode & 07777) != 0) refuse(path, "its mode cannot be kept");
  if (::fsync(next.descriptor()) != 0 || !next.take_place_of(target)) refuse(path);
  const Descriptor folder(::open(target.parent_path().c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
  if (*folder >= 0) ::fsync(*folder);
}

}  // namespace

const bool paths_have_drives = false;

fs::path disk_path(std::string_view name) { return name; }

std::string path_name(const fs::path& path) { return path.native(); }

std::string typed_path(std::string text) { return text; }

fs::path real_path(const fs::path& path, std::error_code& error) { return fs::canonical(path, error); }

bool is_link(const fs::directory_entry& entry) {
  std::error_code unknown;
  return entry.is_symlink(unknown);
}

std::optional<FileStamp> stamp_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
#ifdef __APPLE__
  const timespec& changed = status.st_mtimespec;
#else
  const timespec& changed = status.st_mtim;
#endif
  return FileStamp{static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino),
                   static_cast<std::uint64_t>(status.st_size), changed.tv_sec, changed.tv_nsec};
}

std::string read_descriptor(int descriptor, const std::string& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail(path);
  std::string text;
  std::size_t size = 0;
  std::size_t room = status.st_size > 0 ? std::min<std::size_t>(static_cast<std::size_t>(status.st_size) + 1, Source::max_size + 1) : 4096;
  for (;;) {
    text.resize(room);
    const ssize_t got = ::read(descriptor, text.data() + size, room - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > Source::max_size) throw Trouble(path + ": larger than 256 MiB, which is more than can be checked");
    if (S_ISREG(status.st_mode) && status.st_size > 0 && size == static_cast<std::size_t>(status.st_size)) break;  // all of it
    if (size == room) room = std::min(2 * room, Source::max_size + 1);
  }
  text.resize(size);
  return text;
}

std::string read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (*file < 0) fail(path);
  return read_descriptor(*file, path);
}

std::string read_input(const std::string& name) { return read_descriptor(STDIN_FILENO, name); }

void write_file(const std::string& path, std::string_view before, std::string_view after) {
  std::error_code error;
  const fs::path target = fs::canonical(path, error);
  if (error) throw Trouble(path + ": " + error.message());
  // What may not be written may not be replaced either, though its folder would let us.
  const Descriptor old(::open(target.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (*old < 0 || ::fstat(*old, &status) != 0) refuse(path);
  if (!S_ISREG(status.st_mode)) refuse(path, "not a regular file");
  if ((status.st_mode & 0222) == 0) refuse(path, "it is read-only");
  if (status.st_nlink > 1) refuse(path, "it has " + count(status.st_nlink - 1, "more hard link") + ", which would keep the old text");
  if (read_descriptor(*old, path) != before) refuse(path, "it has changed meanwhile");
  replace(path, target, *old, status, after);
}

}  // namespace corefile::app
