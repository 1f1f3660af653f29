// SPDX-License-Identifier: Apache-2.0
#include "text.hpp"

#include <algorithm>
#include <corefile/source.hpp>
#include <system_error>

#include "../app.hpp"

namespace corefile::app {

std::wstring wide(std::string_view text) {
  const int size = static_cast<int>(std::min<std::size_t>(text.size(), Source::max_size));
  std::wstring out(static_cast<std::size_t>(::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0)), L'\0');
  ::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, out.data(), static_cast<int>(out.size()));
  return out;
}

std::string narrow(std::wstring_view text) {
  const int size = static_cast<int>(std::min<std::size_t>(text.size(), Source::max_size));
  std::string out(static_cast<std::size_t>(::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr)), '\0');
  ::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, out.data(), static_cast<int>(out.size()), nullptr, nullptr);
  return out;
}

std::string last_failure() {
  const std::error_code code(static_cast<int>(::GetLastError()), std::system_category());
  return code.default_error_condition().message();
}

std::string read_handle(HANDLE file, const std::string& path) {
  LARGE_INTEGER known{};
  const bool on_disk = ::GetFileType(file) == FILE_TYPE_DISK && ::GetFileSizeEx(file, &known) != 0 && known.QuadPart > 0;
  std::string text;
  std::size_t size = 0;
  std::size_t room = on_disk ? static_cast<std::size_t>(std::min<LONGLONG>(known.QuadPart, Source::max_size)) + 1 : 4096;
  for (;;) {
    text.resize(room);
    DWORD got = 0;
    if (::ReadFile(file, text.data() + size, static_cast<DWORD>(room - size), &got, nullptr) == 0) {
      // The writers of a pipe are gone.
      if (::GetLastError() == ERROR_BROKEN_PIPE || ::GetLastError() == ERROR_HANDLE_EOF) break;
      throw Trouble(path + ": " + last_failure());
    }
    if (got == 0) break;
    size += got;
    if (size > Source::max_size) throw Trouble(path + ": larger than 256 MiB, which is more than can be checked");
    if (size == room) room = std::min<std::size_t>(2 * room, Source::max_size + 1);
  }
  text.resize(size);
  return text;
}

bool write_all(HANDLE file, std::string_view text) {
  while (!text.empty()) {
    DWORD written = 0;
    const auto size = static_cast<DWORD>(std::min<std::size_t>(text.size(), 1U << 20U));
    if (::WriteFile(file, text.data(), size, &written, nullptr) == 0) return false;
    text.remove_prefix(written);
  }
  return true;
}

}  // namespace corefile::app
