// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>

#include "../read_file.hpp"

extern "C" {
int corefile_parse_input(const std::uint8_t* data, std::size_t size);
int corefile_check_input(const std::uint8_t* data, std::size_t size);
int corefile_manifest_input(const std::uint8_t* data, std::size_t size);
int corefile_fix_input(const std::uint8_t* data, std::size_t size);
int corefile_json_input(const std::uint8_t* data, std::size_t size);
int corefile_review_input(const std::uint8_t* data, std::size_t size);
}

/// fuzz_inputs FOLDER…: what the fuzzers hold, of each file; where it does not, they end the program.
int main(int argc, char** argv) {
  using Fuzzer = int (*)(const std::uint8_t*, std::size_t);
  constexpr Fuzzer fuzzers[]{corefile_parse_input, corefile_check_input, corefile_manifest_input,
                             corefile_fix_input,   corefile_json_input,  corefile_review_input};
  int files = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file()) continue;
      const std::string text = read_file(entry.path());
      std::fprintf(stderr, "\r%s ", entry.path().c_str());  // said before it may end here
      for (const Fuzzer fuzzer : fuzzers) fuzzer(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
      ++files;
    }
  }
  std::fprintf(stderr, "\n");
  std::printf("%d files\n", files);
  return files > 0 ? 0 : 1;
}
