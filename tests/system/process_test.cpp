// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "system.hpp"

using namespace corefile::app;

TEST_CASE("hashes") {
  CHECK(md5_of("") == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(md5_of("abc") == "900150983cd24fb0d6963f7d28e17f72");
  CHECK(sha512_of("abc") ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST_CASE("a program that is not there") {
  const Ran ran = run_program({"corefile-no-such-program"});
  CHECK_FALSE(ran.began);
  CHECK_FALSE(ran.succeeded);
}
