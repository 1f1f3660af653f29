// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "configuration/configuration.hpp"

namespace {

using corefile::ConfigKey;
constexpr std::array<std::string_view, 2> colours{"red", "blue"};
constexpr std::array<ConfigKey, 1> inner{{{"name", ConfigKey::Kind::text, ""}}};
constexpr std::array<ConfigKey, 5> keys{{{"colour", ConfigKey::Kind::text, "", colours},
                                         {"fast", ConfigKey::Kind::flag, ""},
                                         {"words", ConfigKey::Kind::texts, ""},
                                         {"env", ConfigKey::Kind::map, ""},
                                         {"paths", ConfigKey::Kind::entries, "", {}, inner}}};

std::string shown(const std::vector<corefile::ConfigValue>& values) {
  std::string out;
  for (const corefile::ConfigValue& value : values) {
    out += std::to_string(value.line) + ' ' + value.name + '=' + value.text;
    if (!value.items.empty()) out += '(' + shown(value.items) + ')';
    out += ';';
  }
  return out;
}

std::vector<std::string> faults(const std::string& text) {
  std::vector<std::string> out;
  for (const auto& [line, message] : corefile::read_config(corefile::Source("c.yaml", text), keys).faults) {
    out.push_back(std::to_string(line) + ": " + message);
  }
  return out;
}

using Faults = std::vector<std::string>;

}  // namespace

TEST_CASE("values with their lines") {
  const std::string text = "# a comment\ncolour: red\nfast: true\nwords: one\nenv:\n  A: 1\n  B: ''\npaths:\n  - name: x\n";
  const corefile::ConfigFile file = corefile::read_config(corefile::Source("c.yaml", text), keys);
  CHECK(file.faults.empty());
  CHECK(shown(file.values) == "2 colour=red;3 fast=true;4 words=(4 =one;);5 env=(6 A=1;7 B=;);8 paths=(9 =(9 name=x;););");
  CHECK(shown(corefile::read_config(corefile::Source("c.yaml", "words: [a, &x b, *x]\n"), keys).values) == "1 words=(1 =a;1 =b;1 =b;);");
  CHECK(corefile::read_config(corefile::Source("c.yaml", ""), keys).faults.empty());
}

TEST_CASE("what is wrong, each at its line") {
  CHECK(faults("color: red\ncolour: green\n") ==
        Faults{"1: there is no key `color`; did you mean `colour`?", "2: `green` is not one of red, blue"});
  CHECK(faults("zzzzzzzz: 1\n") == Faults{"1: there is no key `zzzzzzzz`; known are colour, fast, words, env, paths"});
  CHECK(faults("fast: yes\nwords: {a: b}\nenv: [a]\npaths: [a]\n") ==
        Faults{"1: `fast` should be true or false", "2: `words` should be a list of words", "3: `env` should be a map of names to words",
               "4: `paths` should be a list of maps"});
  CHECK(faults("colour: red\ncolour: red\n") == Faults{"2: `colour` stands here twice"});
  CHECK(faults("colour: red\n---\ncolour: red\n") == Faults{"3: a second document is not read"});
  CHECK(faults("- a\n") == Faults{"1: the file should be a map of keys to values"});
  CHECK(faults("paths:\n  - nam: x\n") == Faults{"2: there is no key `nam`; did you mean `name`?"});
}
