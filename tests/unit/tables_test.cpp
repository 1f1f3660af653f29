// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/corefile.hpp>
#include <string>
#include <vector>

TEST_CASE("the built-in catalogue is whole") {
  CHECK(corefile::Catalogue::builtin().problem().empty());
  CHECK(corefile::Catalogue::builtin().entries().size() > 100);
}

TEST_CASE("of two rules with one name the first is kept") {
  const corefile::Catalogue::Entry* known = corefile::Catalogue::builtin().find("cache-missing");
  REQUIRE(known != nullptr);
  const corefile::Catalogue twice({*known, {known->name, "mine", "", known->rule}});
  CHECK(twice.problem() == "two rules are named cache-missing");
  REQUIRE(twice.entries().size() == 1);
  CHECK(twice.entries().front().group == known->group);
}

TEST_CASE("of a file with a faulty schema nothing is taken") {
  const std::string good = "plugin: sound\ndoc: nothing\nurl: https://example.org\n";
  corefile::ExternalPlugins plugins;
  CHECK(plugins.read(good + "---\nplugin: faulty\ndoc: nothing\nurl: https://example.org\nsetup: nowhere\n", "my.yaml").value_or("") ==
        "my.yaml:5: there is no function `nowhere` for a plugin; use one that a schema of CoreDNS's plugins names there");
  CHECK(plugins.find("sound") == nullptr);
  CHECK(plugins.read("", "my.yaml").value_or("") ==
        "my.yaml:1: describes no plugin; write `plugin: NAME`, `doc:`, `url:` and what it takes");
  CHECK(plugins.read(good, "my.yaml").value_or("").empty());
  CHECK(plugins.find("sound") != nullptr);
}
