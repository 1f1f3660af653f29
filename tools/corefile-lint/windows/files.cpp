// SPDX-License-Identifier: Apache-2.0
#include <aclapi.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "../app.hpp"
#include "../disk.hpp"
#include "../system.hpp"
#include "../words.hpp"
#include "text.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

constexpr DWORD shared = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
constexpr SECURITY_INFORMATION owner_and_permissions = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;

[[noreturn]] void fail(const std::string& path) { throw Trouble(path + ": " + last_failure()); }
[[noreturn]] void refuse(const std::string& path, const std::string& reason) { throw Trouble(path + ": not rewritten: " + reason); }

/// Of a file or a folder, for a look at what it is.
HANDLE open_to_look(const fs::path& path) {
  return ::CreateFileW(path.c_str(), FILE_READ_ATTRIBUTES, shared, nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
}

struct Security {
  explicit Security(const fs::path& path) {
    known = ::GetNamedSecurityInfoW(path.c_str(), SE_FILE_OBJECT, owner_and_permissions, &owner, nullptr, &permissions, nullptr,
                                    &descriptor) == ERROR_SUCCESS;
    if (!known) return;
    SECURITY_DESCRIPTOR_CONTROL control = 0;
    DWORD revision = 0;
    known = ::GetSecurityDescriptorControl(descriptor, &control, &revision) != 0;
    inherits = (control & SE_DACL_PROTECTED) == 0;
  }
  Security(const Security&) = delete;
  Security& operator=(const Security&) = delete;
  ~Security() { ::LocalFree(descriptor); }

  bool same_owner(const Security& other) const { return ::EqualSid(owner, other.owner) != 0; }
  bool same_permissions(const Security& other) const {
    if (inherits != other.inherits || (permissions == nullptr) != (other.permissions == nullptr)) return false;
    return permissions == nullptr ||
           (permissions->AclSize == other.permissions->AclSize && std::memcmp(permissions, other.permissions, permissions->AclSize) == 0);
  }

  PSECURITY_DESCRIPTOR descriptor = nullptr;
  PSID owner = nullptr;
  PACL permissions = nullptr;
  bool known = false, inherits = false;
};

/// True as well where the file system knows none.
bool keep_security(const fs::path& from, const fs::path& to) {
  const Security old(from);
  const Security now(to);
  if (!old.known || !now.known) return !old.known;
  SECURITY_INFORMATION what = 0;
  // Giving a file away takes privilege.
  if (!old.same_owner(now)) what |= OWNER_SECURITY_INFORMATION;
  if (!old.same_permissions(now))
    what |= DACL_SECURITY_INFORMATION |
            static_cast<DWORD>(old.inherits ? UNPROTECTED_DACL_SECURITY_INFORMATION : PROTECTED_DACL_SECURITY_INFORMATION);
  std::wstring name = to.native();
  return what == 0 ||
         ::SetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT, what, old.owner, nullptr, old.permissions, nullptr) == ERROR_SUCCESS;
}

/// A copy beside the file to replace, with its attributes and streams; gone with this object unless it has taken the file's place.
class Successor {
 public:
  explicit Successor(const fs::path& target) {
    const std::wstring begin = (target.parent_path() / (L'.' + target.filename().native() + L'.')).native();
    const ULONGLONG seed = ::GetTickCount64() * 1000 + ::GetCurrentProcessId();
    for (ULONGLONG trial = 0; trial < 100 && !made_; ++trial) {
      name_ = begin + std::to_wstring((seed + trial) % 1'000'000);
      made_ = ::CopyFileW(target.c_str(), name_.c_str(), TRUE) != 0;
      if (!made_ && ::GetLastError() != ERROR_FILE_EXISTS) break;
    }
  }
  Successor(const Successor&) = delete;
  Successor& operator=(const Successor&) = delete;
  ~Successor() {
    if (made_ && !done_) ::DeleteFileW(name_.c_str());
  }
  explicit operator bool() const { return made_; }
  const std::wstring& name() const { return name_; }

