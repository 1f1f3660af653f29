// SPDX-License-Identifier: Apache-2.0
#include "text.hpp"

// Behind windows.h.
#include <bcrypt.h>
#include <shellapi.h>

#include <algorithm>
#include <filesystem>

#include "../app.hpp"
#include "../system.hpp"

namespace corefile::app {
namespace {

namespace fs = std::filesystem;

std::wstring variable(const wchar_t* name) {
  std::wstring value(::GetEnvironmentVariableW(name, nullptr, 0), L'\0');
  value.resize(::GetEnvironmentVariableW(name, value.data(), static_cast<DWORD>(value.size())));
  return value;
}

/// The current folder, which Windows looks into first, is not on the PATH: it may be anybody's.
std::wstring find_program(const std::string& name) {
  const std::wstring path = variable(L"PATH");
  for (std::wstring_view rest = path; !rest.empty();) {
    const std::size_t end = std::min(rest.find(L';'), rest.size());
    const fs::path folder = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!folder.is_absolute()) continue;
    const std::wstring file = (folder / (wide(name) + L".exe")).native();
    const DWORD attributes = ::GetFileAttributesW(file.c_str());
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0) return file;
  }
  return {};
}

/// As CommandLineToArgvW and the C library take it apart: backslashes count in front of a quote alone.
std::wstring quoted(const std::wstring& word) {
  std::wstring out = L"\"";
  std::size_t backslashes = 0;
  for (const wchar_t c : word) {
    if (c == L'"') out.append(backslashes + 1, L'\\');
    backslashes = c == L'\\' ? backslashes + 1 : 0;
    out += c;
  }
  return out.append(backslashes, L'\\') += L'"';
}

std::wstring command_line(const std::vector<std::string>& words) {
  std::wstring out;
  for (const std::string& word : words) (out += out.empty() ? L"" : L" ") += quoted(wide(word));
  return out;
}

/// The terminals of MSYS2, Git for Windows and Cygwin are pipes with such names.
bool is_foreign_terminal(HANDLE handle) {
  struct {
    FILE_NAME_INFO info;
    wchar_t more[MAX_PATH];
  } name{};
  if (::GetFileType(handle) != FILE_TYPE_PIPE || ::GetFileInformationByHandleEx(handle, FileNameInfo, &name, sizeof name) == 0)
    return false;
  const std::wstring_view text(name.info.FileName, name.info.FileNameLength / sizeof(wchar_t));
  return (text.starts_with(L"\\msys-") || text.starts_with(L"\\cygwin-")) && text.find(L"-pty") != std::wstring_view::npos;
}

