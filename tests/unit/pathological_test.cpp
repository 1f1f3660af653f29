// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <corefile/corefile.hpp>

#include "invariants.hpp"
#include "pathological.hpp"

TEST_CASE("texts that no person writes") {
  for (const pathological::Text& text : pathological::texts()) {
    CAPTURE(text.name);
    // A part of the size shows a recursion or a wrong bound as well; the whole sizes are the program `pathological`'s.
    const std::string bytes = text.make(std::max<std::size_t>(text.size / 300, 1000));
    REQUIRE(invariants::broken(bytes) == "");
  }
}

TEST_CASE("a hundred thousand nested braces fit a ConfigMap") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "a {\n";
  const corefile::Document document = corefile::parse(corefile::Source("Corefile", text));
  REQUIRE(document.faults().size() == 2);
  CHECK(document.faults()[0].kind == corefile::FaultKind::unclosed_brace);
  CHECK(document.faults()[1].kind == corefile::FaultKind::too_deep);
  const corefile::Config config = corefile::resolve(document);
  REQUIRE(!config.refusals().empty());
  CHECK(config.refusals().front().kind == corefile::ProblemKind::unclosed_brace);
}

TEST_CASE("a snippet that doubles itself out of all bounds is refused") {
  std::string text = "(s0) {\n    errors\n}\n";
  for (int i = 1; i < 40; ++i) {
    const std::string import = "    import s" + std::to_string(i - 1) + "\n";
    text += "(s" + std::to_string(i) + ") {\n" + import + import + "}\n";
  }
  text += ". {\n    import s39\n}\n";
  const corefile::Config config = corefile::resolve(corefile::parse(corefile::Source("Corefile", text)));
  REQUIRE(config.refusals().size() == 1);
  CHECK(config.refusals().front().message == "maximum snippet import depth (10000) exceeded");
}
