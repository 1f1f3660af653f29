// SPDX-License-Identifier: Apache-2.0
#include "pathological.hpp"

namespace pathological {
namespace {

std::string times(std::string_view piece, std::size_t size) {
  std::string text;
  text.reserve(size + piece.size());
  while (text.size() < size) text += piece;
  return text;
}

std::string uses(std::size_t size) { return "(s) {\n    errors\n}\n. {\n" + times("    import s\n", size) + "}\n"; }

/// Each snippet brings the one before it twice.
std::string doubling(std::size_t size) {
  std::string text = "(s0) {\n    errors\n}\n";
  std::size_t last = 0;
  for (; text.size() < size; ++last) {
    const std::string before = "    import s" + std::to_string(last) + "\n";
    text += "(s" + std::to_string(last + 1) + ") {\n" + before + before + "}\n";
  }
  return text + ". {\n    import s" + std::to_string(last) + "\n}\n";
}

/// A snippet of many words, used as often as CoreDNS allows.
std::string wide(std::size_t size) {
  return "(s) {\n    errors" + times(" a", size / 2) + "\n}\n. {\n" + times("    import s\n", size / 2) + "}\n";
}

std::string many_snippets(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; text.size() < size; ++i) text += "(s" + std::to_string(i) + ") {\n    errors\n}\n";
  return text + ". {\n    import s0\n}\n";
}

std::string variables(std::size_t size) { return ". {\n    errors " + times("{$A}", size) + "\n}\n"; }

/// `piece` with numbers in the place of its `%`.
std::string numbered(std::string_view piece, std::size_t size) {
  std::string text;
  const std::size_t mark = piece.find('%');
  for (std::size_t i = 0; text.size() < size; ++i) {
    text += piece.substr(0, mark);
    text += std::to_string(i);
    text += piece.substr(mark + 1);
  }
  return text;
}

std::string zones_in(std::string_view head, std::string_view middle, std::string_view tail, std::size_t size) {
  return std::string(head) + numbered("z%.example ", size / 2) + std::string(middle) + numbered("y%.example ", size / 2) +
         std::string(tail);
}

/// Warnings whose examples are looked for by following queries, past all these rules.
std::string rules_on_a_way(std::string_view rule, std::size_t size) {
  return ". {\n" + numbered(rule, size) + " hosts {\n 10.0.0.1 a.example.org\n }\n forward . 192.0.2.1\n}\n";
}

std::string patterns_beside_hosts(std::size_t size) {
  return ". {\n template IN A {\n" + numbered(" match [^a]{1,100}%\n", size) + " }\n hosts {\n" +
         numbered(" 10.0.0.1 a%.example.org\n", 2'000) + " }\n forward . 192.0.2.1\n}\n";
}

std::string servers_with_rules(std::size_t size) {
  std::string rules;
  for (char c = 'a'; c < 'k'; ++c) rules += std::string(" rewrite name regex [^") + c + "]{1,100}1 x\n";
  return numbered("z%.example {\n" + rules + " forward . 192.0.2.1\n}\n", size);
}

constexpr std::size_t million = 1'000'000;
constexpr std::size_t mib = std::size_t{1} << 20;

}  // namespace

const std::vector<Text>& texts() {
  static const std::vector<Text> all{
      {"nested `a {` lines", [](std::size_t n) { return times("a {\n", n); }, 4 * million},
      {"nested `{ `", [](std::size_t n) { return times("{ ", n); }, 2 * million},
      {"nested `{` lines", [](std::size_t n) { return times("{\n", n); }, 2 * million},
      {"nested and closed", [](std::size_t n) { return ". {\n" + times("a {\n", n * 2 / 3) + times("}\n", n / 3) + "}\n"; }, 6 * million},
      {"closing braces", [](std::size_t n) { return times("}\n", n); }, 2 * million},
      {"closing braces on a line", [](std::size_t n) { return ". {\n" + times("errors }\n", n); }, 9 * million},
      {"glued braces", [](std::size_t n) { return times("a{\n", n); }, 3 * million},
      {"glued braces on arguments", [](std::size_t n) { return ". {\n" + times("a .b{\n}\n", n); }, 8 * million},
      {"one word", [](std::size_t n) { return times("a", n); }, 64 * mib},
      {"one word in a block", [](std::size_t n) { return ". {\n    " + times("a", n) + "\n}\n"; }, 64 * mib},
      {"quotes", [](std::size_t n) { return times("\"", n); }, 64 * mib},
      {"an odd number of quotes", [](std::size_t n) { return times("\"", n | 1U); }, 64 * mib},
      {"quotes that never end", [](std::size_t n) { return times("a \"\n", n); }, 4 * million},
      {"backslashes in quotes", [](std::size_t n) { return "\"" + times("\\", n); }, 64 * mib},
      {"zero bytes", [](std::size_t n) { return std::string(n, '\0'); }, 64 * mib},
      {"bytes that are not UTF-8", [](std::size_t n) { return times("\xff", n); }, 64 * mib},
      {"carriage returns", [](std::size_t n) { return times("\r", n); }, 64 * mib},
      {"carriage returns in a word", [](std::size_t n) { return times("a\r", n); }, 64 * mib},
      {"blanks", [](std::size_t n) { return times(" ", n); }, 64 * mib},
      {"wide blanks", [](std::size_t n) { return times("\xc2\xa0", n); }, 64 * mib},
      {"line ends", [](std::size_t n) { return times("\n", n); }, 64 * mib},
      {"hashes", [](std::size_t n) { return times("#", n); }, 64 * mib},
      {"glued comments", [](std::size_t n) { return times("a#b ", n); }, 4 * million},
      {"commas", [](std::size_t n) { return times("a,\n", n); }, 3 * million},
      {"imports of a snippet", uses, 13 * million},
      {"snippets that double", doubling, 40 * 30},
      {"a wide snippet, often used", wide, 1 * million},
      {"many snippets", many_snippets, 2 * million},
      {"variables", variables, 1 * million},
      {"zones out of a cache", [](std::size_t n) { return zones_in(". {\n cache 30 ", "{\n disable success ", "\n }\n}\n", n); }, mib},
      {"zones of two plugins", [](std::size_t n) { return zones_in(". {\n hosts f ", "\n kubernetes ", "\n}\n", n); }, mib},
      {"zones outside of keys", [](std::size_t n) { return zones_in("", "{\n kubernetes ", "\n}\n", n); }, mib},
      {"templates", [](std::size_t n) { return ". {\n" + times(" template IN A {\n match ^a\n }\n", n) + " forward . 192.0.2.1\n}\n"; },
       mib},
      {"patterns", [](std::size_t n) { return ". {\n template IN A {\n" + times(" match ^(a|b)*c\n", n) + " }\n}\n"; }, mib},
      {"log formats", [](std::size_t n) { return ". {\n" + times(" log . \"{/a}\"\n", n) + " metadata\n}\n"; }, mib},
      {"names of hosts", [](std::size_t n) { return ". {\n hosts {\n" + numbered(" 192.0.2.1 a%.exam ple.example\n", n) + " }\n}\n"; },
       mib},
      {"patterns on a way", [](std::size_t n) { return rules_on_a_way(" rewrite name regex \\pL{1,300}% x\n", n); }, mib},
      {"small patterns on a way", [](std::size_t n) { return rules_on_a_way(" rewrite name regex ^a%$ x\n", n); }, mib},
      {"names on a way", [](std::size_t n) { return rules_on_a_way(" rewrite name exact a%.example b.example\n", n); }, mib},
      {"patterns beside hosts", patterns_beside_hosts, mib},
      {"servers with patterns", servers_with_rules, mib},
  };
  return all;
}

}  // namespace pathological