  bool hold(std::string_view text, const FILETIME& created) const {
    const Handle file(::CreateFileW(name_.c_str(), GENERIC_WRITE, 0, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
    return file && write_all(*file, text) && ::SetEndOfFile(*file) != 0 && ::SetFileTime(*file, &created, nullptr, nullptr) != 0 &&
           ::FlushFileBuffers(*file) != 0;
  }
  bool take_place_of(const fs::path& target) {
    // A scanner of viruses looks at what was written, and holds it for a moment.
    for (DWORD pause = 1; pause <= 512 && !done_; pause *= 2) {
      done_ = ::MoveFileExW(name_.c_str(), target.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) != 0;
      if (done_ || (::GetLastError() != ERROR_ACCESS_DENIED && ::GetLastError() != ERROR_SHARING_VIOLATION)) break;
      const DWORD reason = ::GetLastError();
      ::Sleep(pause);
      ::SetLastError(reason);
    }
    return done_;
  }

 private:
  std::wstring name_;
  bool made_ = false, done_ = false;
};

}  // namespace

const bool paths_have_drives = true;

fs::path disk_path(std::string_view name) { return wide(name); }

std::string path_name(const fs::path& path) { return typed_path(narrow(path.native())); }

std::string typed_path(std::string text) {
  std::replace(text.begin(), text.end(), '\\', '/');
  return text;
}

fs::path real_path(const fs::path& path, std::error_code& error) {
  const Handle file(open_to_look(path));
  std::wstring name(32768, L'\0');
  const DWORD size = file ? ::GetFinalPathNameByHandleW(*file, name.data(), static_cast<DWORD>(name.size()), FILE_NAME_NORMALIZED) : 0;
  if (size == 0 || size > name.size()) {
    error.assign(static_cast<int>(::GetLastError()), std::system_category());
    error = error.default_error_condition().category() == std::generic_category()
                ? std::error_code(error.default_error_condition().value(), std::generic_category())
                : error;
    return {};
  }
  error.clear();
  name.resize(size);
  if (name.starts_with(LR"(\\?\UNC\)")) return LR"(\\)" + name.substr(8);
  return name.starts_with(LR"(\\?\)") ? name.substr(4) : name;
}

bool is_link(const fs::directory_entry& entry) {
  WIN32_FIND_DATAW found{};
  const HANDLE search = ::FindFirstFileW(entry.path().c_str(), &found);
  if (search == INVALID_HANDLE_VALUE) return false;
  ::FindClose(search);
  return (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 && IsReparseTagNameSurrogate(found.dwReserved0);
}

std::optional<FileStamp> stamp_of(const std::string& path) {
  const Handle file(open_to_look(disk_path(path)));
  BY_HANDLE_FILE_INFORMATION known{};
  if (!file || ::GetFileInformationByHandle(*file, &known) == 0) return {};
  const auto both = [](DWORD high, DWORD low) { return std::uint64_t{high} << 32U | low; };
  constexpr std::uint64_t a_second = 10'000'000;
  const std::uint64_t changed = both(known.ftLastWriteTime.dwHighDateTime, known.ftLastWriteTime.dwLowDateTime);
  return FileStamp{known.dwVolumeSerialNumber, both(known.nFileIndexHigh, known.nFileIndexLow),
                   both(known.nFileSizeHigh, known.nFileSizeLow), static_cast<std::int64_t>(changed / a_second),
                   static_cast<std::int64_t>(changed % a_second) * 100};
}

std::string read_file(const std::string& path) {
  const Handle file(::CreateFileW(disk_path(path).c_str(), GENERIC_READ, shared, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
  if (!file) fail(path);
  return read_handle(*file, path);
}

std::string read_input(const std::string& name) { return read_handle(::GetStdHandle(STD_INPUT_HANDLE), name); }

void write_file(const std::string& path, std::string_view before, std::string_view after) {
  std::error_code error;
  const fs::path target = real_path(disk_path(path), error);
  if (error) throw Trouble(path + ": " + error.message());
  const DWORD attributes = ::GetFileAttributesW(target.c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) fail(path);
  if ((attributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_DEVICE)) != 0) refuse(path, "not a regular file");
  if ((attributes & FILE_ATTRIBUTE_READONLY) != 0) refuse(path, "it is read-only");
  // What may not be written may not be replaced either, though its folder would let us.
  Handle old(::CreateFileW(target.c_str(), GENERIC_READ | GENERIC_WRITE, shared, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
  BY_HANDLE_FILE_INFORMATION known{};
  if (!old || ::GetFileInformationByHandle(*old, &known) == 0) fail(path);
  if (known.nNumberOfLinks > 1)
    refuse(path, "it has " + count(known.nNumberOfLinks - 1, "more hard link") + ", which would keep the old text");
  if (read_handle(*old, path) != before) refuse(path, "it has changed meanwhile");
  old.close();
  Successor next(target);
  if (!next) refuse(path, "beside it: " + last_failure());
  if (!keep_security(target, next.name())) refuse(path, "its owner or permissions cannot be kept");
  if (!next.hold(after, known.ftCreationTime) || !next.take_place_of(target)) fail(path);
}

}  // namespace corefile::app
