// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <fstream>
#include <random>

#include "../read_file.hpp"
#include "disk.hpp"
#include "system.hpp"

using namespace corefile;
using namespace corefile::app;

namespace {

namespace fs = std::filesystem;

/// A folder of the test's own, with a name that takes more than ASCII.
class Folder {
 public:
  Folder() {
    std::random_device random;
    do path_ = fs::temp_directory_path() / disk_path("corefile \xC3\xB6 " + std::to_string(random()));
    while (!fs::create_directory(path_));
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  fs::path at(std::string_view name) const { return path_ / disk_path(name); }

 private:
  fs::path path_;
};

void put(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

std::string refusal(const fs::path& path, std::string_view before) {
  try {
    write_file(path_name(path), before, "new");
  } catch (const Trouble& trouble) {
    const std::string text = trouble.what();
    return text.substr(path_name(path).size());
  }
  return "written";
}

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

constexpr std::string_view text = "a\r\nb\n\x1A\xFF\r";

}  // namespace

TEST_CASE("names") {
  const std::string name = "a/b c/\xC3\xB6.yaml";
  CHECK(path_name(disk_path(name)) == name);
  CHECK(path_name(disk_path("a") / disk_path("b")) == "a/b");
  CHECK(typed_path("a/b") == "a/b");
  CHECK(typed_path("a\\b") == (paths_have_drives ? "a/b" : "a\\b"));
  // Bytes that are not UTF-8 are nothing to stop for.
  CHECK_FALSE(fs::exists(disk_path("no\xFF\xC3")));
}

TEST_CASE("bytes come and go as they are") {
  const Folder folder;
  const fs::path file = folder.at("\xC3\xBC.yaml");
  put(file, text);
  CHECK(app::read_file(path_name(file)) == text);
  write_file(path_name(file), text, std::string(text) + "c\r\n");
  CHECK(::read_file(file) == std::string(text) + "c\r\n");
  CHECK(entries(folder.at("")) == 1);
}

TEST_CASE("what is not written") {
  const Folder folder;
  const fs::path file = folder.at("Corefile");
  CHECK(refusal(file, "old") == ": No such file or directory");
  put(file, "old");
  CHECK(refusal(file, "older") == ": not rewritten: it has changed meanwhile");
  fs::create_hard_link(file, folder.at("other"));
  CHECK(refusal(file, "old") == ": not rewritten: it has 1 more hard link, which would keep the old text");
  fs::remove(folder.at("other"));
  fs::permissions(file, fs::perms::owner_read);
  CHECK(refusal(file, "old") != "written");
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  CHECK(::read_file(file) == "old");
  CHECK(entries(folder.at("")) == 1);
  CHECK(refusal(file, "old") == "written");
  CHECK(::read_file(file) == "new");
}

TEST_CASE("stamps") {
  const Folder folder;
  const fs::path file = folder.at("Corefile");
  CHECK_FALSE(stamp_of(path_name(file)));
  put(file, "old");
  const auto first = stamp_of(path_name(file));
  REQUIRE(first);
  CHECK(first->size == 3);
  CHECK(stamp_of(path_name(folder.at("./Corefile"))) == first);
  write_file(path_name(file), "old", "new");
  CHECK(stamp_of(path_name(file)) != first);
  CHECK(stamp_of(path_name(folder.at(""))));
}

TEST_CASE("where a path really leads") {
  const Folder folder;
  put(folder.at("Corefile"), "");
  std::error_code error;
  const fs::path real = real_path(folder.at("../").parent_path() / folder.at("").parent_path().filename() / "." / "Corefile", error);
  CHECK_FALSE(error);
  CHECK(real == real_path(folder.at("Corefile"), error));
  CHECK(real.is_absolute());
  CHECK(real_path(folder.at("nothing"), error).empty());
  CHECK(error);
}
