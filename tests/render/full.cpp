// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "support.hpp"

using namespace corefile;
using render_test::Made;

TEST_CASE("one mark, and everything a finding can say") {
  Made made(". {\n    cache 30s\n}\n");
  Diagnostic& found = made.add(made.place("30s"), "`30s` is not a number", "not a TTL");
  found.notes = {"`cache` takes it for a zone", "two\nlines"};
  found.help = "write `30`";
  found.fixes = {{"write `30`", Safety::safe, {{made.place("30s"), "30"}}}, {"remove it", Safety::unsafe, {}}};
  CHECK(made.full() == R"(
error[some-rule]: `30s` is not a number
 --> Corefile:2:11
  |
2 |     cache 30s
  |           ^^^ not a TTL
  |
  = note: `cache` takes it for a zone
  = note: two
  |       lines
  = help: write `30`
  = fix (safe): write `30`
  |
2 -     cache 30s
2 +     cache 30
  = fix (unsafe): remove it

)");
}

TEST_CASE("several marks on one line") {
  Made made("forward . 1.1.1.1 forward . 2.2.2.2\n");
  Diagnostic& found = made.add(made.place("forward", 2), "twice", "second");
  found.labels = {{made.place("forward"), "first"}, {made.place("2.2.2.2"), "its upstream"}};
  CHECK(made.full() == R"(
error[some-rule]: twice
 --> Corefile:1:19
  |
1 | forward . 1.1.1.1 forward . 2.2.2.2
  | -------           ^^^^^^^   ------- its upstream
  | |                 |
  | |                 second
  | first

)");
}

TEST_CASE("a mark within another") {
  Made made("forward . 1.1.1.1\n");
  Diagnostic& found = made.add(made.place("forward . 1.1.1.1"), "no good", "all of it");
  found.labels = {{made.place("."), "this zone"}};
  CHECK(made.full() == R"(
error[some-rule]: no good
 --> Corefile:1:1
  |
1 | forward . 1.1.1.1
  | ^^^^^^^^-^^^^^^^^
  | |       |
  | |       this zone
  | all of it

)");
}

TEST_CASE("marks on other lines and in another file") {
  Made made(". {\n  import more\n  errors\n  forward . 9.9.9.9\n}\n");
  made.analysis.sources.emplace_back("more", "# first\nforward . 1.1.1.1\n");
  Diagnostic& found = made.add(made.place("forward"), "twice");
  found.labels = {{made.place("import more"), "through this"}, {made.place("forward", 1, 1), "first one"}};
  CHECK(made.full() == R"(
error[some-rule]: twice
 --> Corefile:4:3
  |
2 |   import more
  |   ----------- through this
...
4 |   forward . 9.9.9.9
  |   ^^^^^^^
 ::: more:2:1
  |
2 | forward . 1.1.1.1
  | ------- first one

)");
}

