// SPDX-License-Identifier: Apache-2.0
#include "disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app.hpp"
#include "manifest/bundle.hpp"
#include "words.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path) { throw Trouble(path + ": " + std::strerror(errno)); }

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int operator*() const { return number_; }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

[[noreturn]] void refuse(const std::string& path, const std::string& reason) { throw Trouble(path + ": not rewritten: " + reason); }

#ifdef __APPLE__
ssize_t list_attributes(int file, char* names, std::size_t size) { return ::flistxattr(file, names, size, 0); }
ssize_t get_attribute(int file, const char* name, void* value, std::size_t size) { return ::fgetxattr(file, name, value, size, 0, 0); }
int set_attribute(int file, const char* name, const void* value, std::size_t size) { return ::fsetxattr(file, name, value, size, 0, 0); }
#else
ssize_t list_attributes(int file, char* names, std::size_t size) { return ::flistxattr(file, names, size); }
ssize_t get_attribute(int file, const char* name, void* value, std::size_t size) { return ::fgetxattr(file, name, value, size); }
int set_attribute(int file, const char* name, const void* value, std::size_t size) { return ::fsetxattr(file, name, value, size, 0); }
#endif

/// ACLs are such attributes as well. True where the file has none, or its file system knows none.
bool copy_attributes(int from, int to) {
  std::string names(static_cast<std::size_t>(std::max<ssize_t>(list_attributes(from, nullptr, 0), 0)), '\0');
  const ssize_t size = list_attributes(from, names.data(), names.size());
  if (size < 0) return errno == ENOTSUP;
  names.resize(static_cast<std::size_t>(size));
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
  if (::fstat(next.descriptor(), &now) != 0) fail(path);
  // Giving a file away takes privilege.
  if ((status.st_uid != now.st_uid || status.st_gid != now.st_gid) && ::fchown(next.descriptor(), status.st_uid, status.st_gid) != 0)
    refuse(path, "its owner or group cannot be kept");
  if (::fchmod(next.descriptor(), status.st_mode & 07777) != 0) refuse(path, "its mode cannot be kept");
  if (!copy_attributes(old, next.descriptor())) refuse(path, "its extended attributes cannot be kept");
  if (!write_all(next.descriptor(), text) || !next.take_place_of(target)) fail(path);
  const Descriptor folder(::open(target.parent_path().c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
  if (*folder >= 0) ::fsync(*folder);
}

}  // namespace

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

std::string read_standard_input(const Invocation& invocation, const std::string& name) {
  std::optional<std::string> text = invocation.standard_input ? invocation.standard_input() : std::nullopt;
  if (!text) throw Trouble(name + ": standard input cannot be read");
  if (text->size() > Source::max_size) throw Trouble(name + ": larger than 256 MiB, which is more than can be checked");
  if (text->empty()) throw Trouble(name + ": standard input is empty; did the command in front of the pipe fail?");
  return std::move(*text);
}

void write_file(const std::string& path, std::string_view before, std::string_view after) {
  std::error_code error;
  const fs::path target = fs::canonical(path, error);
  if (error) throw Trouble(path + ": " + error.message());
  // What may not be written may not be replaced either, though its folder would let us.
  const Descriptor old(::open(target.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
  if (*old < 0) fail(path);
  struct stat status {};
  if (::fstat(*old, &status) != 0) fail(path);
  if (!S_ISREG(status.st_mode)) refuse(path, "not a regular file");
  if ((status.st_mode & 0222) == 0) refuse(path, "it is read-only");
  if (status.st_nlink > 1) refuse(path, "it has " + count(status.st_nlink - 1, "more hard link") + ", which would keep the old text");
  if (read_descriptor(*old, path) != before) refuse(path, "it has changed meanwhile");
  replace(path, target, *old, status, after);
}

bool DiskFiles::inside(const std::string& path) const {
  const fs::path folder = fs::absolute(corefile_).lexically_normal().parent_path();
  const fs::path wanted = fs::absolute(path).lexically_normal();
  return std::mismatch(folder.begin(), folder.end(), wanted.begin(), wanted.end()).first == folder.end();
}

// What docker compose reads lies in the Corefile's folder or in the one above.
bool DiskFiles::is_compose_file(const std::string& path) const {
  const fs::path folder = fs::absolute(corefile_).lexically_normal().parent_path();
  const fs::path wanted = fs::absolute(path).lexically_normal();
  return folder.has_parent_path() && wanted.parent_path() == folder.parent_path() &&
         std::find(compose_files.begin(), compose_files.end(), wanted.filename().string()) != compose_files.end();
}

Files::Content DiskFiles::read(const std::string& path) const {
  if (!inside(path) && !is_compose_file(path)) return {};
  if (asked_ != nullptr) asked_->push_back(path);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return {};
  if (status.type() == fs::file_type::directory) return {Status::directory, {}};
  if (status.type() != fs::file_type::regular) return {Status::unreadable, {}};
  try {
    return {Status::ok, read_file(path)};
  } catch (const Trouble&) {
    return {Status::unreadable, {}};
  }
}

std::vector<std::string> DiskFiles::list(const std::string& folder) const {
  std::vector<std::string> names;
  if (!inside(folder)) return names;
  if (asked_ != nullptr) asked_->push_back(folder);
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace corefile::app
