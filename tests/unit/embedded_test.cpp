// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <corefile/corefile.hpp>
#include <string>
#include <vector>

namespace {

/// A folder with one file, in which all that is not there is known not to be.
class Folder : public corefile::Files {
 public:
  Content read(const std::string& path) const override {
    if (path == "beside") return {Status::ok, "forward . 192.0.2.53\nwhoami bad\n"};
    return {};
  }
  std::vector<std::string> list(const std::string&) const override { return {"beside"}; }
  bool authoritative(const std::string&) const override { return true; }
};

std::vector<std::string> rules_that_speak(const std::string& name, const std::string& text) {
  const Folder folder;
  corefile::Options options;
  options.files = &folder;
  std::vector<std::string> rules;
  for (const corefile::Diagnostic& found : corefile::check(corefile::Source(name, text), options).diagnostics) {
    rules.emplace_back(found.rule);
  }
  return rules;
}

using Rules = std::vector<std::string>;

}  // namespace

TEST_CASE("a Corefile in a manifest does not see the files beside the manifest") {
  for (const std::string import : {"beside", "missing", "missing*"}) {
    CHECK(rules_that_speak("dns.yaml",
                           "apiVersion: v1\n"
                           "kind: ConfigMap\n"
                           "metadata:\n"
                           "  name: dns\n"
                           "data:\n"
                           "  Corefile: |\n"
                           "    . {\n"
                           "        import " +
                               import +
                               "\n"
                               "        whoami\n"
                               "    }\n") == Rules{});
  }
  CHECK(rules_that_speak("Corefile", ". {\n    import missing\n    whoami\n}\n") == Rules{"import-missing"});
}
