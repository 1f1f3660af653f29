// SPDX-License-Identifier: Apache-2.0
#include "disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app.hpp"

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

void write_file(const std::string& path, std::string_view text) {
  std::error_code error;
  const std::string target = fs::canonical(path, error).string();
  struct stat status {};
  if (error || ::stat(target.c_str(), &status) != 0) fail(path);
  if (!S_ISREG(status.st_mode)) throw Trouble(path + ": not a regular file, so not rewritten");
  std::string beside = target + ".XXXXXX";
  const Descriptor file(::mkstemp(beside.data()));
  if (*file < 0) fail(path);
  // Another owner than one's own takes privilege; without it the file becomes the writer's.
  if (status.st_uid != ::geteuid() || status.st_gid != ::getegid()) (void)(::fchown(*file, status.st_uid, status.st_gid) == 0);
  if (!write_all(*file, text) || ::fchmod(*file, status.st_mode & 07777) != 0 || ::rename(beside.c_str(), target.c_str()) != 0) {
    const int cause = errno;
    ::unlink(beside.c_str());
    errno = cause;
    fail(path);
  }
}

bool DiskFiles::inside(const std::string& path) const {
  const fs::path folder = fs::absolute(corefile_).lexically_normal().parent_path();
  const fs::path wanted = fs::absolute(path).lexically_normal();
  return std::mismatch(folder.begin(), folder.end(), wanted.begin(), wanted.end()).first == folder.end();
}

Files::Content DiskFiles::read(const std::string& path) const {
  if (!inside(path)) return {};
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
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace corefile::app
