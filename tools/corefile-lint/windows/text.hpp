// SPDX-License-Identifier: Apache-2.0
#pragma once

#ifndef NOMINMAX
#define NOMINMAX
#endif
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <string>
#include <string_view>

/// What the files of this folder share. windows.h stays in them.
namespace corefile::app {

// What is not UTF-8 or UTF-16 becomes U+FFFD.
std::wstring wide(std::string_view text);
std::string narrow(std::wstring_view text);

/// The last failure, in POSIX's words where it has some.
std::string last_failure();

class Handle {
 public:
  explicit Handle(HANDLE handle) : handle_(handle) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { close(); }
  explicit operator bool() const { return handle_ != INVALID_HANDLE_VALUE && handle_ != nullptr; }
  HANDLE operator*() const { return handle_; }
  void close() {
    if (*this) ::CloseHandle(handle_);
    handle_ = nullptr;
  }

 private:
  HANDLE handle_;
};

/// Everything up to the end. Throws Trouble, naming `path`.
std::string read_handle(HANDLE file, const std::string& path);
bool write_all(HANDLE file, std::string_view text);

}  // namespace corefile::app