TEST_CASE("a mark over several lines stands under the first") {
  Made made("x {\n  a\n  b\n}\n");
  made.add(made.place("{\n  a\n  b\n}"), "a block", "this one");
  made.add(made.place("a\n  b"), "no label");
  made.add(made.place("b\n"), "a line end is not a further line");
  CHECK(made.full() == R"(
error[some-rule]: a block
 --> Corefile:1:3
  |
1 | x {
  |   ^ this one (to line 4)

error[some-rule]: no label
 --> Corefile:2:3
  |
2 |   a
  |   ^ to line 3

error[some-rule]: a line end is not a further line
 --> Corefile:3:3
  |
3 |   b
  |   ^

)");
}

TEST_CASE("empty ranges: within a line, at its end, at the end of the text") {
  Made made("ab\ncd\n");
  made.add({0, {1, 1}}, "within");
  made.add({0, {2, 2}}, "line end");
  made.add({0, {6, 6}}, "text end");
  made.add({0, {60, 70}}, "beyond");
  CHECK(made.full() == R"(
error[some-rule]: within
 --> Corefile:1:2
  |
1 | ab
  |  ^

error[some-rule]: line end
 --> Corefile:1:3
  |
1 | ab
  |   ^

error[some-rule]: text end
 --> Corefile:3:1
  |
3 |
  | ^

error[some-rule]: beyond
 --> Corefile:3:1
  |
3 |
  | ^

)");
}

TEST_CASE("tabs, wide and combining characters, CRLF, a byte order mark: carets stand under the very characters") {
  Made made("\xEF\xBB\xBF\tx\ty\r\n# 日本 e\xCC\x81 z\r\n");
  made.add(made.place("y"), "tabs are four columns");
  made.add(made.place("本"), "two columns each");
  made.add(made.place("z"), "an accent takes none");
  CHECK(made.full() ==
        "\n"
        "error[some-rule]: tabs are four columns\n"
        " --> Corefile:1:4\n"
        "  |\n"
        "1 |     x    y\n"
        "  |          ^\n"
        "\n"
        "error[some-rule]: two columns each\n"
        " --> Corefile:2:4\n"
        "  |\n"
        "2 | # 日本 e\xCC\x81 z\n"
        "  |     ^^\n"
        "\n"
        "error[some-rule]: an accent takes none\n"
        " --> Corefile:2:9\n"
        "  |\n"
        "2 | # 日本 e\xCC\x81 z\n"
        "  |          ^\n"
        "\n");
}

TEST_CASE("long lines are cut around the mark") {
  Made made(std::string(50, 'a') + "MARK" + std::string(50, 'b') + '\n' + "MARK" + std::string(80, 'c') + '\n' + std::string(80, 'd') +
            "MARK");
  for (int i = 1; i <= 3; ++i) made.add(made.place("MARK", i), "here");
  made.add({0, {10, 90}}, "wide");
  CHECK(made.full(20) == R"(
error[some-rule]: here
 --> Corefile:1:51
  |
1 | …aaaaaaaaMARKbbbbbbbb…
  |          ^^^^

error[some-rule]: here
 --> Corefile:2:1
  |
2 | MARKcccccccccccccccc…
  | ^^^^

error[some-rule]: here
 --> Corefile:3:81
  |
3 | …ddddddddddddddddMARK
  |                  ^^^^

error[some-rule]: wide
 --> Corefile:1:11
  |
1 | …aaaaaaaaaaaaaaaaaaaa…
  |    ^^^^^^^^^^^^^^^^^^

)");
}

TEST_CASE("fixes: lines that come and go, and no change where it would fill the screen") {
  Made made("a\nb\nc\n");
  Diagnostic& found = made.add(made.place("b"), "remove b");
  found.fixes = {{"remove it", Safety::safe, {{made.place("b\n"), ""}}}};
  made.add(made.place("c"), "put d").fixes = {{"put d", Safety::safe, {{{0, {6, 6}}, "d\n"}}}};
  made.add(made.place("a"), "a long one").fixes = {{"replace it", Safety::safe, {{made.place("a"), std::string(30, '\n')}}}};
  CHECK(made.full() == R"(
error[some-rule]: remove b
 --> Corefile:2:1
  |
2 | b
  | ^
  |
  = fix (safe): remove it
  |
2 - b

error[some-rule]: put d
 --> Corefile:3:1
  |
3 | c
  | ^
  |
  = fix (safe): put d
  |
4 + d

error[some-rule]: a long one
  --> Corefile:1:1
   |
 1 | a
   | ^
   |
   = fix (safe): replace it

)");
}

TEST_CASE("colours only where they are asked for") {
  Made made("x\n");
  made.add(made.place("x"), "no good", "this");
  RenderOptions options;
  options.colour = true;
  CHECK(render_full({made.analysis}, options) ==
        "\x1b[1;31merror[some-rule]\x1b[0m\x1b[1m: no good\x1b[0m\n"
        " \x1b[1;34m-->\x1b[0m Corefile:1:1\n"
        "\x1b[1;34m  |\x1b[0m\n"
        "\x1b[1;34m1 |\x1b[0m x\n"
        "\x1b[1;34m  |\x1b[0m \x1b[1;31m^\x1b[0m \x1b[1;31mthis\x1b[0m\n"
        "\n");
  CHECK(render_concise({made.analysis}, options) == "Corefile:1:1: \x1b[1;31merror[some-rule]\x1b[0m no good\n");
  CHECK(render_concise({made.analysis}) == "Corefile:1:1: error[some-rule] no good\n");
}

TEST_CASE("a finding at the end of a very long line costs what is shown of it") {
  Made made(std::string(std::size_t{8} << 20, 'a'));
  const auto size = static_cast<std::uint32_t>(made.analysis.sources[0].text().size());
  for (std::uint32_t i = 0; i < 1000; ++i) made.add({0, {size - 1000 + i, size}}, "here");
  const std::string text = made.full();
  CHECK(text.size() < std::size_t{1} << 20);
  CHECK(text.find("Corefile:1:8387609\n") != std::string::npos);
}

TEST_CASE("words that quote a very long one lose their middle") {
  Made made("x\n");
  made.add(made.place("x"), "`" + std::string(599, 'a') + std::string(100, 'b') + "é" + std::string(1'000'000, 'c') + "` is long");
  CHECK(render_concise({made.analysis}) ==
        "Corefile:1:1: error[some-rule] `" + std::string(599, 'a') + "…" + std::string(191, 'c') + "` is long\n");
}

TEST_CASE("long notes are broken at spaces, not within backquotes") {
  Made made("x\n");
  made.add(made.place("x"), "no good").help = "one two three four `five six` 日本語 eight nine\nten";
  CHECK(made.full(33) == R"(
error[some-rule]: no good
 --> Corefile:1:1
  |
1 | x
  | ^
  |
  = help: one two three four
  |       `five six` 日本語
  |       eight nine
  |       ten

)");
}