bool understands_escapes(HANDLE handle) {
  DWORD mode = 0;
  if (::GetConsoleMode(handle, &mode) == 0) return is_foreign_terminal(handle);
  return ::SetConsoleMode(handle, mode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

bool write_console(HANDLE console, std::wstring_view text) {
  while (!text.empty()) {
    DWORD written = 0;
    if (::WriteConsoleW(console, text.data(), static_cast<DWORD>(std::min<std::size_t>(text.size(), 8192)), &written, nullptr) == 0 ||
        written == 0)
      return false;
    text.remove_prefix(written);
  }
  return true;
}

bool write_to(HANDLE handle, std::string_view text) {
  DWORD mode = 0;
  return ::GetConsoleMode(handle, &mode) != 0 ? write_console(handle, wide(text)) : write_all(handle, text);
}

std::string digits_of(std::string_view text, const wchar_t* algorithm, std::size_t size) {
  std::string bytes(size, '\0');
  BCRYPT_ALG_HANDLE provider = nullptr;
  BCRYPT_HASH_HANDLE hash = nullptr;
  std::string input(text);
  const auto data = [](std::string& of) { return reinterpret_cast<PUCHAR>(of.data()); };
  const bool made = BCRYPT_SUCCESS(::BCryptOpenAlgorithmProvider(&provider, algorithm, nullptr, 0)) &&
                    BCRYPT_SUCCESS(::BCryptCreateHash(provider, &hash, nullptr, 0, nullptr, 0, 0)) &&
                    BCRYPT_SUCCESS(::BCryptHashData(hash, data(input), static_cast<ULONG>(input.size()), 0)) &&
                    BCRYPT_SUCCESS(::BCryptFinishHash(hash, data(bytes), static_cast<ULONG>(bytes.size()), 0));
  if (hash != nullptr) ::BCryptDestroyHash(hash);
  if (provider != nullptr) ::BCryptCloseAlgorithmProvider(provider, 0);
  if (!made) throw Trouble("Windows computes no " + narrow(algorithm) + " here");
  std::string out;
  for (const char byte : bytes) {
    for (const unsigned shift : {4U, 0U}) out += "0123456789abcdef"[(static_cast<unsigned char>(byte) >> shift) & 15U];
  }
  return out;
}

}  // namespace

Ran run_program(std::vector<std::string> words) {
  const std::wstring program = find_program(words.front());
  SECURITY_ATTRIBUTES inherited{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
  HANDLE read_end = nullptr;
  HANDLE write_end = nullptr;
  if (program.empty() || ::CreatePipe(&read_end, &write_end, &inherited, 0) == 0) return {};
  const Handle output(read_end);
  Handle input(write_end);
  ::SetHandleInformation(*output, HANDLE_FLAG_INHERIT, 0);
  STARTUPINFOW start{};
  start.cb = sizeof start;
  start.dwFlags = STARTF_USESTDHANDLES;
  start.hStdInput = ::GetStdHandle(STD_INPUT_HANDLE);
  start.hStdOutput = *input;
  start.hStdError = ::GetStdHandle(STD_ERROR_HANDLE);
  PROCESS_INFORMATION child{};
  std::wstring line = command_line(words);
  Ran ran;
  ran.began = ::CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &start, &child) != 0;
  input.close();
  if (!ran.began) return ran;
  const Handle process(child.hProcess);
  const Handle thread(child.hThread);
  ran.out = read_handle(*output, words.front());
  DWORD status = 1;
  ::WaitForSingleObject(*process, INFINITE);
  ran.succeeded = ::GetExitCodeProcess(*process, &status) != 0 && status == 0;
  return ran;
}

std::string md5_of(std::string_view text) { return digits_of(text, BCRYPT_MD5_ALGORITHM, 16); }

std::string sha512_of(std::string_view text) { return digits_of(text, BCRYPT_SHA512_ALGORITHM, 64); }

std::vector<std::string> arguments_of(int /*argc*/, char** /*argv*/) {
  int count = 0;
  wchar_t** const words = ::CommandLineToArgvW(::GetCommandLineW(), &count);
  std::vector<std::string> out;
  for (int i = 1; words != nullptr && i < count; ++i) out.push_back(narrow(words[i]));
  ::LocalFree(words);
  return out;
}

bool input_is_piped() {
  const HANDLE input = ::GetStdHandle(STD_INPUT_HANDLE);
  const DWORD kind = ::GetFileType(input);
  return kind == FILE_TYPE_DISK || (kind == FILE_TYPE_PIPE && !is_foreign_terminal(input));
}

Terminals find_terminals() {
  const HANDLE output = ::GetStdHandle(STD_OUTPUT_HANDLE);
  Terminals out{understands_escapes(output), understands_escapes(::GetStdHandle(STD_ERROR_HANDLE)), 0};
  CONSOLE_SCREEN_BUFFER_INFO screen{};
  if (out.out && ::GetConsoleScreenBufferInfo(output, &screen) != 0)
    out.columns = static_cast<std::uint32_t>(std::max(0, screen.srWindow.Right - screen.srWindow.Left + 1));
  return out;
}

bool write_out(std::string_view text) {
  if (write_to(::GetStdHandle(STD_OUTPUT_HANDLE), text)) return true;
  write_err("corefile-lint: standard output: " + last_failure() + '\n');
  return false;
}

void write_err(std::string_view text) { write_to(::GetStdHandle(STD_ERROR_HANDLE), text); }

}  // namespace corefile::app
