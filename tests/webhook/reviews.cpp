// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <string>
#include <vector>

#include "review.hpp"
#include "start.hpp"

/// webhook_reviews OPTION…: an AdmissionReview a line on standard input, and a line for each on standard output. The options are
/// corefile-webhook's. Nothing is served, so that as many can be asked as one likes.
int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  words.insert(words.end(), {"--tls-cert=none", "--tls-key=none"});
  const corefile::webhook::Start start = corefile::webhook::start(words, [] { return std::string(); });
  if (!start.serve) {
    std::cerr << start.outcome.out << start.outcome.err;
    return 2;
  }
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) std::cout << corefile::webhook::review(line, start.settings).body << '\n';
  return 0;
}
